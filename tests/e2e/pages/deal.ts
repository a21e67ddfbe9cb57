import type { Page } from '@playwright/test';

/** A deal as one of its sides sees it. */
export class Deal {
  constructor(private page: Page) {}

  get pieces() {
    return this.page.getByRole('region', { name: 'Deliverables' });
  }

  get history() {
    return this.page.getByRole('region', { name: 'History' });
  }

  async sendDraft(url: string, note: string) {
    await this.page.getByLabel('Link to the draft').fill(url);
    await this.page.getByLabel('Note').fill(note);
    await this.page.getByRole('button', { name: 'Send the draft' }).click();
  }

  async askForChanges(note: string) {
    await this.page.getByText('Ask for changes').first().click();
    await this.page.getByLabel('What should change').fill(note);
    await this.page.getByRole('button', { name: 'Ask for changes' }).click();
  }

  async approve() {
    await this.page.getByRole('button', { name: 'Approve the draft' }).click();
  }

  async publish(address: string) {
    await this.page.getByLabel('Link to the publication').fill(address);
    await this.page.getByRole('button', { name: 'Mark as published' }).click();
  }

  async complete() {
    await this.page.getByRole('button', { name: 'Accept and complete' }).click();
  }
}
