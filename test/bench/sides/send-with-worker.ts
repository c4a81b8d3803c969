import { randomUUID } from 'node:crypto';
import { defineMessage } from '../../../src/chat/feature.js';
import type { Platform } from '../../../src/chat/platform.js';
import { createOutbox } from '../../../src/delivery/outbox.js';
import { startQueue } from '../../../src/delivery/queue.js';
import { startWorker } from '../../../src/delivery/worker.js';
import { createLog } from '../../../src/operations/log.js';
import { openDatabase } from '../../../src/storage/database.js';
import { z } from 'zod';
import type { Side } from '../start-side.js';
import { createBenchTown } from '../town.js';

const view = defineMessage({
  id: 'bench.message',
  params: z.object({}),
  render: () => Promise.resolve({ summary: 'Een bericht', parts: [{ kind: 'text', text: 'Een bericht' }] }),
});

/** Sends owed messages as the product does, to a platform that takes them at once. */
export async function open(options: { databaseUrl?: string; dataDir: string }): Promise<Side> {
  const database = await openDatabase(options);
  const { db } = database;
  const { municipality, workers } = await createBenchTown(db);
  const log = createLog('silent');
  const queue = await startQueue(database, log);
  const outbox = createOutbox(queue);
  return {
    async prepare(times) {
      const posts = Array.from({ length: times }, (_, index) => ({
        key: randomUUID(),
        to: { personId: workers[index % workers.length]?.id ?? '' },
        view: view.id,
        params: {},
      }));
      await db.$transaction((tx) => outbox.post(tx, municipality.id, posts));
    },
    work: {
      async send(times) {
        let sent = 0;
        let allSent = () => {};
        const done = new Promise<void>((resolve) => (allSent = resolve));
        const platform: Platform = {
          name: 'playground',
          async send() {
            sent += 1;
            if (sent === times) allSent();
            return { ok: true, ref: { conversationId: 'bench', messageId: randomUUID() } };
          },
          update: (ref) => Promise.resolve({ ok: true, ref }),
          find: () => Promise.resolve(undefined),
        };
        const worker = startWorker({
          db,
          queue,
          log,
          platforms: new Map([[platform.name, platform]]),
          messages: new Map([[view.id, view]]),
          municipality: () => Promise.resolve(municipality),
          now: () => new Date(),
          url: (path) => path,
          oneTimeCode: () => '',
        });
        await done;
        // What is written after the last send counts too.
        await worker.stop();
      },
    },
    async close() {
      await queue.stop();
      await database.close();
    },
  };
}
