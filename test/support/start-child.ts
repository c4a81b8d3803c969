import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Child {
  pid: number;
  /** The first line that starts so; rejects when the process ends without it. */
  line(start: string): Promise<string>;
  say(line: string): void;
  /** Ends it as a power cut would: nothing is flushed, no handler runs. */
  kill(): Promise<void>;
  ended(): Promise<void>;
}

/** Starts a TypeScript file of this folder as a process of its own; it ends with the test at the latest. */
export function startChild(file: string, ...args: string[]): Child {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const process_ = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(process_, 'exit');
  const lines: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => waiting.forEach((look) => look());
  createInterface({ input: process_.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  process_.stderr.on('data', (text) => errors.push(String(text)));
  let over = false;
  process_.once('close', () => {
    over = true;
    wake();
  });
  // A child that was killed cannot take what is said to it.
  process_.stdin.on('error', () => undefined);
  onTestFinished(() => void process_.kill('SIGKILL'));
  return {
    pid: process_.pid ?? -1,
    line: (start) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => line.startsWith(start));
          if (found === undefined && !over) return;
          waiting.delete(look);
          if (found !== undefined) resolve(found);
          else reject(new Error(`The process ended without "${start}":\n${[...lines, ...errors].join('\n')}`));
        };
        waiting.add(look);
        look();
      }),
    say: (line) => process_.stdin.write(`${line}\n`),
    async kill() {
      process_.kill('SIGKILL');
      await ended;
    },
    async ended() {
      await ended;
    },
  };
}
