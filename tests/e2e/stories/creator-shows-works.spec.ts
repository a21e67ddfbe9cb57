import { Frame } from '../pages/frame';
import { expectAccessible, expectNoSidewaysScroll } from '../support/axe';
import { picture } from '../support/picture';
import { expect, test } from '../support/server';

test('a creator shows a portrait and works, puts them in order, and a brand finds them', async ({ people, world, page: visitor }) => {
  const who = world.people[26];
  const page = await people.creator(who);
  await new Frame(page).speak('en');
  const works = page.locator('#works');

  await test.step('adds a portrait and two works', async () => {
    await page.goto('/settings/profile');
    await page.getByRole('link', { name: 'Portrait and works' }).click();
    const portrait = page.locator('#portrait');
    await portrait.getByLabel('Portrait file').setInputFiles(await picture(page, 'me.webp', ['#d8c0a8', '#704830'], 600, 600));
    await portrait.getByRole('button', { name: 'Use as portrait' }).click();
    await expect(page.getByRole('alert')).toContainText('Confirm that you may show this picture.');
    await portrait.getByLabel('Portrait file').setInputFiles(await picture(page, 'me.webp', ['#d8c0a8', '#704830'], 600, 600));
    await portrait.getByLabel('I made this picture').check();
    await portrait.getByRole('button', { name: 'Use as portrait' }).click();
    for (const [alt, colours] of [['A bowl of soup', ['#204060', '#e0a040']], ['Bread on a board', ['#e8e0d0', '#a06030']]] as const) {
      await works.getByLabel('Picture of a work').setInputFiles(await picture(page, 'work.webp', [...colours]));
      await works.locator('form[enctype]').getByLabel('What the picture shows').fill(alt);
      await works.getByLabel('I made this picture').check();
      await works.getByRole('button', { name: 'Add work' }).click();
      await expect(works.getByRole('img', { name: alt })).toBeVisible();
    }
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  await test.step('puts the second first', async () => {
    await works.getByRole('button', { name: 'Move forward' }).click();
    await expect(works.getByRole('img').first()).toHaveAttribute('alt', 'Bread on a board');
  });

  await test.step('a visitor sees them on the media kit', async () => {
    await visitor.goto(who.path);
    const first = visitor.locator('#works').getByRole('img').first();
    await expect(first).toHaveAttribute('alt', 'Bread on a board');
    await expect.poll(() => first.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(100);
    await expectAccessible(visitor);
    await expectNoSidewaysScroll(visitor);
  });
});
