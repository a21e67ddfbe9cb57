import { expect, type Page } from '@playwright/test';

/**
 * Everything on the page has room: it is no wider than the window, no text is cut off or
 * lies over another, the header is one row, and what one presses is 24 px wide and high
 * where it does not stand in a sentence (WCAG 2.5.8).
 */
export async function expectRoom(page: Page) {
  expect.soft(await page.evaluate(findCrowded), `room on ${page.url()}`).toEqual([]);
}

/** What has too little room, in words. It runs in the page. */
function findCrowded() {
  const found = new Set<string>();
  const root = document.documentElement;
  const name = (e: Element) => `${e.tagName.toLowerCase()}${e.id && `#${e.id}`}${[...e.classList].map((c) => `.${c}`).join('')} in ${e.parentElement?.tagName.toLowerCase()}.${e.parentElement?.className}`;
  const clipped = (e: Element | null): boolean => !!e && (getComputedStyle(e).clipPath !== 'none' || clipped(e.parentElement)); // for screen readers alone
  const shown = (e: Element) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.skip, .vh, [aria-hidden=true], svg') && !clipped(e);

  const bar = document.querySelector('header.masthead');
  if (bar && bar.getBoundingClientRect().height > 64) found.add(`the header is ${Math.round(bar.getBoundingClientRect().height)} px high, more than one row`);
  const nav = document.querySelector('header nav');
  if (nav && nav.scrollWidth > nav.clientWidth + 1) found.add(`the entries of the header need ${nav.scrollWidth} px, and have ${nav.clientWidth}`);
  if (root.scrollWidth > root.clientWidth) found.add(`the page is ${root.scrollWidth} px wide`);

  // Text stands within the window and within whatever cuts it off. What scrolls by itself may
  // be wider, and a name is shortened in the masthead on purpose: its menu says it in full.
  const texts: { of: Element; box: DOMRect }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const of = walker.currentNode.parentElement!;
    if (!walker.currentNode.textContent!.trim() || !shown(of) || of.closest('option, textarea, script, template, .account .label')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const scrolls = of.closest('.scroll, .tabs, nav.nav, .stages');
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      if (scrolls) {
        const own = of.getBoundingClientRect();
        const alone = of.closest('.stages'); // where only the present step has a name
        if (!alone && (box.left < own.left - 1 || box.right > own.right + 1)) found.add(`text is wider than its place: ${name(of)}`);
        continue;
      }
      texts.push({ of, box });
      if (box.right > root.clientWidth + 1) found.add(`text leaves the window: ${name(of)}`);
      for (let e: Element | null = of; e && e !== document.body; e = e.parentElement) {
        const { overflowX, overflowY, textOverflow } = getComputedStyle(e);
        const within = e.getBoundingClientRect();
        if ((overflowX !== 'visible' || textOverflow === 'ellipsis') && box.right > within.right + 1) found.add(`text is cut off: ${name(of)}`);
        if (overflowY === 'hidden' && box.bottom > within.bottom + 1) found.add(`text is cut off: ${name(of)}`);
      }
    }
  }

  texts.sort((a, b) => a.box.top - b.box.top);
  texts.forEach(({ of, box }, i) => {
    for (let n = i + 1; n < texts.length && texts[n].box.top < box.bottom - 4; n++) {
      const other = texts[n];
      const over = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const under = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (over > 3 && under > 6 && of !== other.of && getLayer(of) === getLayer(other.of)) found.add(`text lies over another: ${name(of)} and ${name(other.of)}`);
    }
  });
  function getLayer(e: Element): Element | null {
    for (let at: Element | null = e; at; at = at.parentElement) if (['absolute', 'fixed', 'sticky'].includes(getComputedStyle(at).position)) return at;
    return null;
  }

  // Targets: the size of a label counts with its box.
  for (const e of document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')) {
    if (!shown(e)) continue;
    const inSentence = e.tagName === 'A' && getComputedStyle(e).display === 'inline' && [...e.parentElement!.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent!.trim());
    if (inSentence) continue;
    const label = e instanceof HTMLInputElement && ['checkbox', 'radio'].includes(e.type) ? e.closest('label') ?? document.querySelector(`label[for="${e.id}"]`) : null;
    const { width, height } = (label ?? e).getBoundingClientRect();
    if (width > 0 && height > 0 && (width < 23.9 || height < 23.9)) found.add(`a target of ${Math.round(width)} × ${Math.round(height * 10) / 10} px: ${name(e)} "${e.textContent!.trim().slice(0, 30)}"`);
  }
  return [...found];
}
