import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { startApp, type App } from '../../../src/app.js';
import { loadConfig } from '../../../src/config.js';
import { createLog, type Logger } from '../../../src/operations/log.js';
import type { Db, OpenDatabase, Signal } from '../../../src/storage/database.js';
import { appFromManifest, SEED, startFakeSlack, type FakeSlack } from '../../fakes/slack/fake-slack.js';
import type { FakeUser } from '../../fakes/slack/fake-user.js';
import { objectAt, objectsAt } from '../../fakes/slack/json.js';
import type { Ephemeral, Message, View } from '../../fakes/slack/types.js';
import { openTestDatabase } from '../../support/open-test-database.js';

/** A town whose regisseur and coordinator are the fake Slack's. */
const TOWN = `
name: Teststad
reference: T
administrators:
  - { name: IT-dienst, slack: { user: ${SEED.administrator} } }
neighbourhoods:
  - { number: 1, name: Rabot - Blaisantvest, aliases: [Rabot] }
  - { number: 2, name: Dampoort }
  - { number: 3, name: Nieuwe Kaai }
regisseurs:
  - name: Ria Proefman
    slack: { user: ${SEED.regisseur}, channel: ${SEED.regisseurChannel} }
    neighbourhoods: [1, 2]
coordinator:
  name: Cor Voorbeeldts
  slack: { user: ${SEED.coordinator}, channel: ${SEED.coordinatorChannel} }
`;

export interface SlackTown {
  slack: FakeSlack;
  app: App;
  db: Db;
  municipalityId: string;
  worker: FakeUser;
  regisseur: FakeUser;
  coordinator: FakeUser;
  /** Files a signal through the form; gives its row. */
  file(user?: FakeUser, more?: Record<string, string | string[] | boolean>): Promise<Signal>;
  /** Waits until everything owed was sent or failed, and the bot heard its own echoes. */
  delivered(): Promise<void>;
  /** The card in the regisseur's channel. */
  card(signal: Signal): Promise<Message>;
}

export interface TownOptions {
  environment?: (slack: FakeSlack) => NodeJS.ProcessEnv;
  slack?: Parameters<typeof startFakeSlack>[0];
  /** The product answers in words as soon as it should; otherwise a busy machine has time. The fake Slack always waits. */
  prompt?: boolean;
  /** Or after this many milliseconds. */
  answersAfterMs?: number;
  /** Extra lines of the municipality file. */
  town?: string;
  /** The whole municipality file instead of this one's. */
  file?: string;
  socketMode?: boolean;
  /** Done to Slack before the app starts. */
  before?: (slack: FakeSlack) => void;
  database?: OpenDatabase;
  now?: () => Date;
  log?: Logger;
}

/** With this the secrets of `oauthEnvironment` are sealed. */
export const ENCRYPTION_KEY = 'the key of now, of more than 32 characters';

/** Many workspaces, by OAuth. */
export const oauthEnvironment = ({ app }: Pick<FakeSlack, 'app'>): NodeJS.ProcessEnv => ({
  SLACK_SIGNING_SECRET: app.signingSecret,
  SLACK_CLIENT_ID: app.clientId,
  SLACK_CLIENT_SECRET: app.clientSecret,
  SLACK_STATE_SECRET: 'state secret',
  SESSION_SECRET: 'a session secret of more than 32 characters',
  ENCRYPTION_KEY,
});

