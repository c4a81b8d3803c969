import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChat } from './chat/create-chat.js';
import { createAddressSigner, createUrls } from './chat/signed-address.js';
import { createOneTimeCodes } from './chat/one-time-code.js';
import type { Platform } from './chat/platform.js';
import type { Config } from './config.js';
import { createOutbox } from './delivery/outbox.js';
import { createPrecedence } from './delivery/precedence.js';
import { startQueue } from './delivery/queue.js';
import { startWorker } from './delivery/worker.js';
import { loadDemo } from './demo/load-demo.js';
import { showDemo } from './demo/show-demo.js';
import { features } from './features.js';
import { applyMunicipality } from './municipality/apply-municipality.js';
import { parseMunicipalityFile } from './municipality/municipality-file.js';
import { sayRefusal } from './municipality/say-changes.js';
import { createMunicipalityReader } from './municipality/read-municipality.js';
import { installationChecks } from './operations/installation-checks.js';
import type { Logger } from './operations/log.js';
import { createMetrics } from './operations/metrics.js';
import { createReadiness } from './operations/readiness.js';
import { followAccount } from './people/follow-account.js';
import { identify } from './people/identify.js';
import { createPreviews } from './platforms/preview-message.js';
import { platformChecks } from './platforms/platform-checks.js';
import { createPlayground } from './platforms/playground/playground.js';
import { stopRoutes } from './settings/stop-page.js';
import { createPages } from './sign-in/pages.js';
import { StartError } from './start-error.js';
import { createScheduler } from './scheduling/scheduler.js';
import { createSchedulingMetrics } from './scheduling/scheduling-metrics.js';
import { startTicking } from './scheduling/start-ticking.js';
import type { Db, OpenDatabase } from './storage/database.js';
import { createServer } from './web/server.js';

const GENT_PRESET = new URL('./municipality/presets/gent.yaml', import.meta.url);

/** How long requests and sends in progress may take to finish when the process is asked to stop. */
const STOP_TIMEOUT_MS = 8_000;

export interface App {
  /** Where it listens, such as http://127.0.0.1:3000 */
  url: string;
  /** Finishes what is running; the database is free afterwards. */
  stop(): Promise<void>;
}

/**
 * Starts everything on an open database: municipality, queue, platforms, pages.
 *
 * @param database opened, and closed after `stop`, by the caller.
 * @param now the one clock; everything below is handed it.
 * @param slackDeadlineMs after which Slack is answered in words; by default short of what Slack waits.
 * @throws StartError with a sentence for the operator.
 */
export async function startApp(
  config: Config,
  {
    database,
    log,
    now,
    slackDeadlineMs,
  }: { database: OpenDatabase; log: Logger; now: () => Date; slackDeadlineMs?: number | undefined },
): Promise<App> {
  const { db, executeSql } = database;
  const municipalityId = await ensureMunicipality(db, config, now(), log);
  const queue = await startQueue({ executeSql }, log);
  const publicUrl = () => config.publicUrl ?? listening;
  let listening = '';
  const municipality = createMunicipalityReader(db, now);
  const outbox = createOutbox(queue);
  let wake = () => {};
  const precedence = createPrecedence();
  const platforms = new Map<string, Platform>();
  const formKey = new TextEncoder().encode(config.sessionSecret ?? (await installationSecret(db, 'forms')));
  const signer = createAddressSigner(formKey);
  const chat = createChat({
    features,
    db,
    outbox,
    wake: () => wake(),
    serve: precedence.serve,
    now,
    formKey,
    publicUrl,
    log,
    identify: (caller) => identify(database, caller, now()),
    followAccount: (change) => followAccount(db, change),
    explain: (reason, locale) =>
      [...platforms.values()].map((platform) => platform.explain?.(reason, locale)).find((words) => words),
    municipality,
  });

  const playground = config.playground
    ? createPlayground({ config, db, chat, now, municipality: await municipality(municipalityId) })
    : undefined;
  // Loaded only where it is used: Bolt takes a second.
  const slack = config.slack
    ? (await import('./platforms/slack/slack.js')).createSlack({
        config: config.slack,
        deadlineMs: slackDeadlineMs,
        encryptionKeys: config.encryptionKeys,
        db,
        chat,
        log,
        now,
        municipalityId,
        municipality,
        baseUrl: publicUrl,
      })
    : undefined;
  // So is this one: it takes a second and 60 MB.
  const teams = config.teams
    ? (await import('./platforms/teams/teams.js')).createTeams({
        config: config.teams,
        host: config,
        db,
        chat,
        log,
        now,
        municipalityId,
        municipality,
        baseUrl: publicUrl,
      })
    : undefined;
  const { bot, loginUrl } = config.teams ?? {};
  const verifyTabToken =
    bot && loginUrl
      ? (await import('./platforms/teams/tab-token.js')).createTabTokenVerifier({ bot, loginUrl, publicUrl, now })
      : undefined;
  if (slack) platforms.set('slack', slack.platform);
  if (teams) platforms.set('teams', teams.platform);
  if (playground) platforms.set('playground', playground.platform);
  // Loaded only where it is used, and last: for who has no chat.
  const mail = config.mail
    ? (await import('./platforms/mail/mail.js')).createMail({ config: config.mail, municipality })
    : undefined;
  if (mail) platforms.set('mail', mail.platform);

  const metrics = createMetrics();
  const readiness = createReadiness({ database: () => executeSql('SELECT 1'), queue: () => queue.size() });
  const server = createServer({
    config,
    log,
    metrics,
    readiness,
    platforms: [slack, teams].flatMap((platform) => (platform ? [platform.router] : [])),
    pages: [
      ...(playground ? [playground.router] : []),
      stopRoutes({
        db,
        signer,
        subscriptions: features.flatMap((feature) => feature.subscriptions ?? []),
        municipality,
      }),
      ...createPages({
        config,
        db,
        now,
        url: createUrls(publicUrl, signer),
        signer,
        ownMunicipality: () => municipality(municipalityId),
        municipality,
        chat,
        verifyTabToken,
        features,
        previews: createPreviews(publicUrl),
      }),
    ],
  });
  const http = await listen(server, config);
  listening = addressOf(http, config.host);

  const worker = startWorker({
    db,
    queue,
    log,
    turn: precedence.turn,
    platforms,
    listeners: features.flatMap((feature) => feature.listeners ?? []),
    now,
    municipality,
    messages: new Map(features.flatMap((feature) => feature.messages ?? []).map((view) => [view.id, view])),
    url: createUrls(publicUrl, signer),
    oneTimeCode: createOneTimeCodes(formKey),
  });
  wake = () => worker.wake();
  if (config.playground) await showDemo(db, outbox, municipalityId);
  slack?.start();
  const scheduler = createScheduler({
    db,
    features,
    outbox,
    wake: () => worker.wake(),
    now,
    municipality,
    log,
    metrics: createSchedulingMetrics(metrics.registry),
  });
  const stopTicking = startTicking(scheduler, log);
  teams?.start();
  readiness.started();
  const examined = sayWhatIsWrong(config, database, now, log);
  return {
    url: listening,
    async stop() {
      readiness.stopping();
      playground?.close();
      teams?.stop();
      await Promise.all([closeServer(http), stopTicking(), worker.stop(), slack?.stop(), examined]);
      mail?.close();
      await queue.stop();
    },
  };
}

