/**
 * A process of its own on a data folder, for tests that need a second one or one they can kill.
 *   raw <folder>     PGlite alone, as it would be without a lock
 *   locked <folder>  the database as the application opens it
 * Prints `open`, or `refused <code> <milliseconds> <message>`; after a line `write <count>` on its input prints
 * `acknowledged <number>` for every row that is in; after `close` it ends.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PGlite } from '@electric-sql/pglite';
import { openDatabase, StorageError } from '../../src/storage/database.js';

const [mode, folder = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Writer {
  write(name: string): Promise<unknown>;
  close(): Promise<void>;
}

async function openRaw(): Promise<Writer> {
  const pglite = await PGlite.create({ dataDir: path.join(folder, 'database') });
  return {
    write: (name) => pglite.query('INSERT INTO "InstallationSecret" VALUES ($1, $1)', [name]),
    close: () => pglite.close(),
  };
}

async function openLocked(): Promise<Writer> {
  const { db, close } = await openDatabase({ dataDir: folder });
  return { write: (name) => db.installationSecret.create({ data: { name, value: name } }), close };
}

const start = performance.now();
try {
  const database = await (mode === 'raw' ? openRaw() : openLocked());
  await database.write(`${process.pid} opened`);
  say('open');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'close') break;
    const count = Number(line.replace('write ', ''));
    for (let number = 1; number <= count; number += 1) {
      await database.write(`${process.pid} ${number}`);
      say(`acknowledged ${number}`);
    }
  }
  await database.close();
} catch (error) {
  if (!(error instanceof StorageError)) throw error;
  say(`refused ${error.code} ${Math.round(performance.now() - start)} ${error.message}`);
}
process.exit();