/** The real app on a test's database, with a fake Slack in front of it; both end with the file. */
export async function openSlackTown(options: TownOptions = {}): Promise<SlackTown> {
  const slack = await startFakeSlack({
    deadlineMs: 25_000,
    ...options.slack,
    app: { ...fromManifest(), ...options.slack?.app },
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'wijksignaal-slack-'));
  const file = path.join(folder, 'town.yaml');
  await writeFile(file, options.file ?? `${TOWN}${options.town ?? ''}`);
  const database = options.database ?? (await openTestDatabase());
  const environment = options.environment?.(slack) ?? {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(options.socketMode
      ? { SLACK_APP_TOKEN: slack.app.appToken }
      : { SLACK_SIGNING_SECRET: slack.app.signingSecret }),
  };
  const config = loadConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    MUNICIPALITY_FILE: file,
    SLACK_API_URL: slack.apiUrl,
    ...environment,
  });
  options.before?.(slack);
  const app = await startApp(config, {
    database,
    log: options.log ?? createLog(process.env['TEST_LOG'] ?? 'silent'),
    now: options.now ?? (() => new Date()),
    slackDeadlineMs: options.prompt ? undefined : (options.answersAfterMs ?? 20_000),
  });
  if (options.socketMode) slack.useSocketMode();
  else slack.connectHttp(`${app.url}/slack/events`);
  afterAll(async () => {
    await app.stop();
    await slack.close();
    await rm(folder, { recursive: true });
  });
  const { db } = database;
  const municipality = await db.municipality.findFirstOrThrow();
  const worker = slack.user(SEED.worker);
  const town: SlackTown = {
    slack,
    app,
    db,
    municipalityId: municipality.id,
    worker,
    regisseur: slack.user(SEED.regisseur),
    coordinator: slack.user(SEED.coordinator),
    async file(user = worker, more = {}) {
      const before = await newest(db, municipality.id);
      await user.command('/signaal');
      await user.typeSuggestion(user.view, 'neighbourhoods', '');
      await user.submitView({
        description: 'In de wachtzaal is geen plaats voor kinderwagens.',
        title: 'Geen plaats in de wachtzaal',
        neighbourhoods: ['Rabot - Blaisantvest'],
        statement: true,
        ...more,
      });
      if (
        slack.textOf(user.view).includes('signalen die hierop lijken') ||
        slack.textOf(user.view).includes('signaal dat hierop lijkt')
      ) {
        await user.submitView({ similar: 'Nee, dit is een nieuw signaal' });
      }
      const signal = await newest(db, municipality.id);
      if (!signal || signal.id === before?.id) throw new Error(`Nothing was filed: ${slack.textOf(user.view)}`);
      return signal;
    },
    async delivered() {
      const waiting = () => db.delivery.count({ where: { municipalityId: municipality.id, status: 'waiting' } });
      const stale = () =>
        db.delivery.count({
          where: { municipalityId: municipality.id, status: 'sent', rendered: { lt: db.delivery.fields.wanted } },
        });
      // What happened is told to who listens first: messages may come of it.
      const unheard = async () =>
        (await db.$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job WHERE name = 'hear' AND state < 'completed' LIMIT 1`)
          .length;
      // The test itself ends what never ends.
      while ((await unheard()) + (await waiting()) + (await stale()) > 0) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await slack.settled();
    },
    async card(signal) {
      await town.delivered();
      const found = slack.messages(SEED.regisseurChannel).find((each) => slack.textOf(each).includes(signal.reference));
      if (!found) throw new Error('No card.');
      return found;
    },
  };
  return town;
}

/** The app as its manifest makes it: a scope, event or command that is missing there fails every test that needs it. */
function fromManifest() {
  const text = readFileSync('manifests/slack.json', 'utf8');
  const { redirectUrls: _, ...app } = appFromManifest(JSON.parse(text.replaceAll('"PUBLIC_URL"', '"127.0.0.1"')));
  return app;
}

function newest(db: Db, municipalityId: string) {
  return db.signal.findFirst({ where: { municipalityId }, orderBy: { id: 'desc' } });
}

/** Chooses an entry of whichever menu of a message offers it. */
export async function chooseFrom(user: FakeUser, target: Message | Ephemeral, label: string): Promise<void> {
  const menu = target.blocks
    .flatMap((block) => objectsAt(block, 'elements'))
    .find((element) => objectsAt(element, 'options').some((option) => JSON.stringify(option).includes(label)));
  if (!menu) throw new Error(`No menu offers ${label}.`);
  await user.choose(target, String(menu.action_id), label);
}

/** The one box to tick in a form that asks to confirm something. */
export function tickIn(view: View): string {
  const box = objectsAt(view.wire, 'blocks').find((block) => objectAt(block, 'element')?.type === 'checkboxes');
  if (!box) throw new Error('Nothing to tick.');
  return String(box.block_id);
}

/** What a test is certain to find; says so when it is not there. */
export function sure<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('It is not there.');
  return value;
}
