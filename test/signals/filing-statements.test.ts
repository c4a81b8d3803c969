import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { expect, it, onTestFinished } from 'vitest';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startQueue } from '../../src/delivery/queue.js';
import { createLog } from '../../src/operations/log.js';
import { fileSignal } from '../../src/signals/file-signal.js';
import { wrapPglite } from '../../src/storage/open-pglite.js';
import { draftOf } from '../bench/drafts.js';
import { createBenchTown } from '../bench/town.js';
import { makePgliteTemplate } from '../support/set-up-pglite.js';

/** A time would depend on the machine; the number of statements does not, and each costs a filing about as much. */
it('files a signal in one transaction of four statements, so that a crowd does not wait for each other', async () => {
  const pglite = await PGlite.create({ loadDataDir: new Blob([await readFile(await makePgliteTemplate())]) });
  const statements: string[] = [];
  const record = <T extends Pick<Transaction, 'query'>>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        if (name === 'transaction') {
          return (work: (tx: Transaction) => Promise<unknown>) => {
            statements.push('transaction');
            return pglite.transaction((tx) => work(record(tx)));
          };
        }
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (name === 'query') statements.push(String(args[0]));
          return value.apply(object, args) as unknown;
        };
      },
    });
  const database = wrapPglite(record(pglite));
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
