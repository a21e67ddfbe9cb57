import type { Page } from '@playwright/test';
import { expect, test } from '../support/server';

// The address is the search: whatever was pressed to come to it, and whichever
// way back and forward led there, the list is the one that the address gives to
// somebody who has just been sent it. WALKS=1000 takes more of them.

const walks = Number(process.env.WALKS ?? 200);
const seed = Number(process.env.SEED ?? 20261121);

// Some presses come more often than others, so that filters pile up and go again.
const often = ['tick', 'tick', 'chip', 'chip', 'range', 'sort', 'page', 'page', 'open'];

// In two halves, which run side by side.
for (const [half, word] of ['first', 'second'].entries()) {
  test(`back, forward, reload and a shared address give the same list, ${word} half of the walks`, { tag: '@desktop' }, async ({ page }) => {
    test.setTimeout(300_000);
    await walk(page, walks / 2, seed + half);
  });
}

async function walk(page: Page, walks: number, seed: number) {
  const random = numbers(seed);
  const pressed: Record<string, number> = {};
  const differ: string[] = [];

  /** Presses something, and waits for its answer: in place, or a page of its own. */
  const take = async (what: string) => {
    const before = await page.evaluate(([what, n]) => (window as any).press(what, n), [what, random(1 << 30)] as const);
    if (before === '') return false; // there is nothing of the kind to press
    await page.waitForFunction((before) => document.readyState === 'complete' && (window as any).answered() !== before, before);
    pressed[what] = (pressed[what] ?? 0) + 1;
    return true;
  };
  const look = async (after: string) => differ.push(...(await page.evaluate((after) => (window as any).differs(after), after)));

  await page.addInitScript(presser);
  await page.goto('/creators');
  for (let n = 0; n < walks; n++) {
    const from = page.url();
    await take(often[random(often.length)]);
    await look(`walk ${n}`);
    if (page.url() !== from && random(2) === 0) {
      await take('back');
      await look(`walk ${n} and back`);
      if (random(2) === 0) {
        await take('forward');
        await look(`walk ${n}, back and forward`);
      }
    }
    if (n % 10 === 9) {
      await page.reload();
      await look(`walk ${n}, reloaded`);
      expect(differ, `seed ${seed}`).toEqual([]);
    }
  }
  for (const what of [...often, 'back', 'forward']) expect(pressed[what] ?? 0, what).toBeGreaterThan(walks / 25);
}

/** The same numbers for the same seed (mulberry32). */
function numbers(state: number) {
  return (n: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** Runs in the page: presses what it is told, and compares. */
function presser() {
  const document_ = Math.random();
  let answers = 0;
  document.addEventListener('htmx:after:swap', () => setTimeout(() => answers++, 10));
  const answered = () => `${document_} ${answers}`;

  const shown = <T extends Element>(selector: string) => [...document.querySelectorAll<T>(selector)].filter((e) => e.checkVisibility());
  const list = (of: ParentNode) =>
    [of.querySelector('h1')!.textContent, ...[...of.querySelectorAll('.results > li')].map((hit) => hit.id), of.querySelector<HTMLSelectElement>('#f-sort')!.value].join(' ');
  const differs = async (after: string): Promise<string[]> => {
    const [address, before] = [location.href, answered()];
    const answer = await fetch(address, { headers: { Accept: 'text/html' } });
    const want = list(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    const got = list(document);
    if (location.href !== address || answered() !== before) return differs(after); // a later answer came meanwhile
    return got === want ? [] : [`after ${after}, ${location.search || 'the plain address'} shows ${got} and gives ${want}`];
  };

  const change = (field: HTMLInputElement | HTMLSelectElement, value: string) => {
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const click = (selector: string, n: number) => {
    const all = shown<HTMLElement>(selector);
    return all.length > 0 && (() => all[n % all.length].click());
  };
  const presses: Record<string, (n: number) => false | (() => void)> = {
    tick: (n) => click('#search .choice:not(.off) > input:is([type=checkbox], [type=radio]:not(:checked)):not([name=tribes])', n),
    chip: (n) => click('#applied a', n),
    page: (n) => click('.pager a', n),
    open: (n) => click('#filters details:not([open]):has(> .later) > summary', n),
    sort: (n) => {
      const order = document.querySelector<HTMLSelectElement>('#f-sort')!;
      const others = [...order.options].filter((o) => !o.selected);
      return () => change(order, others[n % others.length].value);
    },
    range: (n) => {
      const fields = shown<HTMLInputElement>('#search input[inputmode=decimal]');
      const field = fields[n % fields.length];
      const asked = field.name.startsWith('followers') ? (n % 40) * 5000 + 10000 : (n % 30) + 1;
      return () => change(field, field.value ? '' : `${asked}`);
    },
    back: () => () => history.back(),
    forward: () => () => history.forward(),
  };
  /** What was answered before, or "" if there is nothing of the kind. */
  const press = (what: string, n: number) => {
    const act = presses[what](n);
    if (!act) return '';
    setTimeout(act);
    return answered();
  };
  Object.assign(window, { press, answered, differs });
}
