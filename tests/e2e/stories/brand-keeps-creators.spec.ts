import { Frame } from '../pages/frame';
import { Search } from '../pages/search';
import { unzip } from '../support/zip';
import { expect, test } from '../support/server';

for (const javaScriptEnabled of [true, false]) {
  test(`creators go on a list, side by side and into a workbook, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({ people, world }) => {
    test.slow();
    const member = world.brands[0];
    const page = await people.someone({ javaScriptEnabled });
    await page.goto('/signin');
    await page.locator('input[name=email]').fill(member.email);
    await page.locator('input[name=password]').fill(member.password);
    await page.locator("form[action='/signin'] button").first().click();
    await page.waitForURL('**/dashboard');
    await new Frame(page).speak('en');

    const query = '?tribe=foodtok&platform=tiktok&followers_max=900000&engagement_min=1&views_min=100&sort=-followers';
    await page.goto(`/creators${query}`);
    const names = (await new Search(page).hits.allInnerTexts()).slice(0, 2);
    const list = `Cooks ${javaScriptEnabled ? 'with' : 'without'} script`;
    await test.step('both go on a list', async () => {
      for (const [i, name] of names.entries()) {
        await page.goto(`/creators${query}`);
        await new Search(page).results.getByRole('listitem').filter({ hasText: name }).locator('a[href*="/shortlists/add"]').first().click();
        if (i === 0) await page.getByRole('textbox', { name: 'Name of a new list' }).fill(list);
        else await page.getByRole('checkbox', { name: new RegExp(list) }).check();
        await page.getByRole('button', { name: 'Add', exact: true }).click();
      }
      await page.goto('/shortlists');
      await page.getByRole('link', { name: list }).click();
      for (const name of names) await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
    });
    await test.step('they stand side by side', async () => {
      const list = page.url();
      for (const name of names) await page.getByRole('checkbox', { name: `Compare ${name}` }).check();
      await page.getByRole('button', { name: 'Compare the ticked' }).click();
      await expect(page).toHaveURL(/\/compare\?c=.+&c=/);
      for (const name of names) await expect(page.getByRole('columnheader', { name })).toBeAttached();
      await page.goto(list);
    });
    await test.step('the list is a workbook', async () => {
      const address = await page.getByRole('link', { name: 'XLSX' }).getAttribute('href');
      const answer = await page.request.get(address!);
      expect(answer.headers()['content-type']).toContain('spreadsheetml');
      const sheet = unzip(await answer.body()).get('xl/worksheets/sheet1.xml');
      for (const name of names) expect(sheet).toContain(name);
    });
  });
}
