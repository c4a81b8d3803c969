import { readFile } from 'node:fs/promises';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { OpenDatabase } from '../../src/storage/database.js';
import { wrapPglite } from '../../src/storage/open-pglite.js';
import { makePgliteTemplate } from './set-up-pglite.js';

/**
 * An empty, migrated database that remembers what it is asked: every statement in the order it came, and `transaction` where
 * one begins. A time would depend on the machine; the number of statements does not.
 */
export async function openRecordingDatabase(): Promise<{ database: OpenDatabase; statements: string[] }> {
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
  return { database: wrapPglite(record(pglite)), statements };
}
