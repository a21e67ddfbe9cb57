import type { Page } from '@playwright/test';

/** The page with both ways to sign in. */
export class SignIn {
  constructor(private page: Page) {}

  get brands() {
    return this.page.getByRole('region', { name: 'Brands' });
  }

  get email() {
    return this.page.getByLabel('E-mail address');
  }

  get password() {
    return this.page.getByLabel('Password');
  }

  get problems() {
    return this.page.getByRole('alert');
  }

  async asBrand(email: string, password: string) {
    await this.page.goto('/signin');
    await this.email.fill(email);
    await this.password.fill(password);
    await this.brands.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Goes to a platform's consent page, for which the sandbox stands in. */
  async on(platform: 'TikTok' | 'YouTube' | 'Instagram' | 'Twitch') {
    await this.page.goto('/signin');
    await this.page.getByRole('button', { name: `Sign in with ${platform}` }).click();
  }

  async withTikTok() {
    await this.on('TikTok');
  }
}

/** The sandbox's page in place of the platform's, where a creator allows or refuses. */
export class Consent {
  constructor(private page: Page) {}

  async allow(handle: string) {
    await this.page.getByLabel('Handle or name').fill(handle);
    await this.page.getByRole('button', { name: 'Find' }).click();
    await this.page.getByRole('button', { name: `Continue as @${handle}`, exact: true }).click();
  }

  async refuse() {
    await this.page.getByRole('button', { name: 'Refuse' }).click();
  }
}

/** The form by which a brand joins. */
export class SignUp {
  constructor(private page: Page) {}

  async as(brand: string, name: string, email: string, password: string) {
    await this.page.goto('/signup');
    await this.page.getByLabel('Brand name').fill(brand);
    await this.page.getByLabel('Website').fill('https://brand.example');
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByLabel('E-mail address').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Create the account' }).click();
  }
}
