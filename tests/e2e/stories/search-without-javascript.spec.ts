import { number, Search } from '../pages/search';
import { expect, test } from '../support/server';

test.use({ javaScriptEnabled: false });

test('a brand narrows its search down, step by step', async ({ page }) => {
  const search = new Search(page);
  await search.open();
  const everybody = await search.total();
  expect(everybody).toBeGreaterThan(100);

  let filters = await search.filters();
  const tribe = filters.getByRole('group', { name: 'Tribe' });
  const inTribe = number(await tribe.locator('label').first().innerText());
  await tribe.getByRole('checkbox').first().check();
  await filters.getByRole('button', { name: /^Show / }).click();
  await expect(page).toHaveURL(/[?&]tribe=/);
  expect(await search.total()).toBe(inTribe);
  expect(inTribe).toBeLessThan(everybody);

  filters = await search.filters();
  const country = filters.getByRole('group', { name: 'Country' }).getByRole('checkbox').first();
  const label = filters.getByRole('group', { name: 'Country' }).locator('label').first();
  const inCountry = number(await label.innerText());
  await country.check();
  await filters.getByRole('button', { name: /^Show / }).click();
  await expect(page).toHaveURL(/[?&]country=/);
  expect(await search.total()).toBe(inCountry);
  await expect(search.applied.getByRole('listitem')).not.toHaveCount(0);

  await search.applied.getByRole('link', { name: 'Remove filter:' }).first().click();
  await expect(page).not.toHaveURL(/[?&]tribe=.*country=|country=.*tribe=/);
  await page.waitForLoadState();
  await page.goBack();
  expect(await search.total()).toBe(inCountry);
});

test('a filter that is closed opens with its fields, and takes an answer', async ({ page }) => {
  const search = new Search(page);
  await search.open('?country=FR');
  const before = await search.total();
  let filters = await search.filters();
  await filters.getByText('Content offered').click();
  await filters.locator('#filter-type').getByRole('link', { name: 'Show' }).click();
  await expect(page).not.toHaveURL(/\?country=FR$/);
  expect(await search.total()).toBe(before);
  filters = await search.filters();
  const offered = filters.getByRole('group', { name: 'Content offered' });
  const inType = number(await offered.locator('label').first().innerText());
  await offered.getByRole('checkbox').first().check();
  await filters.getByRole('button', { name: /^Show / }).click();
  await expect(page).toHaveURL(/[?&]type=/);
  expect(await search.total()).toBe(inType);
});

test('two creators stand side by side', async ({ page }) => {
  const search = new Search(page);
  await search.open();
  const chosen = await search.hits.allInnerTexts();
  for (const n of [0, 2]) await page.getByRole('checkbox', { name: `Compare ${chosen[n]}` }).check();
  await page.getByRole('button', { name: 'Compare side by side' }).click();
  await expect(page).toHaveURL(/\/compare\?c=\w+&c=\w+$/);
  for (const n of [0, 2]) await expect(page.getByRole('link', { name: chosen[n] }).first()).toBeVisible();
});

test('results are sorted, and go on on the next page', async ({ page }) => {
  const search = new Search(page);
  await search.open();
  await search.order.selectOption({ label: 'Followers, fewest first' });
  await page.getByRole('button', { name: 'Sort' }).click();
  await expect(page).toHaveURL(/[?&]sort=followers/);
  const address = page.url();
  const list = async () => {
    await page.waitForLoadState();
    return search.hits.allInnerTexts();
  };
  const first = await list();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page).not.toHaveURL(address);
  const next = page.url();
  const second = await list();
  expect(second.length).toBeGreaterThan(0);
  expect(second).not.toEqual(first);
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect(page).not.toHaveURL(next);
  expect(await list()).toEqual(first);
});

test('a search without results says which filter to drop', async ({ page }) => {
  const search = new Search(page);
  await search.open('?platform=tiktok&q=zzzzqqqq');
  expect(await search.total()).toBe(0);
  const drop = search.results.getByRole('listitem').filter({ hasText: 'Without “zzzzqqqq”' });
  const gain = number((await drop.innerText()).replace(/.*”/s, ''));
  await drop.getByRole('link').click();
  await expect(page).not.toHaveURL(/zzzzqqqq/);
  expect(await search.total()).toBe(gain);
});

test('an address with wrong values still answers, and says what was changed', async ({ page }) => {
  const search = new Search(page);
  const answer = await page.goto('/creators?followers_min=many&sort=sideways&nonsense=1&engagement_min=-3');
  expect(answer?.status()).toBe(200);
  await expect(page.getByText('Some filters were changed')).toBeVisible();
  expect(await search.total()).toBeGreaterThan(0);
});

test('a creator page shows how its figures are made', async ({ page, world }) => {
  await page.goto(world.people[0].path);
  const how = page.getByText('How this is made').first();
  await how.click();
  await expect(page.getByText('(likes + comments + shares) ÷ views').first()).toBeVisible();
});
