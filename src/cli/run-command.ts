import { ConfigError } from '../config.js';
import { StorageError } from '../storage/database.js';

/**
 * Runs a command of the operator's. A wrong variable, a database in use or a damaged file is theirs to mend: they read the
 * sentence, without a stack trace.
 *
 * @param main gives the exit status. @param status what it ends with after such a sentence.
 */
export async function runCommand(main: () => Promise<number>, status = 1): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof StorageError)) throw error;
    console.error(error.message);
    process.exitCode = status;
  }
}
