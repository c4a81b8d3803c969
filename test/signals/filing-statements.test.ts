import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startQueue } from '../../src/delivery/queue.js';
import { createLog } from '../../src/operations/log.js';
import { fileSignal } from '../../src/signals/filing/file-signal.js';
import { draftOf } from '../bench/drafts.js';
import { createBenchTown } from '../bench/town.js';
import { openRecordingDatabase } from '../support/record-statements.js';

/** Each statement costs a filing about as much. */
it('files a signal in one transaction of four statements, so that a crowd does not wait for each other', async () => {
  const { database, statements } = await openRecordingDatabase();
  const queue = await startQueue(database, createLog('silent'));
  onTestFinished(async () => {
    await queue.stop();
    await database.close();
  });
  const town = await createBenchTown(database.db);
  const [person] = town.workers;
  if (!person) throw new Error('Nobody works here.');

  const file = (number: number) =>
    fileSignal(
      {
        db: database.db,
        write: (work) => database.db.$transaction(work),
        outbox: createOutbox(queue),
        municipality: town.municipality,
        person,
        platform: 'playground',
        now: new Date('2026-03-10T09:00:00Z'),
      },
      randomUUID(),
      draftOf(number, town.neighbourhoodIds),
    );
  await file(1);
  statements.length = 0;
  await file(20); // acute, and about two neighbourhoods

  expect(statements[0]).toBe('transaction');
  expect(statements.slice(1)).toHaveLength(4);
});
