import { startApp } from './app.js';
import { ConfigError, loadConfig } from './config.js';
import { createLog } from './operations/log.js';
import { StartError } from './start-error.js';
import { openDatabase, StorageError } from './storage/database.js';

/** After this the process ends whatever is still running; the queue hands it to the next start. */
const EXIT_TIMEOUT_MS = 9_500;

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const database = await openDatabase(config);
  const app = await startApp(config, { database, log, now: () => new Date() }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), EXIT_TIMEOUT_MS).unref();
    app
      .stop()
      .then(() => database.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  log.info({ url: app.url, database: config.databaseUrl ? 'postgresql' : 'pglite' }, 'ready');
  process.stdout.write(greeting(app.url, config));
}

function greeting(url: string, config: ReturnType<typeof loadConfig>): string {
  const lines = ['', '  Wijksignaal draait.', ''];
  if (config.playground) lines.push(`  Speeltuin (probeer het uit): ${url}/speeltuin`);
  lines.push(`  Alle signalen:               ${url}/`, '');
  if (!config.databaseUrl) {
    lines.push(
      '  Ingebouwde databank (PGlite): handig om te proberen. Bij een stroompanne kunnen de laatste wijzigingen',
      '  verloren gaan; gebruik voor echt werk PostgreSQL met DATABASE_URL.',
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof StartError || error instanceof StorageError;
  process.stderr.write(
    known
      ? `${error.message}\n`
      : `Wijksignaal kan niet starten:\n${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
