// Which Chromium the tests use: $CHROMIUM, else one of this machine, else
// Debian's package where it can be installed, else Playwright's own.
// Best is the one without a window to draw, which needs half the time of a whole one.
// Run as a program it makes sure that there is one, and prints its path.
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The shell is Chromium without anything around the page.
const shell = 'chromium-headless-shell';
const names = [shell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const isRoot = process.getuid?.() === 0;

/** The path of the Chromium to use, or undefined where there is none yet. */
export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return candidates().find(runs);
}

/** Chromium's own sandbox refuses to run as root. */
export const browserArgs = isRoot ? ['--no-sandbox'] : [];

function candidates() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  paths.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', chromium.executablePath());
  return paths.filter(executable);
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Some systems have a script of that name that only says where to get it.
function runs(path) {
  try {
    return /\d+\.\d+/.test(execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return false;
  }
}

// A machine without a way out is told so soon.
const hasty = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1'];

function installDebian(name) {
  const debian = existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
  if (!debian || !isRoot) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-q', ...hasty], { stdio: 'inherit', env });
    execFileSync('apt-get', ['install', '-y', '-q', ...hasty, '--no-install-recommends', name], { stdio: 'inherit', env });
  } catch (error) {
    console.error(`Debian's ${name} could not be installed: ${error.message}`);
  }
}

function installOwn() {
  const env = { ...process.env };
  delete env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD;
  const withLibraries = isRoot && process.platform === 'linux' ? ['--with-deps'] : [];
  try {
    execFileSync('npx', ['playwright', 'install', ...withLibraries, 'chromium'], { stdio: 'inherit', env });
  } catch (error) {
    console.error(`Playwright's Chromium could not be installed: ${error.message}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const asked = (found) => process.env.CHROMIUM || basename(found) === shell;
  for (const [n, install] of [() => {}, () => installDebian(shell), () => installDebian('chromium'), installOwn].entries()) {
    install();
    const found = findBrowser();
    if (found && (n > 0 || asked(found))) {
      console.log(`browser: ${found}`);
      process.exit(0);
    }
  }
  console.error('No Chromium: install one, or name one in CHROMIUM.');
  process.exit(1);
}
