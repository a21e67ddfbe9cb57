import type { Locator, Page } from '@playwright/test';
import { Frame } from '../pages/frame';
import { Search } from '../pages/search';
import { SignIn } from '../pages/signing-in';
import { keyboard, mouse, type Hands } from '../support/hands';
import { expect, test, type Creator } from '../support/server';

/** Sets five filters one after the other, as somebody would who looks for cooks. Without a script a button sends each. */
async function askFor(page: Page, hands: Hands, live: boolean) {
  const search = new Search(page);
  await search.open();
  const set = async (act: (filters: Locator) => Promise<void>, address: RegExp) => {
    await act(await search.filters());
    if (!live) await hands.press((await search.filters()).getByRole('button', { name: /^Show / }));
    await expect(page).toHaveURL(address);
  };
  /** Opens what is closed: by itself with a script, by the link in it without. */
  const open = async (closed: Locator) => {
    await hands.press(closed.locator('summary'));
    if (live) return;
    const before = page.url();
    await hands.press(closed.getByRole('link', { name: 'Show' }));
    await expect(page).not.toHaveURL(before);
  };
  const filters = await search.filters();
  const foodTok = filters.getByRole('group', { name: 'Tribe', exact: true }).getByRole('checkbox', { name: /FoodTok/ });
  if (!(await foodTok.isVisible())) await open(filters.locator('#more-tribe')); // it is not among the most frequent ones
  await set(() => hands.tick(foodTok), /tribe=foodtok/);
  await open((await search.filters()).locator('#filter-platform'));
  await set((f) => hands.tick(f.getByRole('group', { name: 'Platform', exact: true }).getByRole('checkbox', { name: /TikTok/ })), /platform=tiktok/);
  for (const [field, value] of [['followers_min', '11000'], ['followers_max', '900000'], ['engagement_min', '1']]) {
    await set((f) => hands.write(f.locator(`input[name=${field}]`), value), new RegExp(`${field}=${value}`));
  }
  await open((await search.filters()).locator('#filter-views'));
  await set((f) => hands.write(f.locator('input[name=views_min]'), '100'), /views_min=100/);
  await expect(search.applied.getByRole('listitem').filter({ hasText: /FoodTok|TikTok|followers|engagement|views/i })).toHaveCount(5);
}

// A creator with an account on the platforms, who has not joined.
const newcomer: Creator = { handle: 'penne.sandbox', open_id: '', path: '', note: '' };

test('a brand saves a search and is told when somebody comes to fit', async ({ people, world, isMobile }) => {
  test.slow();
  test.setTimeout(240_000);
  // By keyboard, and on a phone that runs no scripts.
  const [hands, live] = isMobile ? [mouse, false] : [keyboard, true];
  const member = world.brands[isMobile ? 2 : 1];
  const brand = await people.someone({ javaScriptEnabled: live });
  await new SignIn(brand).asBrand(member.email, member.password);
  await brand.waitForURL('**/dashboard');
  await new Frame(brand).speak('en');

  await test.step('five filters find creators', async () => {
    await askFor(brand, hands, live);
    await expect(new Search(brand).hits.first()).toBeVisible();
  });
  await test.step('the search is saved', async () => {
    await hands.press(brand.getByRole('link', { name: 'Save this search' }));
    await hands.write(brand.getByRole('textbox', { name: 'Name' }), 'Cooks on TikTok');
    if (live) await brand.getByRole('radio', { name: /At once/ }).press('Space'); // arrows lead from the one that Tab reaches
    else await hands.tick(brand.getByRole('radio', { name: /At once/ }));
    await hands.press(brand.getByRole('button', { name: 'Save the search' }));
    await expect(brand.getByText('The search is saved.')).toBeVisible();
  });
  await test.step('a creator joins who fits', async () => {
    await people.creator(newcomer);
  });
  await test.step('the brand finds the creator among the new ones, and in a mail', async () => {
    await expect(async () => {
      await brand.goto('/searches');
      await expect(brand.getByRole('row', { name: /Cooks on TikTok/ })).toContainText('1 new creator', { timeout: 500 });
    }).toPass({ timeout: 150_000, intervals: [1_500] });
    await hands.press(brand.getByRole('link', { name: 'Cooks on TikTok' }));
    await expect(brand.getByRole('link', { name: 'Penne Trial' })).toBeVisible();
    await expect(async () => {
      await brand.goto('/demo/mails');
      await expect(brand.getByRole('article').filter({ hasText: member.email }).filter({ hasText: 'Cooks on TikTok' }).first()).toContainText('Penne Trial', { timeout: 500 });
    }).toPass({ timeout: 30_000 });
  });
});
