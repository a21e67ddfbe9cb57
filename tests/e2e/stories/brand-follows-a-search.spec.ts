import type { Page } from '@playwright/test';
import { Frame } from '../pages/frame';
import { Search } from '../pages/search';
import { expect, test, type Creator } from '../support/server';

/** Sets five filters one after the other, as somebody would who looks for cooks. */
async function askFor(page: Page) {
  const search = new Search(page);
  await search.open();
  const group = async (name: string) => (await search.filters()).getByRole('group', { name, exact: true });
  const tribe = (await group('Tribe')).getByRole('checkbox', { name: /FoodTok/ });
  if (!(await tribe.isVisible())) { // it is not among the most frequent ones
    await (await search.filters()).locator('#more-tribe summary').click(); // and comes by itself
  }
  await tribe.check();
  await expect(page).toHaveURL(/tribe=foodtok/);
  await (await group('Platform')).getByRole('checkbox', { name: /TikTok/ }).check();
  await expect(page).toHaveURL(/platform=tiktok/);
  for (const [field, value] of [['followers_min', '11000'], ['followers_max', '900000'], ['engagement_min', '1']]) {
    const box = (await search.filters()).locator(`input[name=${field}]`);
    await box.fill(value);
    await box.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${field}=${value}`));
  }
  await (await search.filters()).getByText('Median views', { exact: true }).click();
  const views = (await search.filters()).locator('input[name=views_min]');
  await views.fill('100');
  await views.press('Enter');
  await expect(page).toHaveURL(/views_min=100/);
  await expect(search.applied.getByRole('listitem').filter({ hasText: /FoodTok|TikTok|followers|engagement|views/i })).toHaveCount(5);
}

// She has an account on the platforms, and has not joined.
const newcomer: Creator = { handle: 'penne.sandbox', open_id: '', path: '', note: '' };

test('a brand saves a search and is told when somebody comes to fit', async ({ people, world, isMobile }) => {
  test.slow();
  test.setTimeout(240_000);
  const member = world.brands[isMobile ? 2 : 1];
  const brand = await people.brand(member);
  await new Frame(brand).speak('en');

  await test.step('five filters find creators', async () => {
    await askFor(brand);
    await expect(new Search(brand).hits.first()).toBeVisible();
    if (isMobile) await brand.keyboard.press('Escape');
  });
  await test.step('the search is saved', async () => {
    await brand.getByRole('link', { name: 'Save this search' }).click();
    await brand.getByRole('textbox', { name: 'Name' }).fill('Cooks on TikTok');
    await brand.getByRole('radio', { name: /At once/ }).check();
    await brand.getByRole('button', { name: 'Save the search' }).click();
    await expect(brand.getByText('The search is saved.')).toBeVisible();
  });
  await test.step('a creator joins who fits', async () => {
    await people.creator(newcomer);
  });
  await test.step('the brand finds her among the new ones, and in a mail', async () => {
    await expect(async () => {
      await brand.goto('/searches');
      await expect(brand.getByRole('row', { name: /Cooks on TikTok/ })).toContainText('1 new creator');
    }).toPass({ timeout: 150_000, intervals: [3_000] });
    await brand.getByRole('link', { name: 'Cooks on TikTok' }).click();
    await expect(brand.getByRole('link', { name: 'Penne Trial' })).toBeVisible();
    await expect(async () => {
      await brand.goto('/demo/mails');
      await expect(brand.getByRole('article').filter({ hasText: member.email }).filter({ hasText: 'Cooks on TikTok' }).first()).toContainText('Penne Trial');
    }).toPass({ timeout: 30_000 });
  });
});
