import { readFileSync } from 'node:fs';
import { Frame } from '../pages/frame';
import { expectAccessible, expectNoSidewaysScroll } from '../support/axe';
import { expect, test } from '../support/server';
import { workbook } from '../support/workbook';

const rows = [
  ['Creators of the spring fair'],
  ['Wer', 'Künstlername', 'Wieviele', 'Land'],
  ['mossy.kettle', 'Robin Moss', '48.2K', 'Netherlands'],
  ['fern.workshop', 'Alex Fern', '12K', 'Belgium'],
  ['not a handle', 'Kim Reed', '3K', 'Atlantis'],
];

test('an administrator imports an XLSX with wrong headers through the preview, corrects a column, and downloads the report', async ({ people }) => {
  test.slow();
  const page = await people.administrator();
  await new Frame(page).speak('en');

  await test.step('uploads the file, and sees that its columns are not known', async () => {
    await page.goto('/admin');
    await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Imports' }).click();
    await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'fair.xlsx', mimeType: 'application/octet-stream', buffer: workbook(rows) });
    await page.getByRole('button', { name: 'Upload' }).click();
    await expect(page.getByRole('heading', { name: 'fair.xlsx' })).toBeVisible();
    await expect(page.getByText('None of the first 25 rows is a known header. Missing')).toBeVisible();
    await expect(page.getByRole('cell', { name: 'mossy.kettle' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('says what the columns are, but names the wrong one', async () => {
    await page.getByLabel('What “Künstlername” is').selectOption('Handle');
    await page.getByLabel('What “Wieviele” is').selectOption('Followers');
    await page.getByLabel('Day of the figures').fill('2026-01-31');
    await page.getByRole('button', { name: 'Check all rows' }).click();
    await expect(page.getByText('All rows were checked, and nothing was written.')).toBeVisible();
    await expect(page.getByText('“Robin Moss” is not a valid handle on TikTok')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('corrects it, and has all rows checked', async () => {
    await page.getByText('Change the columns').click();
    await page.getByLabel('What “Wer” is').selectOption('Handle');
    await page.getByLabel('What “Künstlername” is').selectOption('Name');
    await page.getByRole('button', { name: 'Check all rows' }).click();
    await expect(page.locator('dl')).toContainText('Accounts to create2');
    await expect(page.getByText('“not a handle” is not a valid handle on TikTok')).toBeVisible();
    await expectNoSidewaysScroll(page);
  });

  await test.step('imports, and downloads the report', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText('The file was imported.')).toBeVisible();
    await expect(page.locator('dl')).toContainText('Accounts created2');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download the report' }).click();
    const report = readFileSync(await (await download).path(), 'utf8');
    expect(report).toContain('Column,Wer: Handle');
    expect(report).toContain('5,Row left out,“not a handle” is not a valid handle on TikTok');
  });

  await test.step('the creators can be found', async () => {
    await page.goto('/admin/creators?q=Robin+Moss');
    await expect(page.getByRole('rowheader').getByRole('link', { name: 'Robin Moss' })).toBeVisible();
    await page.goto('/admin/audit?action=admin.import');
    await expect(page.getByRole('table')).toContainText('admin.import_imported');
  });
});
