import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Started {
  /** From the start of the process until `/readyz` says ready. */
  readyMs: number;
  /** Resident memory, in MB. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the built program as an operator does, on a free port. */
export async function startProgram(environment: Record<string, string>): Promise<Started> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    env: { PATH: process.env['PATH'], ...environment, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const address = new Promise<string>((resolve, reject) => {
    const listen = (text: Buffer) => {
      said.push(String(text));
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.join(''))?.[0];
      if (url) resolve(url);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => reject(new Error(`The program ended with status ${code}:\n${said.join('')}`)));
  });
  const url = await address;
  while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(10);
  const readyMs = performance.now() - start;
  return {
    readyMs,
    async memory() {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)]);
      return Number(stdout) / 1024;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
