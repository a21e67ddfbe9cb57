import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { Result, RunOptions } from 'axe-core';

export type Language = 'en' | 'fr' | 'nl';
export type Theme = 'light' | 'dark';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// What has passed needs no description, which takes longest.
// That a visible label is part of the name (WCAG 2.5.3) is a rule that axe leaves out by itself.
const options: RunOptions = { resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: true } } };
const run = `${axe};axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`;

/** Axe finds nothing, best practices included. */
export async function expectAccessible(page: Page) {
  // In one message: our pages have no frames, for which axe's own builder asks twice and looks longer.
  const violations = await page.evaluate<Result[]>(run);
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
