import type { Page } from '@playwright/test';
import { Mails } from './mails';

/** A contract as one of its sides sees it. */
export class Contract {
  constructor(private page: Page) {}

  /** Says who one's side is in contracts. */
  async sayWhoWeAre(legalName: string, email: string, country: string) {
    await this.page.goto('/settings/contract-identity');
    await this.page.getByLabel('Legal name').fill(legalName);
    await this.page.getByLabel('Postal address').fill('1 Example Street\n00000 Exampleton');
    await this.page.getByLabel('E-mail address').fill(email);
    await this.page.getByLabel('Country where you pay tax').selectOption({ label: country });
    await this.page.getByRole('button', { name: 'Save' }).click();
  }

  /** Proves to whoever signs in at a platform only that it is still them: a code is mailed to them. */
  async proveByCode(email: string) {
    const contract = this.page.url();
    await this.page.getByRole('link', { name: 'Confirm that it is me' }).click();
    await this.page.getByRole('button', { name: `Send a code to ${email}` }).click();
    const asks = this.page.url();
    const code = await new Mails(this.page).code(email);
    await this.page.goto(asks);
    await this.page.getByLabel('Code').fill(code);
    await this.page.getByRole('button', { name: 'Continue', exact: true }).click();
    await this.page.waitForURL(contract);
  }

  async sign(name: string, role = '') {
    await this.page.getByLabel('Your full name').fill(name);
    await this.page.getByLabel('Your role in the organisation').fill(role);
    for (const tick of ['I may sign for', 'I am 18 or over', 'I have read the contract']) await this.page.getByLabel(tick).check();
    await this.page.getByRole('button', { name: 'Sign the contract' }).click();
  }

  /** Where the certificate of the signatures was downloaded to. */
  async downloadCertificate() {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('link', { name: 'Download the certificate' }).click(),
    ]);
    return download.path();
  }
}
