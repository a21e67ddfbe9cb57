import { arrive, kinds, visit, who } from '../pages/kinds';
import { expectRoom } from '../support/room';
import { test } from '../support/server';

// Every page at 320 px, in a world whose names, titles, notes and addresses are as long as
// they may be, each one unbroken word.
test.use({ longest: true });

for (const audience of ['visitor', 'brand', 'creator', 'administrator'] as const) {
  for (const language of ['en', 'fr', 'nl'] as const) {
    test(`pages of ${who(audience)} at 320 px, ${language}`, { tag: '@phone' }, async ({ people, world }) => {
      const page = await arrive(audience, people, world, 'light', language);
      await page.setViewportSize({ width: 320, height: 640 });
      await visit(page, world, kinds[audience], () => expectRoom(page));
    });
  }
}
