import { test as base } from '@playwright/test';
import { startDemo } from './demo.mjs';

/** What the demo says of itself in demo.json. */
export type World = {
  url: string;
  sandbox: string;
  brand: { email: string; password: string };
  creators: { handle: string; openId: string; path: string }[];
};

/** A test that has a world of its worker's own. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({}, use) => {
      const demo = await startDemo();
      await use(demo.world as World);
      await demo.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ world }, use) => use(world.url),
});

export { expect } from '@playwright/test';
