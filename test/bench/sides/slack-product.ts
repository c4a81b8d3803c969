import type { AddressInfo } from 'node:net';
import { createChat } from '../../../src/chat/chat.js';
import { createOutbox } from '../../../src/delivery/outbox.js';
import { startQueue } from '../../../src/delivery/queue.js';
import { features } from '../../../src/features.js';
import { createMunicipalityReader } from '../../../src/municipality/read-municipality.js';
import { createLog } from '../../../src/operations/log.js';
import { createMetrics } from '../../../src/operations/metrics.js';
import { createReadiness } from '../../../src/operations/readiness.js';
import { identify } from '../../../src/people/identify.js';
import { createSlack } from '../../../src/platforms/slack/slack.js';
import { openDatabase } from '../../../src/storage/database.js';
import { createServer } from '../../../src/web/server.js';
import { countValues } from '../count-values.js';
import { BOT_TOKEN, SIGNING_SECRET, slackUserOf } from '../slack-load.js';
import type { Side } from '../start-side.js';
import { createBenchTown } from '../town.js';

/** The product behind its own HTTP server, Slack connected; what is owed is written and, as on the other side, not sent. */
export async function open(options: { databaseUrl?: string; dataDir: string; apiUrl: string }): Promise<Side> {
  const database = await openDatabase(options);
  const { db } = database;
  const { municipality, workers, neighbourhoodIds } = await createBenchTown(db);
  await db.account.createMany({
    data: workers.map(({ id }, index) => ({
      municipalityId: municipality.id,
      personId: id,
      platform: 'slack',
      externalId: slackUserOf(index),
    })),
  });
  const log = createLog('silent');
  const queue = await startQueue(database, log);
  const now = () => new Date();
  const readMunicipality = createMunicipalityReader(db, now);
  const chat = createChat({
    features,
    db,
    outbox: createOutbox(queue),
    wake: () => undefined,
    now,
    formKey: new TextEncoder().encode('a key for the bench, of more than 32 characters'),
    publicUrl: () => 'http://127.0.0.1:3000',
    log,
    identify: (caller) => identify(db, caller, now()),
    municipality: readMunicipality,
  });
  const slack = createSlack({
    config: {
      apiUrl: options.apiUrl,
      inbound: { kind: 'http', signingSecret: SIGNING_SECRET },
      workspaces: { kind: 'one', botToken: BOT_TOKEN },
    },
    encryptionKeys: [],
    db,
    chat,
    log,
    now,
    municipalityId: municipality.id,
    municipality: readMunicipality,
    baseUrl: () => 'http://127.0.0.1:3000',
  });
  const app = createServer({
    config: { host: '127.0.0.1', publicUrl: undefined, trustProxy: undefined, metricsToken: undefined },
    log,
    metrics: createMetrics({ process: false }),
    readiness: createReadiness({}),
    platforms: [slack.router],
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    work: {},
    report: async () => ({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
      neighbourhoodIds,
      values: await countValues(database.executeSql),
    }),
    async close() {
      server.close();
      server.closeAllConnections();
      await slack.stop();
      await queue.stop();
      await database.close();
    },
  };
}
