import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { picture, useBrowser } from './browser.js';
import { freePort } from './start-agents-playground.js';

/** It may have to be built first, on a busy machine. */
const START = { timeout: 180_000, interval: 500 };
const PATIENCE = { timeout: 50_000 };

const browser = useBrowser();
const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const isThere = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

it('`npm run teams:local` starts bot and emulator, which answer who opens the page, and ends both', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'teams-local-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  const [port, emulatorPort] = [await freePort(), await freePort()];
  const child = spawn('npm', ['run', '--silent', 'teams:local'], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      EMULATOR_PORT: String(emulatorPort),
      DATA_DIR: folder,
      // A person's own browser opens by itself; here ours does.
      TEAMSAPPTESTER_BROWSER: 'none',
    },
    // A group of its own, ended as Ctrl-C in a terminal does.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  child.stderr.on('data', (text) => (said += String(text)));
  const ended = once(child, 'close');
  const interrupt = () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      process.kill(-child.pid, 'SIGINT');
    return ended;
  };
  endings.push(async () => void (await interrupt()));

  await expect.poll(() => said, START).toContain(`http://localhost:${emulatorPort}`);
  await expect.poll(() => isThere(`http://127.0.0.1:${emulatorPort}/`), START).toBe(true);
  const page = await browser.open({ viewport: { width: 1400, height: 1000 } });
  await page.goto(`http://127.0.0.1:${emulatorPort}/`);
  await page
    .getByText(/ik ben Wijksignaal|I am Wijksignaal/)
    .last()
    .waitFor(PATIENCE);
  await page.getByRole('textbox').last().click();
  await page.keyboard.type('regisseur Rabot');
  await page.getByRole('button', { name: 'Send Message' }).click();
  await page.getByText('Ria Proefman').last().waitFor(PATIENCE);
  await picture(page, 'teams-local');

  await interrupt();
  expect(await isThere(`http://127.0.0.1:${port}/healthz`)).toBe(false);
  expect(await isThere(`http://127.0.0.1:${emulatorPort}/`)).toBe(false);
}, 300_000);
