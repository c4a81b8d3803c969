/**
 * One side of a comparison, as a process of its own: `sides/<name>.ts`, started and asked over IPC by `start-side.ts`.
 * Nothing of one side (garbage, warm code, event loop) can weigh on the other.
 */
import { register } from 'node:module';
import type { Side, SideMessage, SideRequest } from './start-side.js';

const [name = '', options = '{}'] = process.argv.slice(2);
const tell = (message: SideMessage) => process.send?.(message);

register('./use-built.mjs', import.meta.url);
const { open } = (await import(`./sides/${name}.js`)) as { open(options: unknown): Promise<Side> };
const side = await open(JSON.parse(options));

process.on('message', (request: SideRequest) => {
  void answer(request).catch((error: unknown) => {
    tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});
tell({ kind: 'open' });

async function answer(request: SideRequest): Promise<void> {
  if (request.kind === 'close') {
    await side.close();
    process.exit(0);
  }
  if (request.kind === 'cpu') return void tell({ kind: 'cpu', milliseconds: cpuMilliseconds(process.cpuUsage()) });
  if (request.kind === 'report') return void tell({ kind: 'report', report: (await side.report?.()) ?? {} });
  const work = side.work[request.work];
  if (!work) throw new Error(`${name} does not do "${request.work}".`);
  await side.prepare?.(request.times);
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work(request.times);
  const milliseconds = performance.now() - start;
  tell({ kind: 'done', milliseconds, cpuMilliseconds: cpuMilliseconds(process.cpuUsage(cpu)) });
}

function cpuMilliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
