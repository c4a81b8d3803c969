import { loadConfig } from '../config.js';
import { writeBackup } from '../storage/backup.js';
import { runCommand } from './run-command.js';

/** `npm run backup -- <file>`: everything the database holds, of either engine, in one file. */
async function main(file: string | undefined): Promise<number> {
  if (!file) {
    console.error('Usage: npm run backup -- signals.backup.gz');
    return 1;
  }
  const { databaseUrl, dataDir } = loadConfig();
  const { rows, tables } = await writeBackup({ databaseUrl, dataDir }, file, new Date());
  console.log(
    `Wrote ${rows} rows of ${tables} tables to ${file}. It holds people's names: keep it where only you can read.`,
  );
  return 0;
}

await runCommand(() => main(process.argv[2]));
