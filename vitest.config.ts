import { configDefaults, defineConfig } from 'vitest/config';

/** They need a browser, or minutes: each has a command of its own. */
const elsewhere = [...configDefaults.exclude, 'test/browser/**', 'test/slow/**'];

/** Tests that touch a database are called `*.db.test.ts` and run once on each engine; all others run once. */
const onEngine = (engine: 'pglite' | 'postgresql') => ({
  extends: true as const,
  test: {
    name: engine,
    include: ['test/**/*.db.test.ts'],
    exclude: elsewhere,
    env: { TEST_ENGINE: engine },
    globalSetup: `test/support/set-up-${engine}.ts`,
  },
});

export default defineConfig({
  test: {
    // For what hangs: on a busy machine nothing fails for being slow.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 50_000 } },
    setupFiles: './test/support/fix-seed.ts',
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './test/support/engine-count-reporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: [...elsewhere, 'test/**/*.db.test.ts'] },
      },
      onEngine('pglite'),
      onEngine('postgresql'),
    ],
  },
});
