import { Search } from '../pages/search';
import { expect, test } from '../support/server';

const ways = [
  { name: 'at a desk', javaScriptEnabled: true, tag: '@desktop' },
  { name: 'on a phone', javaScriptEnabled: true, tag: '@phone' },
  { name: 'without JavaScript', javaScriptEnabled: false, tag: '@desktop' },
];

for (const { name, javaScriptEnabled, tag } of ways) {
  test(`a brand finds by a sentence and pictures, and saves three ${name}`, { tag }, async ({ people, world }) => {
    const page = await people.someone({ javaScriptEnabled });
    await page.goto('/signin');
    await page.locator('input[name=email]').fill(world.brands[4].email);
    await page.locator('input[name=password]').fill(world.brands[4].password);
    await page.locator("form[action='/signin'] button").first().click();
    await page.waitForURL('**/dashboard');

    await page.goto('/creators?verified=1');
    await page.getByRole('searchbox').first().fill('beauty creators under 50k');
    await page.getByRole('searchbox').first().press('Enter');
    await expect(page).toHaveURL(/tribe=beautytok/);
    const search = new Search(page);
    await expect(page.locator('.stall .strip img').first()).toBeVisible();

    const saved = page.locator('.save[aria-pressed=true]');
    const before = await saved.count();
    for (const n of [1, 2, 3]) {
      await page.locator('.save[aria-pressed=false]').first().click();
      await expect(saved).toHaveCount(before + n);
    }
    await expect(page.getByRole('status').filter({ hasText: 'Saved in' })).toBeVisible();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect(saved).toHaveCount(before + 2);
    await expect(search.hits.first()).toBeVisible();
  });
}
