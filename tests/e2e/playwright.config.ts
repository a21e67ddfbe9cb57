import { defineConfig, devices } from '@playwright/test';
import { browserArgs, findBrowser } from './support/browser.mjs';

const launchOptions = { executablePath: findBrowser(), chromiumSandbox: false, args: browserArgs };

export default defineConfig({
  testDir: './stories',
  outputDir: './test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  use: {
    actionTimeout: 10_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    // Recording costs a third of the time: run with --trace on to see what a story does.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    { name: 'desktop', grepInvert: /@phone/, use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 900 } } },
    { name: 'phone', grepInvert: /@desktop/, use: { ...devices['Pixel 7'] } },
  ],
});
