import { defineConfig } from 'vitest/config';

/** Clicks through the product in Debian's Chromium: `npm run test:browser`, after `apt-get install chromium`. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    env: { TEST_ENGINE: 'pglite' },
    globalSetup: 'test/support/set-up-pglite.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 50_000 } },
    pool: 'forks',
    // A browser and a database each: more at once only makes them wait for each other.
    maxWorkers: 1,
    fileParallelism: false,
  },
});
