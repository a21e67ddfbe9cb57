import { expect, type Locator, type Page } from '@playwright/test';

/** The search for creators. */
export class Search {
  constructor(private page: Page) {}

  get headline() {
    return this.page.getByRole('heading', { level: 1 });
  }

  get words() {
    return this.page.getByRole('searchbox', { name: 'Ask in a sentence, or search by name or handle' });
  }

  get order() {
    return this.page.getByLabel('Sort by');
  }

  get results() {
    return this.page.getByRole('region', { name: 'Results' });
  }

  get hits() {
    return this.results.getByRole('heading', { level: 3 });
  }

  get applied() {
    return this.page.getByRole('list', { name: 'Applied filters' });
  }

  async open(query = '') {
    await this.page.goto(`/creators${query}`);
  }

  /** The filters, which a phone shows on demand. */
  async filters(): Promise<Locator> {
    await this.page.waitForLoadState(); // whether something shows is asked below without waiting
    const panel = this.page.getByRole('complementary', { name: 'Filters' });
    const button = this.page.getByRole('button', { name: /^Filters/ });
    if (!(await panel.isVisible()) && (await button.isVisible())) await button.click();
    await expect(panel).toBeVisible();
    return panel;
  }

  /** What shows the hits again on a phone, where filters lie over them. */
  get closer() {
    return this.page.getByRole('complementary', { name: 'Filters' }).getByRole('button', { name: 'Close' });
  }

  /** How many creators fit, as the headline says it. */
  async total(): Promise<number> {
    const text = await this.headline.innerText();
    return text.startsWith('No ') ? 0 : number(text);
  }
}

/** The first number in a text, written in English. */
export function number(text: string): number {
  const found = text.match(/\d[\d,]*/);
  if (!found) throw new Error(`no number in “${text}”`);
  return Number(found[0].replaceAll(',', ''));
}
