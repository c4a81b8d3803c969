import { randomUUID } from 'node:crypto';
import { createOutbox } from '../../../src/delivery/outbox.js';
import { startQueue } from '../../../src/delivery/queue.js';
import { createLog } from '../../../src/operations/log.js';
import { fileSignal } from '../../../src/signals/filing/file-signal.js';
import { openDatabase } from '../../../src/storage/database.js';
import { countValues } from '../count-values.js';
import { draftOf, inFlight } from '../drafts.js';
import type { Side } from '../start-side.js';
import { createBenchTown } from '../town.js';

/** Files signals as the chat does once a form is in order: the use case, its transaction, and what is owed. */
export async function open(options: { databaseUrl?: string; dataDir: string; atOnce: number }): Promise<Side> {
  const database = await openDatabase(options);
  const { db } = database;
  const town = await createBenchTown(db);
  const queue = await startQueue(database, createLog('silent'));
  const outbox = createOutbox(queue);
  let filed = 0;
  return {
    work: {
      async file(times) {
        const first = filed;
        filed += times;
        await inFlight(times, options.atOnce, async (index) => {
          const person = town.workers[(first + index) % town.workers.length];
          if (!person) throw new Error('Nobody works here.');
          const context = {
            db,
            write: <T>(work: Parameters<typeof db.$transaction<T>>[0]) => db.$transaction(work),
            outbox,
            municipality: town.municipality,
            person,
            platform: 'playground' as const,
            now: new Date(),
          };
          await fileSignal(context, randomUUID(), draftOf(first + index, town.neighbourhoodIds));
        });
      },
    },
    report: () => countValues(database.executeSql),
    async close() {
      await queue.stop();
      await database.close();
    },
  };
}
