import type { Page } from '@playwright/test';
import { Frame } from '../pages/frame';
import { Accounts } from '../pages/settings';
import { Consent, SignIn } from '../pages/signing-in';
import { expect, test } from '../support/server';
import { takeBack } from '../support/platform';

test('a creator connects a second platform, and signs in with it', async ({ people, world }) => {
  const ada = world.people[28];
  const creator = await people.creator(ada);
  const accounts = new Accounts(creator);
  await new Frame(creator).speak('en');

  await test.step('the creator adds YouTube, and sees both on their page', async () => {
    await accounts.open();
    await expect(accounts.on('TikTok')).toContainText(`@${ada.handle}`);
    await accounts.connect('YouTube');
    await new Consent(creator).allow('penne.sandbox');
    await expect(creator).toHaveURL(/\/settings\/accounts$/);
    await expect(accounts.on('YouTube')).toContainText('you can sign in with it');
    await creator.goto(ada.path);
    await expect(creator.getByText('15,300').first()).toBeVisible();
    for (const handle of [ada.handle, 'penne.sandbox']) {
      await expect(creator.getByRole('main').getByText(`@${handle}`).first()).toBeVisible();
    }
  });

  await test.step('the creator signs out, and in with the second', async () => {
    await new Frame(creator).signOut();
    await new SignIn(creator).on('YouTube');
    await new Consent(creator).allow('penne.sandbox');
    await expect(creator).toHaveURL(/\/dashboard$/);
    await accounts.open();
    await expect(accounts.on('TikTok')).toContainText(`@${ada.handle}`);
  });

  await test.step('nobody else can connect it, and is told what to do', async () => {
    const other = await people.creator(world.people[27]);
    await new Frame(other).speak('en');
    await new Accounts(other).open();
    await new Accounts(other).connect('YouTube');
    await new Consent(other).allow('penne.sandbox');
    await expect(other.getByText('This account belongs to another profile here.')).toBeVisible();
  });

  await test.step('the creator disconnects it, and it is gone from the page', async () => {
    await accounts.disconnect('YouTube');
    await expect(creator.getByText('The account is disconnected')).toBeVisible();
    await expect(accounts.on('YouTube')).toHaveCount(0);
    await creator.goto(ada.path);
    await expect(creator.getByText('@penne.sandbox')).toHaveCount(0);
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a creator whose permission is gone is told so, and connects again with one press', async ({ people, request, world }) => {
      const bo = world.people[javaScriptEnabled ? 26 : 25];
      const creator = await people.creator(bo);
      await new Frame(creator).speak('en');
      const accounts = new Accounts(creator);
      await expectGood(creator, accounts);

      await test.step('a message that TikTok did not sign changes nothing', async () => {
        expect((await takeBack(request, bo.open_id, 'guessed')).status()).toBe(403);
        await expectGood(creator, accounts);
      });

      await test.step('TikTok says that the creator has revoked it', async () => {
        expect((await takeBack(request, bo.open_id)).status()).toBe(200);
        await creator.goto('/dashboard');
        await expect(creator.getByText('An account has to be connected again')).toBeVisible();
        await creator.getByRole('link', { name: 'Connected accounts' }).click();
        await expect(accounts.on('TikTok')).toContainText('You withdrew the permission on TikTok.');
        await expect(accounts.on('TikTok')).toContainText(/If you do nothing, its figures count as old from \d+ \w+ \d{4} and rank lower\./);
      });

      await test.step('the creator connects it again', async () => {
        await accounts.on('TikTok').getByRole('button', { name: 'Connect again' }).click();
        await new Consent(creator).allow(bo.handle);
        await expect(creator).toHaveURL(/\/settings\/accounts$/);
        await expectGood(creator, accounts);
        await creator.goto('/dashboard');
        await expect(creator.getByText('An account has to be connected again')).toHaveCount(0);
      });
    });
  });
}

async function expectGood(page: Page, accounts: Accounts) {
  await accounts.open();
  await expect(accounts.on('TikTok')).toContainText('connected since');
  await expect(page.getByRole('button', { name: 'Connect again' })).toHaveCount(0);
}
