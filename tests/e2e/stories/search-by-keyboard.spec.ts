import { number, Search } from '../pages/search';
import { tabTo } from '../support/hands';
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
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(name); // the answer to the last letter
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
  const country = (await search.filters()).getByRole('group', { name: 'Country', exact: true });
  const box = country.getByRole('checkbox').first();
  const expected = number(await country.locator('label').first().innerText());
  await tabTo(page, box);
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/[?&]country=/);
  await expect.poll(() => search.total()).toBe(expected);
  await expect(box).toBeChecked();
  await expect(box).toBeFocused();
  if (isMobile) {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /^Filters/ })).toBeFocused();
  }

  await page.goBack();
  await expect(page).not.toHaveURL(/country=/);
  await expect.poll(() => search.total()).toBeGreaterThanOrEqual(expected);
});

test('a range is set with the arrow keys', async ({ page, isMobile }) => {
  const search = new Search(page);
  await search.open();
  if (isMobile) {
    await tabTo(page, page.getByRole('button', { name: /^Filters/ }));
    await page.keyboard.press('Enter');
  }
  const followers = (await search.filters()).getByRole('group', { name: 'Followers', exact: true });
  const least = followers.getByRole('slider', { name: 'Followers: at least' });
  const field = followers.getByRole('textbox', { name: 'Followers: at least' });
  await tabTo(page, least);
  await expect(least).toHaveAttribute('aria-valuetext', 'any');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(least).toHaveAttribute('aria-valuetext', /^\d+k$/);
  await expect(page).toHaveURL(/[?&]followers_min=\d+/);
  await expect(least).toBeFocused();
  await expect(async () => { // once the answer to the second press is there
    expect(new URL(page.url()).searchParams.get('followers_min')).toBe(await field.inputValue());
  }).toPass({ timeout: 10_000 });

  // The number moves the handle just as well.
  await field.fill('100000');
  await expect(page).toHaveURL(/followers_min=100000/);
  await expect(least).toHaveAttribute('aria-valuetext', '100k');
});

test('a filter opens where it stands, and the answer keeps the focus', async ({ page, isMobile }) => {
  const search = new Search(page);
  await search.open();
  if (isMobile) {
    await tabTo(page, page.getByRole('button', { name: /^Filters/ }));
    await page.keyboard.press('Enter');
  }
  const filter = (await search.filters()).locator('#filter-posted');
  const name = filter.locator('summary');
  await tabTo(page, name);
  await page.keyboard.press('Enter');
  const last = filter.getByRole('radio', { name: /7 days/ });
  await expect(last).toBeVisible();
  await expect(name).toBeFocused();
  await expect(page).toHaveURL(/\/creators$/);
  await last.press('Space');
  await expect(page).toHaveURL(/posted=7/);
  await expect(last).toBeChecked();
  await expect(last).toBeFocused();
});

test('what shows the rest of a list leads to the rest', async ({ page, isMobile }) => {
  const search = new Search(page);
  await search.open();
  if (isMobile) {
    await tabTo(page, page.getByRole('button', { name: /^Filters/ }));
    await page.keyboard.press('Enter');
  }
  const tribe = (await search.filters()).getByRole('group', { name: 'Tribe', exact: true });
  const before = await tribe.getByRole('checkbox').count();
  await tabTo(page, page.locator('#more-tribe summary'));
  await page.keyboard.press('Enter');
  await expect(tribe.getByRole('checkbox').nth(before)).toBeFocused();
});
