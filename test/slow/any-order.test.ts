import { expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { startPostgresql } from '../support/postgresql-cluster.js';
import { runSequences } from '../signals/any-order/run-sequences.js';

/** About two minutes; all ten thousand of them: `SEQUENCES=10000 npm run test:slow -- any-order`, a quarter of an hour. */
const SEQUENCES = Number(process.env['SEQUENCES'] ?? 1_500);
/** The same each time, so that a run which fails fails again; `SEED=...` tries others. */
const SEED = Number(process.env['SEED'] ?? 20_261_122);
/** Towns at once: enough to keep the database busy while the program thinks, few enough for its ten connections. */
const LANES = 4;
/** Five times what was seen on an idle machine. */
const TIMEOUT_MS = SEQUENCES * 250 + 120_000;

it(
  `${SEQUENCES} random sequences of several people at once find no forbidden step, lost entry or silent filer`,
  async () => {
    // PostgreSQL, where transactions truly run at once: on PGlite each waits for the one before.
    const cluster = await startPostgresql();
    await cluster.createDatabase('any_order');
    const database = await openDatabase({ databaseUrl: `${cluster.server}/any_order`, dataDir: '' });
    const start = performance.now();
    try {
      const outcome = await runSequences(database, { count: SEQUENCES, seed: SEED, lanes: LANES });
      const { sequences, attempts, done, told } = outcome;
      const seconds = Math.round((performance.now() - start) / 1_000);
      process.stdout.write(
        `seed ${SEED}: ${sequences} sequences, ${attempts} attempts, ${done} done, ${told} messages to filers, ${seconds} s\n`,
      );
      expect(sequences).toBe(SEQUENCES);
      // Not a test of refusals alone.
      expect(done).toBeGreaterThan(attempts / 10);
    } finally {
      await database.close();
      await cluster.stop();
    }
  },
  TIMEOUT_MS,
);
