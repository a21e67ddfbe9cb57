import { expect, test } from '../support/server';

// The address is the search: whatever was pressed to come to it, and whichever
// way back and forward led there, the list is the one that the address gives to
// somebody who has just been sent it.

const walks = 500;
const reloadEvery = 10;

test('back, forward, reload and a shared address give the same list', { tag: '@desktop' }, async ({ page }) => {
  test.setTimeout(240_000);
  const seed = Number(process.env.SEED ?? 20261121);
  await page.addInitScript(walker);
  await page.goto('/creators');
  const seen = { differ: [] as string[], presses: {} as Record<string, number>, lists: 0 };
  for (let n = 0; n < walks; n += reloadEvery) {
    const part = await page.evaluate(([from, to, seed]) => (window as any).walk(from, to, seed), [n, n + reloadEvery, seed]);
    await page.reload();
    part.differ.push(...(await page.evaluate(() => (window as any).differs('reload'))));
    seen.differ.push(...part.differ);
    seen.lists += part.lists;
    for (const [what, times] of Object.entries(part.presses as Record<string, number>)) seen.presses[what] = (seen.presses[what] ?? 0) + times;
  }
  expect(seen.differ, `seed ${seed}`).toEqual([]);
  expect(seen.lists).toBeGreaterThan(walks);
  for (const what of ['tick', 'chip', 'range', 'sort', 'page', 'open', 'back', 'forward']) expect(seen.presses[what] ?? 0, what).toBeGreaterThan(10);
});

/** Runs in the page: presses things at random and compares. */
function walker() {
  let state = 1;
  const random = (n: number) => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
  const pick = <T>(all: T[]): T | undefined => all[random(all.length)];
  const shown = <T extends Element>(selector: string) => [...document.querySelectorAll<T>(selector)].filter((e) => e.checkVisibility());

  /** Waits until the answer to what was pressed stands on the page. */
  const settled = (press: () => void, what: string) =>
    new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${what} led to nothing at ${location.href}`)), 10_000);
      document.addEventListener('htmx:after:swap', () => {
        clearTimeout(late);
        setTimeout(done, 10);
      }, { once: true });
      press();
    });

  const list = (of: ParentNode) =>
    [of.querySelector('h1')!.textContent, ...[...of.querySelectorAll('.results > li')].map((hit) => hit.id), of.querySelector<HTMLSelectElement>('#f-sort')!.value].join(' ');

  const differs = async (after: string) => {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const want = list(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    const got = list(document);
    return got === want ? [] : [`after ${after}, ${location.search || 'the plain address'} shows ${got} and gives ${want}`];
  };

  const change = (field: HTMLInputElement | HTMLSelectElement, value: string) => {
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };

  const presses: Record<string, () => (() => void) | undefined> = {
    tick: () => {
      const box = pick(shown<HTMLInputElement>('#search input[type=checkbox], #search input[type=radio]:not(:checked)').filter((x) => x.name !== 'tribes' && !x.closest('.off')));
      return box && (() => box.click());
    },
    chip: () => {
      const chip = pick(shown<HTMLAnchorElement>('#applied a'));
      return chip && (() => chip.click());
    },
    range: () => {
      const field = pick(shown<HTMLInputElement>('#search input[inputmode=decimal]'));
      const now = field && (field.value ? '' : field.name.startsWith('followers') ? `${random(40) * 5000 + 10000}` : `${random(30) + 1}`);
      return field && (() => change(field, now!));
    },
    sort: () => {
      const order = document.querySelector<HTMLSelectElement>('#f-sort')!;
      const other = pick([...order.options].filter((o) => !o.selected))!;
      return () => change(order, other.value);
    },
    page: () => {
      const link = pick(shown<HTMLAnchorElement>('.pager a'));
      return link && (() => link.click());
    },
    open: () => {
      const name = pick(shown<HTMLElement>('#filters details:not([open]):has(> .later) > summary'));
      return name && (() => name.click());
    },
    back: () => () => history.back(),
    forward: () => () => history.forward(),
  };
  // Some come more often than others, so that filters pile up and go again.
  const often = ['tick', 'tick', 'tick', 'chip', 'chip', 'range', 'sort', 'page', 'page', 'open'];

  const walk = async (from: number, to: number, seed: number) => {
    const all = { differ: [] as string[], presses: {} as Record<string, number>, lists: 0 };
    const take = async (what: string) => {
      const press = presses[what]();
      if (!press) return false;
      await settled(press, what);
      all.presses[what] = (all.presses[what] ?? 0) + 1;
      return true;
    };
    for (let n = from; n < to; n++) {
      state = seed + n * 7919;
      let steps = 0;
      for (let k = 1 + random(2); k > 0; k--) {
        const before = location.href;
        if ((await take(pick(often)!)) && location.href !== before) steps++;
      }
      all.differ.push(...(await differs(`walk ${n}`)));
      all.lists++;
      if (steps > 0 && random(2) === 0) {
        await take('back');
        all.differ.push(...(await differs(`walk ${n} and back`)));
        all.lists++;
        if (random(2) === 0) {
          await take('forward');
          all.differ.push(...(await differs(`walk ${n}, back and forward`)));
          all.lists++;
        }
      }
    }
    return all;
  };
  Object.assign(window, { walk, differs });
}
