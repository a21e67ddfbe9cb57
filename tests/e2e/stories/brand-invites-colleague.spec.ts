import type { Page } from '@playwright/test';
import { Frame } from '../pages/frame';
import { Mails } from '../pages/mails';
import { ProposalForm } from '../pages/proposal';
import { Members } from '../pages/settings';
import { expect, test } from '../support/server';

test('an owner invites colleagues: one who sends proposals, and one who only looks', async ({ people, world }) => {
  test.slow();
  const owner = await people.brand(world.brands[2]);
  const creator = world.people[24];
  const product = 'Headphones for two';
  await new Frame(owner).speak('en');

  await test.step('the owner invites both by e-mail', async () => {
    for (const [email, role] of [['noa@kestrel.example', 'Manager'], ['sam@kestrel.example', 'Viewer']]) {
      await new Members(owner).open();
      await new Members(owner).invite(email, role);
      await expect(owner.getByText(`The invitation is on its way to ${email}.`)).toBeVisible();
      await expect(owner.getByRole('region', { name: 'Invited' })).toContainText(email);
    }
  });

  const join = async (page: Page, name: string, email: string) => {
    const link = await new Mails(page).link(email, '/invitations/');
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join Kestrel Audio');
    await page.getByLabel('Your name').fill(name);
    await page.getByLabel('Password').fill('twelve quiet lanterns');
    await page.getByRole('button', { name: 'Create the account and join' }).click();
    await expect(page.getByText('You have joined. You now act for Kestrel Audio.')).toBeVisible();
    return link;
  };

  const manager = await people.someone();
  await test.step('the manager joins in another browser, and sends a proposal', async () => {
    const link = await join(manager, 'Noa Kestrel', 'noa@kestrel.example');
    await manager.goto(creator.path);
    await manager.getByRole('link', { name: 'Send a proposal' }).first().click();
    await new ProposalForm(manager).fill({
      product, message: 'One song, two pairs of ears.', kind: 'Review', format: 'Video', platform: 'TikTok', due: inDays(20), fee: '410',
    });
    await new ProposalForm(manager).check.click();
    await expect(manager.getByText('Below the starting prices')).toBeVisible();
    await new ProposalForm(manager).send.click();
    await expect(manager.getByRole('heading', { level: 1, name: product })).toBeVisible();
    await expect(manager.getByText('Withdraw the proposal').first()).toBeVisible();

    const late = await people.someone();
    await late.goto(link);
    await expect(late.getByRole('button', { name: /join/i })).toHaveCount(0);
  });

  await test.step('the viewer sees it, without buttons', async () => {
    const viewer = await people.someone();
    await join(viewer, 'Sam Kestrel', 'sam@kestrel.example');
    await viewer.goto(new URL(manager.url()).pathname);
    await expect(viewer.getByRole('heading', { level: 1, name: product })).toBeVisible();
    await expect(viewer.getByRole('main').getByRole('button')).toHaveCount(0);
    await viewer.goto(creator.path);
    await expect(viewer.getByRole('link', { name: 'Send a proposal' })).toHaveCount(0);
    await viewer.goto('/settings/members');
    await expect(viewer.getByRole('button', { name: 'Send the invitation' })).toHaveCount(0);
  });

  await test.step('the owner sees both, and removes the viewer', async () => {
    const members = new Members(owner);
    await members.open();
    await expect(members.row('Noa Kestrel').getByRole('combobox')).toHaveValue('manager');
    await members.row('Sam Kestrel').getByRole('button', { name: 'Remove' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(owner.getByText('Sam Kestrel is no longer a member.')).toBeVisible();
    await expect(members.row('sam@kestrel.example')).toHaveCount(0);
  });
});

function inDays(n: number): string {
  return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
}
