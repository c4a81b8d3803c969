import { ConfigError, loadConfig } from '../config.js';
import { runMunicipality } from '../municipality/municipality-command.js';
import { openDatabase, StorageError } from '../storage/database.js';

try {
  process.exitCode = await runMunicipality(process.argv.slice(2), {
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
  });
} catch (error) {
  // A wrong variable or an unreachable database is the operator's to mend: the sentence, without a stack trace.
  if (!(error instanceof ConfigError) && !(error instanceof StorageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
