import type { Page } from '@playwright/test';
import { Frame } from '../pages/frame';
import { Search } from '../pages/search';
import { keyboard, mouse, type Hands } from '../support/hands';
import { unzip } from '../support/zip';
import { expect, test } from '../support/server';

const ways: { name: string; hands: Hands; javaScriptEnabled: boolean; tag: string }[] = [
  { name: 'on a phone', hands: mouse, javaScriptEnabled: true, tag: '@phone' },
  { name: 'by keyboard', hands: keyboard, javaScriptEnabled: true, tag: '@desktop' },
  { name: 'without JavaScript', hands: mouse, javaScriptEnabled: false, tag: '@desktop' },
];

for (const [way, { name, hands, javaScriptEnabled, tag }] of ways.entries()) {
  test(`creators are found, kept, compared and taken as a workbook ${name}`, { tag }, async ({ people, world }) => {
    test.slow();
    const page = await people.someone({ javaScriptEnabled });
    const list = `Cooks ${name}`;
    await signIn(page, hands, world.brands[0]);
    await new Frame(page).speak('en');

    await test.step('five filters find them', () => findByFive(page, hands, javaScriptEnabled));
    const found = page.url();
    await page.goto(found); // the list of all five, whichever answer is shown so far
    await expect(new Search(page).hits.first()).toBeVisible();
    const free = await page.getByRole('button', { name: /^Save ?:/ }).allInnerTexts(); // not on a list yet
    const names = free.map((text) => text.replace(/^Save\s*:\s*/, '')).slice(2 * way, 2 * way + 2); // each way saves others
    expect(names).toHaveLength(2);

    await test.step('the search is saved', async () => {
      await hands.press(page.getByRole('link', { name: 'Save this search' }));
      await hands.write(page.getByRole('textbox', { name: 'Name' }), list);
      await hands.press(page.getByRole('button', { name: 'Save the search' }));
      await expect(page.getByText('The search is saved.')).toBeVisible();
    });

    await test.step('two go on a list', async () => {
      for (const [i, who] of names.entries()) {
        await page.goto(found);
        await hands.press(page.getByRole('button', { name: new RegExp(`^Save ?: ${who}$`) }));
        const saved = page.locator('.saved');
        await expect(saved).toBeVisible();
        if (i > 0 && (await saved.innerText()).includes(list)) continue; // the list used last, unless another story used one since
        await hands.press(saved.getByRole('link', { name: /^Choose another list/ }));
        if (i === 0) await hands.write(page.getByRole('textbox', { name: 'Name of a new list' }), list);
        else await hands.tick(page.getByRole('checkbox', { name: new RegExp(list) }));
        await hands.press(page.getByRole('button', { name: 'Add', exact: true }));
        await expect(page.locator('.flash')).toBeVisible();
      }
      await page.goto('/shortlists');
      await hands.press(page.getByRole('link', { name: list }));
      for (const who of names) await expect(page.getByRole('link', { name: who, exact: true })).toBeVisible();
    });

    await test.step('the list is a workbook', async () => {
      const coming = page.waitForEvent('download');
      await hands.press(page.getByRole('link', { name: 'XLSX' }));
      const sheet = unzip(await (await coming).path()).get('xl/worksheets/sheet1.xml');
      for (const who of names) expect(sheet).toContain(who);
    });

    await test.step('they stand side by side', async () => {
      for (const who of names) await hands.tick(page.getByRole('checkbox', { name: `Compare ${who}` }));
      await hands.press(page.getByRole('button', { name: 'Compare the selected' }));
      await expect(page).toHaveURL(/\/compare\?c=.+&c=/);
      for (const who of names) await expect(page.getByRole('heading', { level: 1 })).toContainText(who);
      if (tag === '@phone') { // where the table scrolls, the names stay in sight
        const table = page.getByRole('table');
        await table.locator('..').evaluate((e) => { e.scrollIntoView(); e.scrollTop = e.scrollHeight; });
        await expect(table.getByRole('link', { name: /^Remove/ }).first()).toBeInViewport();
        await expect(table.getByRole('columnheader').filter({ hasText: names[0] })).toBeInViewport();
        await page.evaluate(() => { scrollTo(0, document.documentElement.scrollHeight); }); // and where the page itself is at its end
        await expect(table.getByRole('columnheader').filter({ hasText: names[0] })).toBeInViewport();
      }
    });
  });
}

async function signIn(page: Page, hands: Hands, member: { email: string; password: string }) {
  await page.goto('/signin');
  await hands.write(page.locator('input[name=email]'), member.email);
  await hands.write(page.locator('input[name=password]'), member.password);
  await hands.press(page.locator("form[action='/signin'] button").first());
  await page.waitForURL('**/dashboard');
}

/** Sets a tribe, a platform, a country and two figures. Without a script a button sends each. */
async function findByFive(page: Page, hands: Hands, live: boolean) {
  const search = new Search(page);
  await search.open();
  const set = async (act: (filters: Awaited<ReturnType<Search['filters']>>) => Promise<void>, address: RegExp) => {
    await act(await search.filters());
    if (!live) await hands.press((await search.filters()).getByRole('button', { name: /^Show / }));
    await expect(page).toHaveURL(address);
  };
  await set((f) => hands.tick(f.getByRole('group', { name: 'Tribe', exact: true }).getByRole('checkbox').first()), /tribe=/);
  const closed = (await search.filters()).locator('#filter-platform'); // it is counted when it is opened
  await hands.press(closed.locator('summary'));
  if (!live) await hands.press(closed.getByRole('link', { name: 'Show' }));
  await set((f) => hands.tick(f.getByRole('group', { name: 'Platform', exact: true }).getByRole('checkbox').first()), /platform=/);
  await set((f) => hands.tick(f.getByRole('group', { name: 'Country', exact: true }).getByRole('checkbox').first()), /country=/);
  await set((f) => hands.write(f.locator('input[name=followers_max]'), '900000'), /followers_max=900000/);
  await set((f) => hands.write(f.locator('input[name=engagement_min]'), '1'), /engagement_min=1/);
  for (const name of ['tribe', 'platform', 'country', 'followers_max', 'engagement_min']) expect(new URL(page.url()).searchParams.get(name), name).toBeTruthy();
  if (await search.closer.isVisible()) await hands.press(search.closer);
  await expect(search.hits.first()).toBeVisible();
}
