import { startApp } from '../../../src/app.js';
import { loadConfig } from '../../../src/config.js';
import { createLog } from '../../../src/operations/log.js';
import { openDatabase } from '../../../src/storage/database.js';
import { BOT_TOKEN, SIGNING_SECRET, slackUserOf } from '../slack-load.js';
import type { Side } from '../start-side.js';
import { createBenchTown } from '../town.js';

/** The whole program as it runs in a town, Slack connected: what is owed is sent while people are waiting. */
export async function open(options: {
  databaseUrl?: string;
  dataDir: string;
  apiUrl: string;
  workers: number;
}): Promise<Side> {
  const database = await openDatabase(options);
  const { db } = database;
  const { municipality, workers, neighbourhoodIds } = await createBenchTown(db, { workers: options.workers });
  const municipalityId = municipality.id;
  await db.account.createMany({
    data: workers.map(({ id }, index) => ({
      municipalityId,
      personId: id,
      platform: 'slack',
      externalId: slackUserOf(index, options.workers),
    })),
  });
  const channels = await db.channel.findMany({ where: { municipalityId } });
  await db.channelAddress.createMany({
    data: channels.map(({ id }, index) => ({
      municipalityId,
      channelId: id,
      platform: 'slack',
      externalId: `C0BENCH${index}`,
    })),
  });
  const config = loadConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    SLACK_API_URL: options.apiUrl,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_BOT_TOKEN: BOT_TOKEN,
  });
  const app = await startApp(config, { database, log: createLog('silent'), now: () => new Date() });
  const count = (status?: 'waiting') => db.delivery.count({ where: { municipalityId, ...(status && { status }) } });
  return {
    work: {},
    report: async () => ({
      url: `${app.url}/slack/events`,
      neighbourhoodIds,
      cpuMilliseconds: (process.cpuUsage().user + process.cpuUsage().system) / 1_000,
      signals: await db.signal.count({ where: { municipalityId } }),

      waiting: await count('waiting'),
    }),
    async close() {
      await app.stop();
      await database.close();
    },
  };
}
