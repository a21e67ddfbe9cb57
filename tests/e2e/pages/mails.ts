import { expect, type Page } from '@playwright/test';

/** The demo's page of the mails that it would have sent. */
export class Mails {
  constructor(private page: Page) {}

  /** The newest code that was mailed to somebody, waiting for the mail. */
  async code(to: string): Promise<string> {
    const code = this.page.getByRole('article').filter({ hasText: to }).getByText(/Your code: \d+ \d+/).first();
    await expect(async () => {
      await this.page.goto('/demo/mails');
      await expect(code).toBeAttached({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
    return /\d+ \d+/.exec(await code.innerText())![0];
  }

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
