import { randomUUID } from 'node:crypto';
import { startQueue } from '../../../src/delivery/queue.js';
import { createLog } from '../../../src/operations/log.js';
import { openDatabase } from '../../../src/storage/database.js';
import type { Side } from '../start-side.js';

/** As many as the product's worker fetches at once. */
const BATCH = 100;

/** The queue alone: jobs are fetched and completed, and nothing is done. */
export async function open(options: { databaseUrl?: string; dataDir: string }): Promise<Side> {
  const database = await openDatabase(options);
  const queue = await startQueue(database, createLog('silent'));
  return {
    async prepare(times) {
      const jobs = Array.from({ length: times }, () => ({ municipalityId: randomUUID(), deliveryId: randomUUID() }));
      await database.db.$transaction((tx) => queue.add(tx, jobs));
    },
    work: {
      async send() {
        let jobs = await queue.fetch(BATCH);
        while (jobs.length > 0) {
          await queue.complete(jobs.map(({ jobId }) => jobId));
          jobs = await queue.fetch(BATCH);
        }
      },
    },
    async close() {
      await queue.stop();
      await database.close();
    },
  };
}
