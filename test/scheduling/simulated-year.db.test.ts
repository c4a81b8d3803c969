import { expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { runYear } from './run-year.js';

const database = await openTestDatabase();

// The clocks go forward in it. The whole year, with a look at every day, goes by in test/slow/simulated-year.test.ts.
it('a quarter in ten towns sends what the table says, line by line, and nothing else', async () => {
  const { sent, expected } = await runYear(database, { until: '2026-03-31', named: true });
  expect(sent).toEqual(expected);
}, 600_000);
