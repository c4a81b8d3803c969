// `npm run architecture`: draws which folder imports which, from the imports themselves, into docs/architecture.md.
// `test/architecture.test.ts` fails when the picture is out of step.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
export const PICTURE = path.join(root, 'docs/architecture.md');

/** src/platforms/slack/render/text.ts belongs to platforms/slack; src/app.ts to app. */
function roomOf(file) {
  const [, first, second] = file.split('/');
  if (first === 'platforms') return `platforms/${second}`;
  return first.replace(/\.tsx?$/, '');
}

/** @returns the text of docs/architecture.md, as the imports are now. */
export function drawArchitecture() {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '--output-type', 'json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 100_000_000 },
  );
  if (!stdout) throw new Error(stderr);
  const arrows = new Set();
  for (const { source, dependencies } of JSON.parse(stdout).modules) {
    if (!source.startsWith('src/')) continue;
    for (const { resolved } of dependencies) {
      if (!resolved.startsWith('src/')) continue;
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (from !== to) arrows.add(`  ${nameOf(from)} --> ${nameOf(to)}`);
    }
  }
  return [
    '# Who imports whom',
    '',
    'Drawn from the imports by `npm run architecture`; do not edit. The rules stand in `.dependency-cruiser.cjs`. Left out:',
    'commands (`cli`), and `app` and `main`, which put everything together.',
    '',
    '```mermaid',
    'graph LR',
    ...[...arrows].filter((arrow) => !/ (cli|app|main)(\[| -->)/.test(arrow)).sort(),
    '```',
    '',
  ].join('\n');
}

function nameOf(room) {
  return room.includes('/') ? `${room.replace('/', '_')}[${room}]` : room;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PICTURE, drawArchitecture());
