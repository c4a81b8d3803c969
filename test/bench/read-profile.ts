import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** What a `--cpu-prof` found, the heaviest first: the share of the busy time that each package's own code took. */
export async function readProfile(folder: string): Promise<{ where: string; share: number }[]> {
  const files = (await readdir(folder))
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => path.join(folder, name));
  const sizes = await Promise.all(files.map(async (file) => ({ file, size: (await stat(file)).size })));
  // Threads that only load modules have one too, a small one.
  const largest = sizes.toSorted((a, b) => b.size - a.size)[0];
  if (!largest) throw new Error('There is no profile.');
  const profile = JSON.parse(await readFile(largest.file, 'utf8')) as Profile;
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, number>();
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)') return;
    const where = placeOf(frame);
    times.set(where, (times.get(where) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times].map(([where, time]) => ({ where, share: time / busy })).toSorted((a, b) => b.share - a.share);
}

function placeOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string {
  if (functionName.startsWith('(')) return functionName;
  if (functionName === 'writev' || functionName === 'writeUtf8String') return 'writing to the socket';
  const dependency = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (dependency) return dependency;
  if (url.startsWith('wasm:')) return 'WebAssembly (Prisma’s query compiler, or PGlite)';
  if (url.startsWith('node:')) return 'Node';
  return /\/(src|test)\//.exec(url) ? 'our own code' : 'V8';
}
