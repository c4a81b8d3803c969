import { expect, it } from 'vitest';
import { openPglite } from '../../src/storage/open-pglite.js';
import { makeDataFolder } from '../support/make-data-folder.js';
import { runSequences, type Outcome } from '../signals/any-order/run-sequences.js';

/** A sequence takes up to a second; all ten thousand, for hours: `SEQUENCES=10000 npm run test:slow -- any-order`. */
const SEQUENCES = Number(process.env['SEQUENCES'] ?? 300);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** Sixty were seen to take 55 s on a machine with five times more to do than it has cores. */
const TIMEOUT_MS = SEQUENCES * 2_000 + 120_000;

it(
  `${SEQUENCES} random sequences of several people at once find no forbidden step, lost entry or silent filer`,
  async () => {
    const database = await openPglite(await makeDataFolder());
    const outcome: Outcome = await runSequences(database, SEQUENCES, SEED).finally(() => database.close());
    process.stdout.write(
      `seed ${SEED}: ${outcome.sequences} sequences, ${outcome.attempts} attempts, ${outcome.done} done\n`,
    );
    expect(outcome.sequences).toBe(SEQUENCES);
  },
  TIMEOUT_MS,
);
