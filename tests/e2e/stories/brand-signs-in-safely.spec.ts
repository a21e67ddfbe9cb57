import type { Page } from '@playwright/test';
import { Frame } from '../pages/frame';
import { Mails } from '../pages/mails';
import { Security } from '../pages/settings';
import { SignIn, SignUp } from '../pages/signing-in';
import { expect, test, type People } from '../support/server';
import { totp } from '../support/totp';

const password = 'nine herons at the weir';

/** A brand of its own, whose address is confirmed by the link in its first mail. */
async function join(people: People, name: string, email: string): Promise<Page> {
  const page = await people.someone();
  await new SignUp(page).as(name, 'Robin Weir', email, password);
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goto(await new Mails(page).link(email, '/confirm/'));
  await page.getByRole('button', { name: 'Confirm the e-mail address' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your e-mail address is confirmed');
  return page;
}

test('a second factor keeps out who knows the password alone', async ({ people }) => {
  const email = 'robin@weirlight.example';
  const page = await join(people, 'Weirlight', email);
  const security = new Security(page);
  const signIn = async (code: string) => {
    await new SignIn(page).asBrand(email, password);
    await expect(page).toHaveURL(/\/signin\/factor\?/);
    await page.goto('/dashboard');
    await expect(page).toHaveURL(/\/signin\?/);
    await page.goto('/signin/factor');
    await page.getByRole('textbox', { name: 'Code' }).fill(code);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  await security.open();
  const secret = await security.beginFactor();
  const codes = await security.turnOn(totp(secret));
  expect(new Set(codes).size).toBe(10);
  await page.getByRole('link', { name: 'I have saved them' }).click();
  await expect(security.factor).toContainText('10 recovery codes are left.');

  await test.step('by password and code', async () => {
    await new Frame(page).signOut();
    const code = totp(secret, 1); // the step of the one before is used up
    await signIn(code);
    await expect(page).toHaveURL(/\/dashboard$/);
    await new Frame(page).signOut();
    await signIn(code);
    await expect(page.getByRole('alert')).toContainText('was used before');
  });

  await test.step('by a recovery code, once', async () => {
    await signIn(codes[3]);
    await expect(page).toHaveURL(/\/dashboard$/);
    await security.open();
    await expect(security.factor).toContainText('9 recovery codes are left.');
    await new Frame(page).signOut();
    await signIn(codes[3]);
    await expect(page.getByRole('alert')).toContainText('was used before');
    await expect(page.getByRole('textbox', { name: 'Code' })).toBeVisible();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a forgotten password is chosen anew by mail, and ends what was signed in', async ({ people }) => {
    const email = 'robin@weirglass.example';
    const before = await join(people, 'Weirglass', email);
    const page = await people.someone();
    await page.goto('/signin');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();

    await test.step('the answer is the same for an address of nobody', async () => {
      for (const address of ['nobody@weirglass.example', email]) {
        await page.goto('/forgot');
        await page.getByLabel('E-mail address').fill(address);
        await page.getByRole('button', { name: 'Send the link' }).click();
        await expect(page.getByText(`If ${address} belongs to an account here`)).toBeVisible();
      }
    });

    await test.step('a common password is refused, a good one signs in', async () => {
      const link = await new Mails(page).link(email, '/reset/');
      await page.goto(link);
      await page.getByLabel('Password').fill('password123');
      await page.getByRole('button', { name: 'Save and sign in' }).click();
      await expect(page.getByRole('alert')).toContainText('This password is easy to guess');
      await page.getByLabel('Password').fill('four otters on a raft');
      await page.getByRole('button', { name: 'Save and sign in' }).click();
      await expect(page).toHaveURL(/\/dashboard$/);
      await page.goto(link);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
    });

    await test.step('the other browser is signed out, and the password before is worth nothing', async () => {
      await before.goto('/dashboard');
      await expect(before).toHaveURL(/\/signin\?/);
      await new SignIn(before).asBrand(email, password);
      await expect(new SignIn(before).problems).toBeVisible();
      await new SignIn(before).asBrand(email, 'four otters on a raft');
      await expect(before).toHaveURL(/\/dashboard$/);
    });
  });

  test('a session is ended from another browser', async ({ people }) => {
    const email = 'robin@weirgate.example';
    const forgotten = await join(people, 'Weirgate', email);
    const page = await people.someone();
    await new SignIn(page).asBrand(email, password);
    await expect(page).toHaveURL(/\/dashboard$/);
    const security = new Security(page);
    await security.open();
    await expect(security.sessions.getByRole('rowheader')).toHaveCount(2);
    await expect(security.sessions.getByText('This one')).toHaveCount(1);
    await security.sessions.getByRole('button', { name: 'Sign out there' }).click();
    await expect(page.getByText('You are now signed out there.')).toBeVisible();
    await expect(security.sessions.getByRole('rowheader')).toHaveCount(1);
    await forgotten.goto('/dashboard');
    await expect(forgotten).toHaveURL(/\/signin\?/);
  });
});

test('a passkey signs in, beside the password', async ({ people }) => {
  const email = 'robin@weirstone.example';
  const page = await join(people, 'Weirstone', email);
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const security = new Security(page);
  await security.open();
  await security.passkeys.getByLabel('Passkey name').fill('Laptop by the weir');
  await security.passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('The passkey is added.')).toBeVisible();
  await expect(security.passkeys.getByRole('listitem')).toContainText('Laptop by the weir');

  await new Frame(page).signOut();
  await page.goto('/signin');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);

  await security.open();
  await expect(security.sessions).toContainText('With a passkey');
  await security.passkeys.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('The passkey is removed.')).toBeVisible();
  await expect(security.passkeys.getByRole('listitem')).toHaveCount(0);
  await new Frame(page).signOut();
  await page.goto('/signin');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('The passkey was not accepted.');
});
