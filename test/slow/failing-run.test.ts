import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs one database test of the suite, given the time it needs or none at all. */
function runSuite(project: string, milliseconds: number): number | null {
  const options = ['--project', project, '-t', 'keeps nothing when its work throws', `--testTimeout=${milliseconds}`];
  return spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/storage/database', ...options])
    .status;
}

// Once, a library in the runner's process ended every run on PostgreSQL with status 0, whatever had failed.
test.each(['pglite', 'postgresql'])('a test that fails on %s fails the run', { timeout: 120_000 }, (project) => {
  expect(runSuite(project, 1)).toBe(1);
  expect(runSuite(project, 60_000)).toBe(0);
});
