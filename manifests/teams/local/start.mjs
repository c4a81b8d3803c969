// `npm run teams:local`: the bot with Microsoft's emulator of Teams in front of it, on this machine alone and without any
// account. It has its own data folder: the demo's invented signals and a platform do not go together.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LOCAL = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.resolve(LOCAL, '..', '..', '..');
const PORT = process.env['PORT'] ?? '3978';
/** Of the emulator's page; its own usual one. */
const EMULATOR_PORT = process.env['EMULATOR_PORT'] ?? '56150';
const DATA_DIR = process.env['DATA_DIR'] ?? path.join(ROOT, 'data-teams');
const START_TIMEOUT_MS = 60_000;

const bot = run(['--enable-source-maps', path.join(ROOT, 'dist', 'main.js')], {
  PORT,
  HOST: '127.0.0.1',
  DATA_DIR,
  MUNICIPALITY_FILE: path.join(LOCAL, 'town.yaml'),
  TEAMS_ALLOW_ANONYMOUS: 'true',
  PLAYGROUND: 'true',
});
const children = [bot];
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(signal));

if (await answers(`http://127.0.0.1:${PORT}/readyz`)) {
  const emulator = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  const endpoint = `http://127.0.0.1:${PORT}/api/messages`;
  const playground = run([emulator, '-e', endpoint, '-c', 'msteams', '-p', EMULATOR_PORT, '--disable-telemetry'], {
    APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    M365_AGENTS_PLAYGROUND_CONFIG_PATH: path.join(LOCAL, 'agents-playground.yml'),
    M365_AGENTS_PLAYGROUND_LOGFILE: path.join(DATA_DIR, 'agents-playground.log'),
  });
  children.push(playground);
  console.log(`\n  Microsoft 365 Agents Playground: http://localhost:${EMULATOR_PORT}\n`);
  await Promise.race(children.map(ended));
} else {
  process.exitCode = 1;
}
stop('SIGTERM');

function run(args, environment) {
  return spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } });
}

function stop(signal) {
  for (const child of children) child.kill(signal);
}

function ended(child) {
  return new Promise((resolve) => child.once('close', resolve));
}

/** False when the program ended, or is not ready after a minute. */
async function answers(url) {
  const until = Date.now() + START_TIMEOUT_MS;
  while (bot.exitCode === null && Date.now() < until) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}
