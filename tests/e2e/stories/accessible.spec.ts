import type { Page } from '@playwright/test';
import { Frame } from '../pages/frame';
import { Consent, SignIn } from '../pages/signing-in';
import { expectAccessible, expectNoSidewaysScroll, languages, themes, type Language, type Theme } from '../support/axe';
import { expect, test, type People, type World } from '../support/server';

/** A kind of page and how to get there. */
type Kind = { name: string; open: (page: Page, world: World) => Promise<void> };

const at = (path: string): Kind => ({ name: path, open: async (page) => { await page.goto(path); } });

/** The pages that a list leads to: some of its proposals, or deals. */
const from = (list: string, n: number): Kind => ({
  name: `${list}, row ${n + 1}`,
  open: async (page) => {
    await page.goto(list);
    const rows = page.getByRole('rowheader').getByRole('link');
    await page.goto((await rows.nth(Math.min(n, (await rows.count()) - 1)).getAttribute('href'))!);
  },
});

/** A form sent empty, which comes back with errors. */
const refused = (path: string, form: string): Kind => ({
  name: `${path}, refused`,
  open: async (page) => {
    await page.goto(path);
    await page.locator(`${form} button:not([name])`).last().click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
});

const kinds: Record<'visitor' | 'brand' | 'creator', Kind[]> = {
  visitor: [
    at('/'), at('/creators'), at('/creators?tribe=foodtok&platform=tiktok&followers_min=20000'), at('/creators?q=zzzzqqqq'),
    at('/creators?followers_min=many'),
    { name: 'a creator', open: async (page, world) => { await page.goto(world.people[0].path); } },
    at('/signup'), refused('/signup', 'main form'), at('/signin'), refused('/signin', 'main form[action="/signin"]'),
    at('/about/figures'), at('/about/rules'), at('/about/accessibility'), at('/demo/mails'), at('/dev/components'),
    at('/no-such-page'), at('/join/no-such-link'),
    {
      name: 'a refused consent',
      open: async (page) => {
        await page.goto('/signin');
        await page.locator('form[action="/auth/tiktok"] button').click();
        await page.locator('button[value=refuse]').click();
      },
    },
  ],
  brand: [
    at('/dashboard'), at('/proposals'), from('/proposals', 0), from('/proposals', 1), from('/proposals', 2),
    at('/deals'), from('/deals', 0), from('/deals', 1), from('/deals', 2), from('/deals', 3), from('/deals', 4),
    {
      name: 'a new proposal',
      open: async (page, world) => { await page.goto(`${world.people[20].path}/proposals/new`); },
    },
    {
      name: 'a refused proposal',
      open: async (page, world) => refused(`${world.people[20].path}/proposals/new`, '#proposal').open(page, world),
    },
    at('/settings'), at('/settings/brand'),
    { name: 'a creator', open: async (page, world) => { await page.goto(world.people[4].path); } },
  ],
  creator: [
    at('/dashboard'), at('/proposals'), from('/proposals', 0), at('/deals'), from('/deals', 0), from('/deals', 1),
    at('/settings'), at('/settings/profile'), at('/welcome'),
    { name: 'her own page', open: async (page, world) => { await page.goto(world.people[0].path); } },
    {
      name: 'a brand',
      open: async (page) => {
        await from('/deals', 0).open(page, undefined as never);
        await page.goto((await page.locator('main a[href^="/b/"]').first().getAttribute('href'))!);
      },
    },
  ],
};

async function arrive(audience: keyof typeof kinds, people: People, world: World, theme: Theme, language: Language) {
  const page = await people[audience === 'visitor' ? 'someone' : audience](
    (audience === 'brand' ? world.brands[0] : audience === 'creator' ? world.people[0] : undefined) as never,
  );
  await page.context().addCookies([{ name: 'theme', value: theme, url: world.url }]);
  if (audience === 'visitor') await page.goto('/about/rules');
  await new Frame(page).speak(language);
  return page;
}

for (const audience of ['visitor', 'brand', 'creator'] as const) {
  for (const theme of themes) {
    for (const language of languages) {
      test(`pages of a ${audience}, ${theme}, ${language}`, async ({ people, world }) => {
        test.slow();
        const page = await arrive(audience, people, world, theme, language);
        for (const kind of kinds[audience]) {
          await test.step(kind.name, async () => {
            await kind.open(page, world);
            await expect(page.locator('html')).toHaveAttribute('lang', language);
            await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
            await expectAccessible(page);
          });
        }
      });
    }
  }

  for (const language of languages) {
    test(`pages of a ${audience} at 320 px, ${language}`, async ({ people, world }) => {
      const page = await arrive(audience, people, world, 'light', language);
      await page.setViewportSize({ width: 320, height: 640 });
      for (const kind of kinds[audience]) {
        await test.step(kind.name, async () => {
          await kind.open(page, world);
          await expectNoSidewaysScroll(page);
        });
      }
    });
  }
}

test('the stand-in for TikTok', async ({ page }) => {
  await new SignIn(page).withTikTok();
  await expect(page.getByRole('button', { name: /^Continue as/ }).first()).toBeVisible();
  await expectAccessible(page);
  await new Consent(page).refuse();
});
