import type { Page } from '@playwright/test';

const names = { en: 'English', fr: 'Français', nl: 'Nederlands' };

/** What stands around every page. */
export class Frame {
  constructor(private page: Page) {}

  get header() {
    return this.page.getByRole('banner');
  }

  /** Chooses a language in its menu, whichever language the page is in. */
  async speak(language: keyof typeof names) {
    if ((await this.page.locator('html').getAttribute('lang')) === language) return;
    await this.header.getByText(/^(EN|FR|NL)$/).click();
    await this.header.getByRole('button', { name: names[language] }).click();
    await this.page.locator(`html[lang=${language}]`).waitFor();
  }

  /** Signs out in the menu with the person's name. */
  async signOut() {
    await this.account.click();
    await this.header.getByRole('button', { name: 'Sign out' }).click();
    await this.header.getByRole('link', { name: 'Sign in' }).waitFor();
  }

  get account() {
    return this.header.getByLabel(/^Account: /);
  }
}
