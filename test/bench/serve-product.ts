import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import type { Chat } from '../../src/chat/chat.js';
import { createChat } from '../../src/chat/create-chat.js';
import type { MunicipalityInfo } from '../../src/chat/feature.js';
import type { PlatformName } from '../../src/chat/platform.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startQueue } from '../../src/delivery/queue.js';
import { features } from '../../src/features.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog, type Logger } from '../../src/operations/log.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { createReadiness } from '../../src/operations/readiness.js';
import { identify } from '../../src/people/identify.js';
import { openDatabase, type Db } from '../../src/storage/database.js';
import { createServer } from '../../src/web/server.js';
import { countValues } from './count-values.js';
import type { Side } from './start-side.js';
import { createBenchTown } from './town.js';

/** What a platform is made of. */
export interface Parts {
  db: Db;
  chat: Chat;
  log: Logger;
  now(): Date;
  municipalityId: string;
  municipality(id: string): Promise<MunicipalityInfo>;
  baseUrl(): string;
}

/**
 * The product behind its own HTTP server, with one platform connected; what is owed is written and, as on the other side,
 * not sent.
 *
 * @param platform whose accounts the town's workers have.
 * @param accountOf the account of each worker, by turn.
 */
export async function serveProduct(
  options: { databaseUrl?: string; dataDir: string },
  platform: { name: PlatformName; path: string; accountOf(index: number): string },
  connect: (parts: Parts) => { router: Router; stop(): void | Promise<void> },
): Promise<Side> {
  const database = await openDatabase(options);
  const { db } = database;
  const { municipality, workers, neighbourhoodIds } = await createBenchTown(db);
  await db.account.createMany({
    data: workers.map(({ id }, index) => ({
      municipalityId: municipality.id,
      personId: id,
      platform: platform.name,
      externalId: platform.accountOf(index),
    })),
  });
  const log = createLog('silent');
  const queue = await startQueue(database, log);
  const now = () => new Date();
  const readMunicipality = createMunicipalityReader(db, now);
  const baseUrl = () => 'http://127.0.0.1:3000';
  const chat = createChat({
    features,
    db,
    outbox: createOutbox(queue),
    wake: () => undefined,
    now,
    formKey: new TextEncoder().encode('a key for the bench, of more than 32 characters'),
    publicUrl: baseUrl,
    log,
    identify: (caller) => identify(database, caller, now()),
    municipality: readMunicipality,
  });
  const connected = connect({
    db,
    chat,
    log,
    now,
    municipalityId: municipality.id,
    municipality: readMunicipality,
    baseUrl,
  });
  const app = createServer({
    config: { host: '127.0.0.1', publicUrl: undefined, trustProxy: undefined, metricsToken: undefined },
    log,
    metrics: createMetrics({ process: false }),
    readiness: createReadiness({}),
    platforms: [connected.router],
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    work: {},
    report: async () => ({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${platform.path}`,
      neighbourhoodIds,
      values: await countValues(database.executeSql),
    }),
    async close() {
      server.close();
      server.closeAllConnections();
      await connected.stop();
      await queue.stop();
      await database.close();
    },
  };
}
