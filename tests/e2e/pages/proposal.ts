import type { Page } from '@playwright/test';

/** What a brand asks for and offers. */
export type Offer = {
  product: string;
  category?: string; // home unless said; creators may refuse some
  message: string;
  kind: string;
  format: string;
  platform: string;
  due: string; // YYYY-MM-DD
  fee: string;
};

/** The form of a proposal to a creator. */
export class ProposalForm {
  constructor(private page: Page) {}

  /** Leads to the last look at the proposal. */
  get check() {
    return this.page.getByRole('button', { name: 'Check and send' });
  }

  /** On the last look: sends it. */
  get send() {
    return this.page.getByRole('button', { name: 'Send the proposal' });
  }

  async fill(offer: Offer) {
    await this.page.getByLabel('What it is about').fill(offer.product);
    await this.page.locator('select[name="category"]').selectOption(offer.category ?? 'home');
    await this.page.getByLabel('Message').fill(offer.message);
    const line = this.page.getByRole('group', { name: 'Line 1' });
    await line.getByLabel('Content type').selectOption(offer.kind);
    await line.getByLabel('Format').selectOption(offer.format);
    await line.getByLabel('Platform').selectOption(offer.platform);
    await line.getByLabel('Due').fill(offer.due);
    await this.page.getByLabel('Fee for everything').fill(offer.fee);
  }
}

/** The page of a negotiation, with its counter-offers. */
export class Negotiation {
  constructor(private page: Page) {}

  /** A clause that changed, beside what it was. */
  clause(name: string) {
    return this.page.getByRole('region', { name: 'Clauses' }).getByRole('listitem').filter({ hasText: name });
  }

  /** Asks for another fee instead, and says why. */
  async counter(number: number, fee: string, why: string) {
    await this.page.getByRole('link', { name: 'Make a counter-offer' }).click();
    await this.page.getByLabel('Fee for everything').fill(fee);
    await this.page.getByText('Say why, clause by clause').click();
    await this.page.getByRole('textbox', { name: 'Fee', exact: true }).fill(why);
    await new ProposalForm(this.page).check.click();
    await this.page.getByRole('button', { name: `Send offer ${number}` }).click();
  }
}
