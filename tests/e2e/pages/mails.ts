import { expect, type Page } from '@playwright/test';

/** The demo's page of the mails that it would have sent. */
export class Mails {
  constructor(private page: Page) {}

  /** The address in the newest mail to somebody that leads to such a path, waiting for the mail. */
  async link(to: string, path: string): Promise<string> {
    const link = this.page.getByRole('article').filter({ hasText: to }).locator(`a[href*="${path}"]`).first();
    await expect(async () => {
      await this.page.goto('/demo/mails');
      await expect(link).toBeAttached({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
    return (await link.getAttribute('href'))!;
  }
}
