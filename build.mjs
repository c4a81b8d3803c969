// Builds `dist` with what `npm ci` brought, and nothing from the network.
//   node build.mjs              everything
//   node build.mjs --if-stale   everything, unless dist is newer than what it is made of (npm start)
//   node build.mjs --client     the Prisma client alone, unless it is newer than the schema (npm test)
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));
const at = (...parts) => path.join(root, ...parts);

const SCHEMA = at('prisma', 'schema');
const GENERATED = at('src', 'storage', 'generated');
/** Written last: its time is the time of a build that succeeded. */
const BUILT = at('dist', '.built');
const INPUTS = ['build.mjs', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

const mode = process.argv[2];
if (mode === '--client') {
  if (clientIsStale()) generateClient();
} else if (mode !== '--if-stale' || isStale()) {
  build();
}

function build() {
  const start = performance.now();
  rmSync(at('dist'), { recursive: true, force: true });
  generateClient();
  run('TypeScript', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
  // Style sheets, browser scripts, presets ...: everything that TypeScript does not compile.
  cpSync(at('src'), at('dist'), {
    recursive: true,
    filter: (source) => source !== GENERATED && !/\.tsx?$/.test(source),
  });
  writeFileSync(BUILT, '');
  console.log(`Built dist in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
}

function generateClient() {
  run('Prisma', ['node_modules/prisma/build/index.js', 'generate'], {
    // `generate` looks for a binary it never runs, and would download it: any file that exists will do.
    PRISMA_SCHEMA_ENGINE_BINARY: at('package.json'),
    // No calls home.
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
}

/** Runs a tool of this project; its output is shown only when it fails. */
function run(name, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status === 0) return;
  console.error(`${name} failed:\n${stdout ?? ''}${stderr ?? ''}${error ?? ''}`);
  process.exit(1);
}

function clientIsStale() {
  const client = path.join(GENERATED, 'client.ts');
  return !existsSync(client) || anyNewer(SCHEMA, modified(client));
}

function isStale() {
  if (!existsSync(BUILT)) return true;
  // An installation without sources has nothing to build from.
  if (!existsSync(at('src'))) return false;
  const built = modified(BUILT);
  return (
    INPUTS.some((file) => existsSync(at(file)) && modified(at(file)) > built) ||
    anyNewer(SCHEMA, built) ||
    anyNewer(at('src'), built)
  );
}

/** Folders count too: their time changes when a file in them goes away. */
function anyNewer(folder, built) {
  if (folder === GENERATED) return false;
  if (folder !== path.dirname(GENERATED) && modified(folder) > built) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? anyNewer(file, built) : modified(file) > built;
  });
}

function modified(file) {
  return statSync(file).mtimeMs;
}
