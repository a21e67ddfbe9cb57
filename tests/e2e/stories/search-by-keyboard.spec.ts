import type { Locator, Page } from '@playwright/test';
import { number, Search } from '../pages/search';
import { expect, test } from '../support/server';

test('a brand searches without a mouse', async ({ page }) => {
  const search = new Search(page);
  await search.open();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  // The first stop leads past the frame.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);

  const name = await search.hits.first().innerText();
  await tabTo(page, search.words);
  await page.keyboard.type(name);
  await expect(search.applied).toBeVisible();
  await expect(search.words).toBeFocused();
  await expect(search.words).toHaveValue(name);
  await expect(search.hits.first()).toHaveText(name);

  await tabTo(page, search.hits.first().getByRole('link'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('a filter is set with the space bar and keeps the focus', async ({ page, isMobile }) => {
  const search = new Search(page);
  await search.open();
  if (isMobile) {
    await tabTo(page, page.getByRole('button', { name: /^Filters/ }));
    await page.keyboard.press('Enter');
  }
  const platform = (await search.filters()).getByRole('group', { name: 'Platform' });
  const box = platform.getByRole('checkbox').first();
  const expected = number(await platform.locator('label').first().innerText());
  await tabTo(page, box);
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/[?&]platform=/);
  await expect.poll(() => search.total()).toBe(expected);
  await expect(box).toBeChecked();
  await expect(box).toBeFocused();
  if (isMobile) {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /^Filters/ })).toBeFocused();
  }

  await page.goBack();
  await expect(page).not.toHaveURL(/platform=/);
  await expect.poll(() => search.total()).toBeGreaterThanOrEqual(expected);
});

/** Presses Tab until something has the focus, which must show at every stop. */
async function tabTo(page: Page, target: Locator) {
  for (let n = 0; n < 150; n++) {
    const stop = await target.evaluate((wanted) => {
      const here = document.activeElement;
      return { arrived: here === wanted, plain: here !== document.body && getComputedStyle(here!).outlineStyle === 'none' && here!.outerHTML };
    });
    expect(stop.plain, 'an element that has the focus does not show it').toBe(false);
    if (stop.arrived) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is not reached by Tab`);
}
