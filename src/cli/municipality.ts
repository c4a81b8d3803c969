import { loadConfig } from '../config.js';
import { runMunicipality } from '../municipality/municipality-command.js';
import { openDatabase } from '../storage/database.js';
import { runCommand } from './run-command.js';

await runCommand(
  () =>
    runMunicipality(process.argv.slice(2), {
      now: new Date(),
      out: (line) => {
        console.log(line);
      },
      err: (line) => {
        console.error(line);
      },
      async withDatabase(work) {
        const { databaseUrl, dataDir } = loadConfig();
        const { db, close } = await openDatabase({ databaseUrl, dataDir });
        return work(db).finally(close);
      },
    }),
  2,
);
