import { parseArgs } from 'node:util';
import { toLocale } from '../chat/texts.js';
import { ConfigError, loadConfig } from '../config.js';
import { installationChecks, type DatabaseState } from '../operations/installation-checks.js';
import { platformChecks } from '../platforms/platform-checks.js';
import { openDatabase, StorageError, type OpenDatabase } from '../storage/database.js';

/**
 * `npm run doctor`: one line per part of the installation, good or what is wrong and what to do; `--lang en`.
 * @returns the exit status: 0 all good, 1 something is wrong.
 */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { lang: { type: 'string' } } });
  const locale = toLocale(values.lang);
  const config = loadConfig();
  const { state, close } = await open(config);
  try {
    const now = () => new Date();
    const db = 'db' in state ? state.db : undefined;
    const checks = [...installationChecks(config, state, now), ...(await platformChecks(config, db, now))];
    let healthy = true;
    for (const check of checks) {
      for (const { status, part, says, todo } of await check(locale)) {
        console.log(`${status === 'good' ? '✓' : '✗'} ${part}: ${says}`);
        if (todo) console.log(`    → ${todo}`);
        healthy &&= status === 'good';
      }
    }
    return healthy ? 0 : 1;
  } finally {
    await close();
  }
}

async function open(
  config: Parameters<typeof openDatabase>[0],
): Promise<{ state: DatabaseState; close: OpenDatabase['close'] }> {
  try {
    const { db, engine, close } = await openDatabase(config);
    return { state: { db, engine }, close };
  } catch (error) {
    if (error instanceof StorageError) return { state: { error }, close: () => Promise.resolve() };
    throw error;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const problem of error.problems) console.log(`✗ ${problem}`);
  process.exitCode = 1;
}
