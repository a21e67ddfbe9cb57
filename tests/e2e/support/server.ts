import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { Consent, SignIn } from '../pages/signing-in';
import { startDemo } from './demo.mjs';

/** What the demo says of itself in demo.json. */
export type World = {
  url: string;
  sandbox: string;
  brands: BrandMember[];
  admin: BrandMember & { recovery_codes: string[] };
  people: Creator[];
};
export type BrandMember = { brand: string; email: string; password: string };
/** A creator's account at the sandbox; the path is of the creator's page, empty before joining. */
export type Creator = { handle: string; open_id: string; path: string; note: string };

/** Opens browsers for the people of a story, each with cookies of its own. */
export type People = {
  someone: (options?: Parameters<Browser['newContext']>[0]) => Promise<Page>;
  brand: (member: BrandMember) => Promise<Page>;
  creator: (who: Creator) => Promise<Page>;
  administrator: () => Promise<Page>;
};

type Fixtures = { people: People };
type WorkerFixtures = {
  world: World;
  /** Whether the worker's world has the longest texts that people may enter. */
  longest: boolean;
};

/** A test that has a world of its worker's own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  longest: [false, { option: true, scope: 'worker' }],

  world: [
    async ({ longest }, use) => {
      const demo = await startDemo({ longest });
      await use(demo.world as World);
      await demo.stop();
    },
    { scope: 'worker', timeout: 150_000 },
  ],

  baseURL: async ({ world }, use) => use(world.url),

  people: async ({ browser, contextOptions, world }, use, info) => {
    const open: BrowserContext[] = [];
    const someone = async (options = {}) => {
      const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch, locale, timezoneId } = info.project.use;
      const device = { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch, locale, timezoneId };
      const context = await browser.newContext({ ...contextOptions, ...device, baseURL: world.url, ...options });
      open.push(context);
      return context.newPage();
    };
    await use({
      someone,
      brand: async (member) => {
        const page = await someone();
        await new SignIn(page).asBrand(member.email, member.password);
        await page.waitForURL('**/dashboard');
        return page;
      },
      creator: async (who) => {
        const page = await someone();
        await new SignIn(page).withTikTok();
        await new Consent(page).allow(who.handle);
        await page.waitForURL(/\/(dashboard|welcome)$/);
        return page;
      },
      administrator: async () => {
        const page = await someone();
        await new SignIn(page).asBrand(world.admin.email, world.admin.password);
        await page.getByRole('textbox', { name: 'Code' }).fill(world.admin.recovery_codes.pop()!);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.waitForURL('**/admin');
        return page;
      },
    });
    await Promise.all(open.map((context) => context.close()));
  },
});

export { expect } from '@playwright/test';
