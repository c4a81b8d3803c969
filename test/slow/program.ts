import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, type CheerioAPI } from 'cheerio';
import { onTestFinished } from 'vitest';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the program as `npm start` does, unless it is built. */
export function build(folder = ROOT): void {
  const { status, stderr } = spawnSync(process.execPath, ['build.mjs', '--if-stale'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The build failed:\n${stderr}`);
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wijksignaal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Program {
  process: ChildProcess;
  url: string;
  /** Everything it said. */
  output(): string;
  exit: Promise<number | null>;
}

/** Starts the built program as an operator does, on a port of its own. */
export function launch(environment: Record<string, string>, folder = ROOT): Omit<Program, 'url'> {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  child.stderr.on('data', (text) => (said += String(text)));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { process: child, output: () => said, exit };
}

/** Waits until it says its address. */
export async function start(environment: Record<string, string>, folder = ROOT): Promise<Program> {
  const program = launch(environment, folder);
  let ended = false;
  void program.exit.then(() => (ended = true));
  for (;;) {
    const url = /"url":"(http:\/\/[^"]+)"/.exec(program.output())?.[1];
    if (url) return { ...program, url };
    if (ended) throw new Error(`It ended before it was ready:\n${program.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Files signals over HTTP, with what stands in the playground's pages. */
export async function openPlayground(url: string) {
  const headers = { 'HX-Request': 'true', Origin: url, 'Sec-Fetch-Site': 'same-origin' };
  const people = load(await (await fetch(`${url}/speeltuin`)).text());
  const href = people('.people-group').first().find('a').first().attr('href') ?? '';
  const person = new URL(href, url).searchParams.get('als') ?? '';
  const place = { als: person, gesprek: `dm:${person}` };

  return {
    /** @returns the reference the worker was shown, or undefined when the answer never came. */
    async file(title: string): Promise<string | undefined> {
      const body = new URLSearchParams({ ...place, tekst: '/signaal' });
      const opened = await fetch(`${url}/speeltuin/zeg`, { method: 'POST', headers, body });
      const typed: Record<string, string> = {
        's.title': title,
        's.description': 'De wachtlijst groeit, en niemand weet bij welke dienst dit hoort.',
        'l.neighbourhoods[]': 'Rabot',
        't.statement': 'on',
      };
      const before = await this.shown();
      let answer = await this.send(typed, load(await opened.text()));
      const question = answer?.('#formulier [name$=".similar"]').first().attr('name');
      if (answer && question) answer = await this.send({ ...typed, [question]: 'new' }, answer);
      if (!answer) return undefined;
      return (await this.shown()).filter((reference) => !before.includes(reference)).at(-1);
    },
    /** Sends what was typed, with what the page keeps in its form. @returns the page that came back. */
    async send(typed: Record<string, string>, $: CheerioAPI): Promise<CheerioAPI | undefined> {
      const form = new URLSearchParams(place);
      $('#formulier input[type=hidden]').each((_, input) => {
        const name = $(input).attr('name');
        if (name && !form.has(name)) form.append(name, $(input).attr('value') ?? '');
      });
      for (const [name, value] of Object.entries(typed)) form.set(name, value);
      const sent = await fetch(`${url}/speeltuin/formulier`, { method: 'POST', headers, body: form });
      return sent.ok ? load(await sent.text()) : undefined;
    },
    /** Every reference that stands in the worker's conversation. */
    async shown(): Promise<string[]> {
      const page = await fetch(`${url}/speeltuin?${new URLSearchParams(place)}`);
      return [...new Set((await page.text()).match(/G-\d{4}-\d{4,}/g) ?? [])];
    },
  };
}
