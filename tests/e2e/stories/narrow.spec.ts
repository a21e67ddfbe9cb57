import { Frame } from '../pages/frame';
import { arrive, kinds, visit, who } from '../pages/kinds';
import { expectRoom } from '../support/room';
import { expect, test } from '../support/server';

// Every page at 320 px, in a world whose names, titles, notes and addresses are as long as
// they may be, each one unbroken word. The header is looked at with its menu open, and in the
// widths at which its entries begin to stand in the row.
test.use({ longest: true });

for (const audience of ['visitor', 'brand', 'creator', 'administrator'] as const) {
  for (const language of ['en', 'fr', 'nl'] as const) {
    test(`pages of ${who(audience)} at 320 px, ${language}`, { tag: '@phone' }, async ({ people, world }) => {
      const page = await arrive(audience, people, world, 'light', language);
      await page.setViewportSize({ width: 320, height: 640 });
      await visit(page, world, kinds[audience], () => expectRoom(page));
      await page.goto('/about/rules');
      for (const width of [390, 320, 1216, 1280]) {
        await page.setViewportSize({ width, height: 640 });
        await expectRoom(page);
        expect((await page.getByRole('banner').boundingBox())?.height, `the header at ${width} px is one row`).toBeLessThan(64);
        if (width < 1000) await new Frame(page).whileMenuIsOpen(() => expectRoom(page));
      }
    });
  }
}
