import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a file in `sides/` gives when it is opened. */
export interface Side {
  /** Each does its work so many times, as it is done in the product (or would be without it). */
  work: Record<string, (times: number) => Promise<void>>;
  /** Before the clock runs. */
  prepare?(times: number): Promise<void>;
  /** Something to say about itself, or to be held against another side. */
  report?(): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export type SideRequest =
  { kind: 'run'; work: string; times: number } | { kind: 'report' } | { kind: 'cpu' } | { kind: 'close' };
export type SideMessage =
  | { kind: 'open' }
  | ({ kind: 'done' } & Taken)
  | { kind: 'report'; report: Record<string, unknown> }
  | { kind: 'cpu'; milliseconds: number }
  | { kind: 'failed'; message: string };

/** For all the times together. */
export interface Taken {
  milliseconds: number;
  /** Of the side's own process: steadier than the clock on a machine that others use too. */
  cpuMilliseconds: number;
}

export interface RunningSide {
  run(work: string, times: number): Promise<Taken>;
  report(): Promise<Record<string, unknown>>;
  /** Processor time its process has used since it began, in milliseconds. */
  cpu(): Promise<number>;
  close(): Promise<void>;
}

const ENTRY = fileURLToPath(new URL('side.ts', import.meta.url));

/** @param flags for Node, such as `--cpu-prof`. */
export async function startSide(name: string, options: object, flags: string[] = []): Promise<RunningSide> {
  const child = fork(ENTRY, [name, JSON.stringify(options)], { execArgv: [...flags, '--import', 'tsx'] });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`Side ${name} ended with status ${code}.`)));
  });
  ended.catch(() => undefined);
  const next = () =>
    Promise.race([
      ended,
      new Promise<SideMessage>((resolve) => child.once('message', (message) => resolve(message as SideMessage))),
    ]);
  const expect = async <K extends SideMessage['kind']>(kind: K) => {
    const message = await next();
    if (message.kind === 'failed') throw new Error(`Side ${name} failed: ${message.message}`);
    if (message.kind !== kind) throw new Error(`Side ${name} said ${message.kind} instead of ${kind}.`);
    return message as Extract<SideMessage, { kind: K }>;
  };
  const ask = (request: SideRequest) => child.send(request);
  await expect('open');
  return {
    async run(work, times) {
      const done = expect('done');
      ask({ kind: 'run', work, times });
      return await done;
    },
    async report() {
      const report = expect('report');
      ask({ kind: 'report' });
      return (await report).report;
    },
    async cpu() {
      const cpu = expect('cpu');
      ask({ kind: 'cpu' });
      return (await cpu).milliseconds;
    },
    async close() {
      const closed = new Promise((resolve) => child.once('exit', resolve));
      ask({ kind: 'close' });
      await closed;
    },
  };
}
