import { Frame } from '../pages/frame';
import { SignUp } from '../pages/signing-in';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/server';

const reason = 'Three creators waited in vain for what was promised.';

test('an administrator suspends a brand, and restores it', async ({ people, world }) => {
  test.slow();
  const brand = await people.someone();
  await new SignUp(brand).as('Weirbridge', 'Robin Weir', 'robin@weirbridge.example', 'nine herons at the weir');
  await expect(brand).toHaveURL(/\/dashboard$/);

  await test.step('the brand sees nothing of the administration', async () => {
    expect((await brand.goto('/admin'))?.status()).toBe(404);
    expect((await brand.goto('/admin/brands'))?.status()).toBe(404);
  });

  const admin = await people.administrator();
  await test.step('the administrator finds the brand and suspends it, not without a reason', async () => {
    await new Frame(admin).speak('en');
    await admin.goto('/admin/brands');
    await admin.getByLabel('Name or web address').fill('Weirbr');
    await admin.getByRole('button', { name: 'Search' }).click();
    await admin.getByRole('rowheader').getByRole('link', { name: 'Weirbridge' }).click();
    await admin.getByRole('button', { name: 'Suspend' }).click();
    await expect(admin.getByRole('alert')).toBeVisible();
    await admin.getByRole('textbox', { name: 'Reason', description: /Shown to the person/ }).fill(reason);
    await admin.getByRole('button', { name: 'Suspend' }).click();
    await expect(admin.getByText('Suspended. The reason is shown to the people concerned.')).toBeVisible();
  });

  await test.step('the brand reads why, and can do nothing but take its data along and leave', async () => {
    await brand.goto('/dashboard');
    await expect(brand.getByText(reason)).toBeVisible();
    await expectAccessible(brand);
    await brand.goto(`${world.people[0].path}/negotiations/new`);
    await expect(brand.getByRole('button', { name: 'Check and send' })).toHaveCount(0);
    await brand.goto('/settings/privacy');
    await expect(brand.getByRole('button', { name: 'Download' })).toBeVisible();
  });

  await test.step('the administrator restores it, and the log says both', async () => {
    await admin.getByRole('button', { name: 'Restore' }).click();
    await expect(admin.getByText('Restored.')).toBeVisible();
    await brand.goto('/dashboard');
    await expect(brand.getByText(reason)).toHaveCount(0);
    await admin.goto('/admin/audit');
    const log = admin.getByRole('table');
    await expect(log).toContainText('admin.brand_suspended');
    await expect(log).toContainText('admin.brand_restored');
  });
});

test('a brand reports a creator, and an administrator decides', async ({ people, world }) => {
  const words = 'The followers came in one night.';
  const brand = await people.brand(world.brands[4]);
  await new Frame(brand).speak('en');
  await brand.goto(world.people[22].path);
  await brand.getByRole('link', { name: 'Report' }).click();
  await brand.getByLabel('The figures are not real').check();
  await brand.getByRole('textbox').fill(words);
  await brand.getByRole('button', { name: 'Send the report' }).click();
  await expect(brand.getByRole('button', { name: 'Send the report' })).toHaveCount(0);
  await brand.goto('/settings/blocks');
  await expect(brand.getByText('An administrator has not decided yet.')).toBeVisible();

  const admin = await people.administrator();
  await new Frame(admin).speak('en');
  await admin.goto('/admin');
  await expect(admin.getByText('One report to decide')).toBeVisible();
  await admin.getByRole('link', { name: 'Open the reports' }).click();
  await admin.getByRole('rowheader').getByRole('link').click();
  await expect(admin.getByText(words)).toBeVisible();
  await expectAccessible(admin);
  await admin.getByLabel('No measure').check();
  await admin.getByRole('button', { name: 'Decide and notify both sides' }).click();
  await expect(admin.getByText('The decision is saved. Both sides are told by e-mail.')).toBeVisible();
  await brand.reload();
  await expect(brand.getByText('The report was read, and no rule was broken.')).toBeVisible();
});
