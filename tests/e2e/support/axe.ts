import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export type Language = 'en' | 'fr' | 'nl';
export type Theme = 'light' | 'dark';

/** Axe finds nothing, best practices included. */
export async function expectAccessible(page: Page) {
  // There are no frames from elsewhere, for which axe would open a further page each time,
  // and what has passed needs no description: both make it several times as fast.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  const found = violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
  expect.soft(found, `axe on ${page.url()}`).toEqual([]);
}

/** The page is no wider than the window. */
export async function expectNoSidewaysScroll(page: Page) {
  const [content, window] = await page.evaluate(() => {
    const root = document.documentElement;
    return [root.scrollWidth, root.clientWidth];
  });
  expect.soft(content, `width of ${page.url()}`).toBeLessThanOrEqual(window);
}
