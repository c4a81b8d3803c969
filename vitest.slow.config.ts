import { defineConfig } from 'vitest/config';

/** Minutes, not seconds: whole programs are built, started, killed. One at a time, so that they do not starve each other. */
export default defineConfig({
  test: {
    name: 'slow',
    include: ['test/slow/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 50_000 } },
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
