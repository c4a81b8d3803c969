import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROGRAM = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
const CONFIG = path.resolve('manifests/teams/local/agents-playground.yml');

export interface AgentsPlayground {
  url: string;
  stop(): Promise<void>;
}

/** Microsoft's own emulator of Teams, in front of a bot that lets in this machine without tokens. */
export async function startAgentsPlayground(botUrl: string): Promise<AgentsPlayground> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agents-playground-'));
  const port = await freePort();
  const args = ['-e', `${botUrl}/api/messages`, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: CONFIG,
      M365_AGENTS_PLAYGROUND_LOGFILE: path.join(folder, 'playground.log'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const listen = (text: unknown) => {
      said += String(text);
      if (said.includes('Listening on')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void ended.then(() => reject(new Error(`The Agents Playground ended:\n${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await ended;
      clearTimeout(force);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** It takes a fixed port, and writes it into what it tells the bot. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
