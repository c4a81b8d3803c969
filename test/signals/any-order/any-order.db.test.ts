import { expect, it } from 'vitest';
import { openTestDatabase } from '../../support/open-test-database.js';
import { runSequences } from './run-sequences.js';

/** Enough to meet every kind of conflict in well under a minute; `npm run test:slow` runs thousands. */
const SEQUENCES = 60;
/** PGlite runs one transaction at a time: more towns at once would only wait. */
const LANES = 2;
/** The same each time, so that a run which fails fails again; `SEED=...` tries others. */
const SEED = Number(process.env['SEED'] ?? 20_261_122);

it('whatever several people do at once, from several platforms, a signal goes only where it may', async () => {
  const outcome = await runSequences(await openTestDatabase(), { count: SEQUENCES, seed: SEED, lanes: LANES });
  expect(outcome.sequences).toBe(SEQUENCES);
  // Not a test of refusals alone.
  expect(outcome.done).toBeGreaterThan(outcome.attempts / 10);
}, 600_000);
