import { Consent, SignIn } from '../pages/signing-in';
import { expect, test } from '../support/server';

test('creators who refuse are told so, and may change their mind', async ({ page, world }) => {
  await new SignIn(page).withTikTok();
  await new Consent(page).refuse();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are not signed in, because you did not give permission');
  await page.getByRole('button', { name: 'Try again with TikTok' }).click();
  await new Consent(page).allow(world.people[35].handle);
  await expect(page).toHaveURL(/\/dashboard$/);
});

for (const [fault, headline] of [
  ['token.500', 'TikTok is not responding'],
  ['user_info.500', 'TikTok is not responding'],
  ['user_info.429', 'TikTok is not responding'],
  ['user_info.garbage', 'TikTok is not responding'],
  ['token.revoked', 'The sign-in was not completed'],
]) {
  test(`TikTok answers with a fault, ${fault}`, async ({ page }) => {
    await new SignIn(page).withTikTok();
    await new Consent(page).allow(`${fault}.sandbox`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
    await expect(page.getByRole('button', { name: 'Try again with TikTok' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Sign in', includeHidden: true }).first()).toBeAttached();
  });
}

test('a callback works once, in the browser where it began', async ({ page, people, world }) => {
  const callbacks: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/auth/tiktok/callback')) callbacks.push(request.url());
  });
  await new SignIn(page).withTikTok();
  await new Consent(page).allow(world.people[36].handle);
  await expect(page).toHaveURL(/\/dashboard$/);
  expect(callbacks).toHaveLength(1);

  expect((await page.goto(callbacks[0]))?.status()).toBe(400);
  const other = await people.someone();
  expect((await other.goto(callbacks[0]))?.status()).toBe(400);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This sign-in cannot be completed here');
  await other.goto('/dashboard');
  await expect(other).toHaveURL(/\/signin\?next=%2Fdashboard$/);
});

test('a creator below the floor is told how far it is, and is not listed', async ({ page }) => {
  await new SignIn(page).withTikTok();
  await new Consent(page).allow('almost.sandbox');
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 follower to go');
  await page.goto('/creators?q=almost.sandbox');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No creator fits');
});

test('a wrong password keeps the address and says what to do', async ({ page, world }) => {
  const signIn = new SignIn(page);
  await signIn.asBrand(world.brands[0].email, 'not the password');
  await expect(signIn.problems).toBeFocused();
  await expect(signIn.email).toHaveValue(world.brands[0].email);
  await expect(signIn.password).toHaveValue('');
  await signIn.password.fill(world.brands[0].password);
  await signIn.password.press('Enter');
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('whoever must sign in first comes back to the page, and only to pages of ours', async ({ page, world }) => {
  await page.goto('/deals');
  await expect(page).toHaveURL(/\/signin\?next=%2Fdeals$/);
  const signIn = new SignIn(page);
  await signIn.email.fill(world.brands[1].email);
  await signIn.password.fill(world.brands[1].password);
  await signIn.password.press('Enter');
  await expect(page).toHaveURL(/\/deals$/);

  await page.context().clearCookies();
  await page.goto('/signin?next=%2F%2Felsewhere.example%2F');
  await signIn.email.fill(world.brands[1].email);
  await signIn.password.fill(world.brands[1].password);
  await signIn.password.press('Enter');
  await expect(page).toHaveURL(`${world.url}/dashboard`);
});
