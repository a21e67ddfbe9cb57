import { expect, type Locator, type Page } from '@playwright/test';

/** How somebody works a page: presses what leads on, ticks a box, writes into a field. */
export type Hands = {
  press: (target: Locator) => Promise<void>;
  tick: (target: Locator) => Promise<void>;
  write: (target: Locator, text: string) => Promise<void>;
};

export const mouse: Hands = {
  press: (target) => target.click(),
  tick: (target) => target.check(),
  write: (target, text) => target.fill(text),
};

/** Reaches everything by Tab. */
export const keyboard: Hands = {
  press: async (target) => {
    await tabTo(target.page(), target);
    await target.page().keyboard.press('Enter');
  },
  tick: async (target) => {
    if (await target.isChecked()) return;
    await tabTo(target.page(), target);
    await target.page().keyboard.press('Space');
  },
  write: async (target, text) => {
    await tabTo(target.page(), target);
    await target.page().keyboard.press('Control+A');
    await target.page().keyboard.type(text);
  },
};

/** Presses Tab until something has the focus, which must show at every stop. */
export async function tabTo(page: Page, target: Locator) {
  let element = await target.elementHandle(); // kept, as finding it anew takes longer than the rest of a stop
  for (let n = 0; n < 300; n++) {
    const stop = await element!.evaluate((wanted) => {
      const here = document.activeElement;
      return {
        gone: !wanted.isConnected, arrived: here === wanted,
        plain: here !== document.body && getComputedStyle(here!).outlineStyle === 'none' && here!.outerHTML,
      };
    });
    if (stop.gone) {
      element = await target.elementHandle();
      continue;
    }
    expect(stop.plain, 'an element that has the focus does not show it').toBe(false);
    if (stop.arrived) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is not reached by Tab`);
}
