// A demo of one's own: the built program on a free port, with its own data.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const program = process.env.TRIBEMARKET ?? join(root, 'bin', process.platform === 'win32' ? 'tribemarket.exe' : 'tribemarket');
const patience = 120_000;

/**
 * Starts a demo and waits until it is ready.
 * @param {{creators?: number, seed?: number, longest?: boolean}} [world]
 *   longest: with the longest texts that people may enter
 * @returns {Promise<{world: object, log: () => string, stop: () => Promise<void>}>}
 *   world is what the demo says of itself in demo.json
 */
export async function startDemo({ creators = 300, seed = 7, longest = false } = {}) {
  if (!existsSync(program)) throw new Error(`${program} is missing: run task build`);
  const data = mkdtempSync(join(tmpdir(), 'tribemarket-e2e-'));
  const stop = () => rmSync(data, { recursive: true, force: true });
  const first = await runDemo(data, creators, seed);
  if (!longest) return { ...first, stop: () => first.stop().then(stop) };
  await first.stop();
  execFileSync('go', ['run', './tests/e2e/longest', join(data, 'demo.db')], { cwd: root, env: { ...process.env, CGO_ENABLED: '0' } });
  const again = await runDemo(data, creators, seed);
  return { ...again, stop: () => again.stop().then(stop) };
}

async function runDemo(data, creators, seed) {
  const args = ['demo', '--addr', 'localhost:0', '--data', data, '--creators', `${creators}`, '--seed', `${seed}`];
  const child = spawn(program, args, { cwd: data, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let ended = false;
  const end = new Promise((done) => child.once('close', () => { ended = true; done(); }));
  child.on('error', (error) => { said += error.message; });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => { said += text; });
  }
  // A worker that is ended must not leave its server behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const stop = async () => {
    process.removeListener('exit', kill);
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await end;
    clearTimeout(late);
  };

  const about = join(data, 'demo.json');
  for (const start = Date.now(); ; await sleep(50)) {
    const world = said.includes('Ctrl+C') && read(about);
    if (world && (await answers(world.url))) return { world, log: () => said, stop };
    if (ended || Date.now() - start > patience) {
      await stop();
      throw new Error(`the demo ${ended ? 'ended' : 'was not ready in time'}:\n${said}`);
    }
  }
}

// The file may be half written.
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

async function answers(url) {
  try {
    return (await fetch(new URL('/readyz', url))).ok;
  } catch {
    return false;
  }
}
