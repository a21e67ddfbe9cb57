import { Frame } from '../pages/frame';
import { expect, test } from '../support/server';

test.use({ javaScriptEnabled: false });

test('a creator pitches to a brand, which accepts @phone', async ({ people, world }) => {
  test.slow();
  const creator = await people.creator(world.people[15]);
  const [member, narrow] = world.brands;
  await new Frame(creator).speak('en');

  await test.step('a door that is not open says why before anything is written', async () => {
    await creator.goto('/brands');
    await expect(creator.getByRole('heading', { level: 1, name: 'Brands that take pitches' })).toBeVisible();
    await creator.getByRole('link', { name: narrow.brand, exact: true }).click();
    await creator.getByRole('link', { name: 'See what is missing' }).click();
    await expect(creator.getByText('This brand takes pitches from other').first()).toBeVisible();
    await expect(creator.getByText('You live in: Belgium, Netherlands')).toBeVisible();
    await expect(creator.locator('main').getByRole('textbox')).toHaveCount(0);
  });

  await test.step('the creator writes, looks once more, and sends', async () => {
    await creator.goto('/brands');
    await creator.getByRole('link', { name: `Propose a deal ${member.brand}` }).click();
    await expect(creator.getByText('Verified by TikTok').first()).toBeVisible();
    await creator.getByLabel('Who you are').fill('I cook with one pan.');
    await creator.getByRole('textbox', { name: 'Your audience' }).fill('People with a small kitchen.');
    await creator.getByLabel('What it is about').fill('Seven dinners, one pan');
    await creator.getByLabel('What I propose').fill('A week of dinners, one each evening.');
    const line = creator.getByRole('group', { name: 'Line 1' });
    await line.getByLabel('Content type').selectOption('Tutorial');
    await line.getByLabel('Format').selectOption('Video');
    await line.getByLabel('Platform').selectOption('TikTok');
    await line.getByLabel('Due').fill(inDays(20));
    await creator.getByLabel('Fee for everything').fill('480');
    await creator.getByRole('button', { name: 'Check and send' }).click();
    await expect(creator.getByText('I cook with one pan.')).toBeVisible();
    await creator.getByRole('button', { name: 'Send the pitch' }).click();
    await expect(creator.getByRole('heading', { level: 1, name: 'Seven dinners, one pan' })).toBeVisible();
    expect(await creator.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  await test.step('the brand finds it among what waits, and accepts', async () => {
    const brand = await people.brand(member);
    await brand.getByRole('link', { name: 'Seven dinners, one pan' }).first().click();
    await expect(brand.getByText('People with a small kitchen.')).toBeVisible();
    await brand.getByRole('button', { name: /^(Accept|Accepter)/ }).click();
    await expect(brand).toHaveURL(/\/deals\//);
  });
});

function inDays(n: number): string {
  return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
}
