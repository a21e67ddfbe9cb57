import type { Page } from '@playwright/test';
import { Contract } from '../pages/contract';
import { Deal } from '../pages/deal';
import { Frame } from '../pages/frame';
import { Mails } from '../pages/mails';
import { Negotiation, ProposalForm } from '../pages/proposal';
import { Search } from '../pages/search';
import { SignUp } from '../pages/signing-in';
import { expect, test } from '../support/server';

test('a brand hires a creator, and both follow the deal to the end', async ({ people, world }) => {
  test.slow();
  const ella = world.people[30];
  const product = 'Lanterns for late shifts';

  const brand = await people.someone();
  await test.step('the brand joins', async () => {
    await new SignUp(brand).as('Lanternfold', 'Robin Lantern', 'robin@lanternfold.example', 'a long and plain secret');
    await expect(brand).toHaveURL(/\/dashboard$/);
  });

  await test.step('it finds the creator and sends a proposal', async () => {
    const search = new Search(brand);
    await search.open();
    await search.words.fill(ella.handle);
    await search.words.press('Enter');
    await expect(search.headline).toHaveText('1 creator fits');
    await search.hits.getByRole('link').click();
    await expect(brand).toHaveURL(new RegExp(`${ella.path}$`));
    await brand.getByRole('link', { name: 'Send a proposal' }).first().click();
    await expect(new ProposalForm(brand).check).toBeInViewport(); // the sum and the button follow
    await new ProposalForm(brand).fill({
      product, message: 'Show it as you would to a friend.', kind: 'Review', format: 'Video', platform: 'TikTok',
      due: inDays(20), fee: '450',
    });
    await new ProposalForm(brand).check.click();
    await new ProposalForm(brand).send.click();
    await expect(brand.getByRole('heading', { level: 1, name: product })).toBeVisible();
  });

  await test.step('which is sent once the address is confirmed', async () => {
    await expect(brand.getByText('Not sent yet')).toBeVisible();
    const held = brand.url();
    await brand.goto(await new Mails(brand).link('robin@lanternfold.example', '/confirm/'));
    await brand.getByRole('button', { name: 'Confirm the e-mail address' }).click();
    await expect(async () => {
      await brand.goto(held);
      expect(brand.url()).toBe(held.replace('/held', ''));
    }).toPass({ timeout: 20_000 });
  });

  const creator = await people.creator(ella);
  await test.step('the creator finds it among what waits, and asks for more', async () => {
    await new Frame(creator).speak('en');
    await creator.goto('/dashboard');
    await creator.getByRole('link', { name: product }).first().click();
    await expect(creator.getByText('€450.00').first()).toBeVisible();
    await new Negotiation(creator).counter(2, '600', 'The lantern needs a night outside.');
    await expect(creator.getByText('Waiting for Lanternfold')).toBeVisible();
  });
  const negotiation = creator.url();

  await test.step('both go towards each other in three rounds, and see each change', async () => {
    await brand.goto(negotiation);
    await expect(brand.getByText('The lantern needs a night outside.')).toBeVisible();
    await new Negotiation(brand).counter(3, '500', 'Half a night is enough.');
    await creator.goto(negotiation);
    await expect(new Negotiation(creator).clause('Fee')).toContainText('€500.00 instead of');
    await expect(new Negotiation(creator).clause('Fee')).toContainText('Half a night is enough.');
    await new Negotiation(creator).counter(4, '540', 'With the way there.');
    await brand.goto(negotiation);
    await expect(new Negotiation(brand).clause('Fee')).toContainText('€540.00 instead of');
  });

  await test.step('the brand accepts the last offer, and the deal begins', async () => {
    await brand.getByRole('button', { name: 'Accept offer 4' }).click();
    await expect(brand).toHaveURL(/\/deals\//);
    await creator.goto(brand.url());
    await expect(creator.getByText('€540.00').first()).toBeVisible();
  });
  const deal = creator.url();

  await test.step('both say who they are in the contract that the brand asks for', async () => {
    await brand.getByRole('button', { name: 'Ask for a contract' }).click();
    await new Contract(brand).sayWhoWeAre('Lanternfold Ltd', 'legal@lanternfold.example', 'United Kingdom');
    await new Contract(creator).sayWhoWeAre('Ella of the Lanterns', 'ella@creators.example', 'United Kingdom');
    await brand.goto(deal);
    await brand.getByRole('link', { name: 'Open the contract' }).click();
  });

  await test.step('each signs in a browser of their own, and both see it signed', async () => {
    await expect(async () => {
      await brand.reload();
      await expect(brand.getByRole('button', { name: 'Sign the contract' })).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 20_000 });
    await expect(brand.getByRole('article')).toContainText('Ella of the Lanterns');
    await new Contract(brand).sign('Robin Lantern', 'Owner');
    await expect(brand.getByText('You have signed.')).toBeVisible();
    await creator.goto(brand.url());
    await new Contract(creator).proveByCode(`${ella.handle}@creators.example`);
    await new Contract(creator).sign('Ella Lantern');
    await expect(creator.getByText('Signed by both sides on')).toBeVisible();
    await brand.reload();
    await expect(brand.getByText('Signed by both sides on')).toBeVisible();
  });

  await test.step('whoever has the certificate can have it checked', async () => {
    await expect(async () => {
      await brand.reload();
      await expect(brand.getByRole('link', { name: 'Download the certificate' })).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 20_000 });
    const certificate = await new Contract(brand).downloadCertificate();
    await brand.getByRole('link', { name: 'Check a document' }).click();
    await brand.getByLabel('PDF file').setInputFiles(certificate);
    await brand.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(brand.getByRole('status')).toContainText('Valid: signed by both sides on');
    for (const page of [brand, creator]) await page.goto(deal);
  });

  await test.step('a draft goes back and forth', async () => {
    await new Deal(creator).sendDraft('https://drafts.example/lanterns-1', 'First cut.');
    await expect(new Deal(creator).history.getByText('sent a draft.')).toHaveCount(1);
    await brand.goto(deal);
    await expect(brand.getByText('First cut.').first()).toBeVisible();
    await new Deal(brand).askForChanges('The handle of the lantern is not seen.');
    await expect(brand.getByRole('button', { name: 'Approve the draft' })).toHaveCount(0);
    await creator.reload();
    await expect(creator.getByText('The handle of the lantern is not seen.').first()).toBeVisible();
    await new Deal(creator).sendDraft('https://drafts.example/lanterns-2', 'Now it is.');
    await expect(new Deal(creator).history.getByText('sent a draft.')).toHaveCount(2);
    await brand.reload();
    await new Deal(brand).approve();
    await expect(new Deal(brand).pieces.getByText('Approved, to be published')).toBeVisible();
  });

  await test.step('the creator publishes: not by a short link, but by the full address', async () => {
    await creator.reload();
    await new Deal(creator).publish('https://vm.tiktok.com/ZMabcdef1/');
    await expect(creator.getByRole('alert')).toContainText('short link');
    await new Deal(creator).publish(`https://www.tiktok.com/@${ella.handle}/video/${BigInt(Math.floor(Date.now() / 1000)) << 32n}`);
    await expect(new Deal(creator).pieces.getByText('Confirmed by its link')).toBeVisible();
  });

  await test.step('the brand accepts it, and both see the deal completed', async () => {
    await brand.reload();
    await new Deal(brand).complete();
    await expect(new Deal(brand).pieces.getByText('Completed', { exact: true })).toBeVisible();
    for (const page of [brand, creator]) {
      await page.goto(deal);
      await expect(new Deal(page).pieces.getByText('Completed', { exact: true })).toBeVisible();
      await expect(new Deal(page).history.getByText('Lanternfold accepted the publication: completed.')).toBeVisible();
      await expect(new Deal(page).history.getByText('sent a draft.')).toHaveCount(2);
    }
    await expectAddressOnPage(brand, ella.path, product);
  });

  await test.step('each step was announced by mail', async () => {
    await expect(async () => {
      await brand.goto('/demo/mails');
      await expect(brand.getByText('robin@lanternfold.example').first()).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
  });
});

test('a stranger is told of neither the proposal nor the deal', async ({ people, world }) => {
  const owner = await people.brand(world.brands[4]);
  const stranger = await people.brand(world.brands[2]);
  for (const list of ['/negotiations', '/deals']) {
    await owner.goto(list);
    const path = await owner.getByRole('table').getByRole('link').first().getAttribute('href');
    expect((await owner.goto(path!))?.status()).toBe(200);
    expect((await stranger.goto(path!))?.status()).toBe(404);
    const missing = await stranger.goto(`${list}/0000000000`);
    expect(missing?.status()).toBe(404);
  }
});

async function expectAddressOnPage(page: Page, path: string, product: string) {
  await page.goto(path);
  await expect(page.getByRole('region', { name: 'Partnerships' }).getByText(product)).toBeVisible();
}

function inDays(n: number): string {
  return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
}
