import { ConfigError, loadConfig } from '../config.js';
import { clearDemo } from '../demo/clear-demo.js';
import { openDatabase, StorageError } from '../storage/database.js';

/** `npm run demo -- clear`: takes the demo signals and the invented people out, so that a real platform may be connected. */
async function main(command: string | undefined): Promise<number> {
  if (command !== 'clear') {
    console.error('Usage: npm run demo -- clear');
    return 1;
  }
  const { databaseUrl, dataDir } = loadConfig();
  const { db, close } = await openDatabase({ databaseUrl, dataDir });
  try {
    const municipalities = await db.municipality.findMany({ where: { demo: true }, select: { id: true, name: true } });
    if (municipalities.length === 0) console.log('There is no demo in this database: nothing to clear.');
    for (const { id, name } of municipalities) {
      const cleared = await clearDemo(db, id, new Date());
      console.log(`${name}: removed ${cleared.signals} demo signals and ${cleared.people} invented people.`);
    }
    return 0;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  // A wrong variable or an unreachable database is the operator's to mend: the sentence, without a stack trace.
  if (!(error instanceof ConfigError) && !(error instanceof StorageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
