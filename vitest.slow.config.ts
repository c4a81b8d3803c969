import { defineConfig } from 'vitest/config';

/** `npm run test:slow`: what takes minutes, or runs the suite itself. */
export default defineConfig({
  test: { include: ['test/slow/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, maxWorkers: 1 },
});
