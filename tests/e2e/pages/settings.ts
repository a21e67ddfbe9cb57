import type { Page } from '@playwright/test';

/** A creator's accounts on platforms. */
export class Accounts {
  constructor(private page: Page) {}

  async open() {
    await this.page.goto('/settings/accounts');
  }

  on(platform: string) {
    return this.page.getByRole('region', { name: platform });
  }

  async connect(platform: string) {
    await this.page.getByRole('button', { name: `Connect ${platform}` }).click();
  }

  async disconnect(platform: string) {
    await this.on(platform).getByRole('button', { name: 'Disconnect' }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  }
}

/** How a person signs in, and where they are signed in. */
export class Security {
  constructor(private page: Page) {}

  async open() {
    await this.page.goto('/settings/security');
  }

  get factor() {
    return this.page.getByRole('region', { name: 'Second factor' });
  }

  get sessions() {
    return this.page.getByRole('region', { name: 'Signed in' }).getByRole('table');
  }

  get passkeys() {
    return this.page.getByRole('region', { name: 'Passkeys' });
  }

  /** Sets a second factor up, up to the code, and gives its secret. */
  async beginFactor(): Promise<string> {
    await this.factor.getByRole('button', { name: 'Set up a second factor' }).click();
    const secret = await this.page.locator('code.secret').innerText();
    return secret.replaceAll(' ', '');
  }

  /** Turns it on and gives the recovery codes. */
  async turnOn(code: string): Promise<string[]> {
    await this.page.getByRole('textbox', { name: 'Code' }).fill(code);
    await this.page.getByRole('button', { name: 'Turn it on' }).click();
    await this.page.getByRole('heading', { level: 1, name: 'Your recovery codes' }).waitFor();
    return this.page.getByRole('main').getByRole('listitem').allInnerTexts();
  }
}

/** Who acts for a brand. */
export class Members {
  constructor(private page: Page) {}

  async open() {
    await this.page.goto('/settings/members');
  }

  row(name: string) {
    return this.page.getByRole('region', { name: 'Members' }).getByRole('row').filter({ hasText: name });
  }

  async invite(email: string, role: string) {
    const form = this.page.getByRole('region', { name: 'Invite someone' });
    await form.getByLabel('E-mail address').fill(email);
    await form.getByLabel('Role').selectOption(role);
    await form.getByRole('button', { name: 'Send the invitation' }).click();
  }
}

/** What people can do about what is held on them. */
export class Privacy {
  constructor(private page: Page) {}

  async open() {
    await this.page.goto('/settings/privacy');
  }

  /** Downloads what is held, and gives the file's path. */
  async download(): Promise<string> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Download' }).click();
    return (await download).path();
  }

  get erase() {
    return this.page.getByRole('button', { name: 'Delete my account' });
  }

  get sure() {
    return this.page.getByLabel('Yes, delete my account for good');
  }
}
