import { loadConfig } from '../config.js';
import { clearDemo } from '../demo/clear-demo.js';
import { openDatabase } from '../storage/database.js';
import { runCommand } from './run-command.js';

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

await runCommand(() => main(process.argv[2]));
