import { expect, type Page } from '@playwright/test';

const names = { en: 'English', fr: 'Français', nl: 'Nederlands' };

/** What stands around every page. */
export class Frame {
  constructor(private page: Page) {}

  get header() {
    return this.page.getByRole('banner');
  }

  /** On a narrow page everything lies behind one button. */
  private async openMenu() {
    const menu = this.header.getByRole('button', { name: 'Menu', exact: true });
    if (!(await menu.isVisible())) return false;
    await menu.click();
    return true;
  }

  /** Opens the menu of a narrow page, and closes it by Escape. */
  async whileMenuIsOpen(look: () => Promise<void>) {
    await this.openMenu();
    await expect(this.header.getByRole('navigation')).toBeVisible();
    await look();
    await this.page.keyboard.press('Escape');
    await expect(this.header.getByRole('navigation')).toBeHidden();
  }

  /** Chooses a language in its menu, whichever language the page is in. */
  async speak(language: keyof typeof names) {
    if ((await this.page.locator('html').getAttribute('lang')) === language) return;
    if (!(await this.openMenu())) await this.header.getByText(/^(EN|FR|NL)$/).click();
    await this.header.getByRole('button', { name: names[language] }).click();
    await this.page.locator(`html[lang=${language}]`).waitFor();
  }

  /** Signs out in the menu with the person's name. */
  async signOut() {
    if (!(await this.openMenu())) await this.account.click();
    await this.header.getByRole('button', { name: 'Sign out' }).click();
    await this.openMenu();
    await this.header.getByRole('link', { name: 'Sign in' }).waitFor();
  }

  get account() {
    return this.header.getByLabel(/^Account: /);
  }
}
