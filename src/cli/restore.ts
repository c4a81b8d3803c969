import { loadConfig } from '../config.js';
import { startQueue } from '../delivery/queue.js';
import { createLog } from '../operations/log.js';
import { restoreBackup } from '../storage/backup.js';
import { openDatabase, type OpenDatabase } from '../storage/database.js';
import { runCommand } from './run-command.js';

/** `npm run restore -- <file>`: fills an empty database, of either engine, from a backup of either engine. */
async function main(file: string | undefined): Promise<number> {
  if (!file) {
    console.error('Usage: npm run restore -- signals.backup.gz');
    return 1;
  }
  const { databaseUrl, dataDir } = loadConfig();
  const { rows, tables } = await restoreBackup({ databaseUrl, dataDir }, file);
  const database = await openDatabase({ databaseUrl, dataDir });
  const waiting = await queueAgain(database).finally(() => database.close());
  console.log(`Restored ${rows} rows of ${tables} tables. ${waiting} messages that waited go out at the next start.`);
  return 0;
}

/** The queue's own tables are in no backup: what was not sent, or not shown anew, gets its job again. */
async function queueAgain(database: OpenDatabase): Promise<number> {
  const { db } = database;
  const queue = await startQueue(database, createLog('silent'));
  let count = 0;
  for (const { id: municipalityId } of await db.municipality.findMany({ select: { id: true } })) {
    const stale = { status: 'sent' as const, rendered: { lt: db.delivery.fields.wanted } };
    const owed = await db.delivery.findMany({
      where: { municipalityId, OR: [{ status: 'waiting' }, stale] },
      select: { id: true, batchId: true },
      orderBy: { createdAt: 'asc' },
    });
    const lane = (batchId: string | null) => (batchId ? ('bulk' as const) : ('normal' as const));
    const jobs = owed.map(({ id, batchId }) => ({ municipalityId, deliveryId: id, lane: lane(batchId) }));
    await db.$transaction((tx) => queue.add(tx, jobs));
    count += jobs.length;
  }
  await queue.stop();
  return count;
}

await runCommand(() => main(process.argv[2]));