/** The doctor's checks, once at the start: what is wrong stands in the log, and the program runs on. */
async function sayWhatIsWrong(config: Config, database: OpenDatabase, now: () => Date, log: Logger): Promise<void> {
  for (const check of [
    ...installationChecks(config, database, now),
    ...(await platformChecks(config, database.db, now)),
  ]) {
    try {
      for (const { status, part, says, todo } of await check('en')) {
        if (status === 'wrong') log.warn({ part, todo }, says);
      }
    } catch (error) {
      log.warn({ err: error }, 'a check could not be made');
    }
  }
}

/** Applies the municipality file; without one, the Gent preset with its demo year on an empty database. */
async function ensureMunicipality(db: Db, config: Config, now: Date, log: Logger): Promise<string> {
  const existing = await db.municipality.findFirst({ orderBy: { createdAt: 'asc' } });
  if (config.platforms.length > 0 && existing?.demo) {
    throw new StartError(
      'START.DEMO_DATA',
      'This database holds invented demo signals, and a real platform is configured. Clear them first: npm run demo -- clear',
    );
  }
  if (!config.municipalityFile && existing) return existing.id;
  const path = config.municipalityFile ?? GENT_PRESET;
  const text = await readMunicipalityText(path);
  const parsed = parseMunicipalityFile(text, now.toISOString().slice(0, 10));
  if (!parsed.ok) {
    const lines = parsed.problems.map(({ line, message }) => `  line ${line}: ${message.en}`);
    throw new StartError('START.MUNICIPALITY_FILE', `The municipality file cannot be used:\n${lines.join('\n')}`);
  }
  const applied = await db.$transaction((tx) => applyMunicipality(tx, parsed.file, now, text));
  if (!applied.ok) throw new StartError('START.MUNICIPALITY_FILE', sayRefusal(applied, 'en'));
  const { municipalityId } = applied;
  if (!config.municipalityFile && config.platforms.length === 0) {
    await loadDemo(db, municipalityId, now);
    log.info('loaded the Gent preset with its demo year');
  }
  return municipalityId;
}

async function readMunicipalityText(path: string | URL): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new StartError('START.MUNICIPALITY_FILE', 'MUNICIPALITY_FILE cannot be read: is the path right?', error);
  }
}

/** A secret of this installation, made at first start; two replicas starting at once agree on one. */
async function installationSecret(db: Db, name: string): Promise<string> {
  await db.installationSecret.createMany({
    data: [{ name, value: randomBytes(32).toString('base64url') }],
    skipDuplicates: true,
  });
  return (await db.installationSecret.findUniqueOrThrow({ where: { name } })).value;
}

function listen(app: ReturnType<typeof createServer>, { port, host }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError('START.PORT_IN_USE', `Port ${port} is in use. Choose another: PORT=3001 npm start`, error)
          : error,
      ),
    );
  });
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
