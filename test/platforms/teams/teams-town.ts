import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import { startApp, type App } from '../../../src/app.js';
import { loadConfig } from '../../../src/config.js';
import { createLog, type Logger } from '../../../src/operations/log.js';
import type { Db, OpenDatabase, Signal } from '../../../src/storage/database.js';
import { FakeTeams, SEED } from '../../fakes/teams/fake-teams.js';
import { wordsIn, type FakeTeamsUser } from '../../fakes/teams/fake-user.js';
import { at, elementsIn, textAt, type Json } from '../../fakes/teams/json.js';
import type { FakeMessage } from '../../fakes/teams/world.js';
import { openTestDatabase } from '../../support/open-test-database.js';

const TOWN = `
name: Teststad
reference: T
administrators:
  - { name: IT-dienst, teams: { user: ${SEED.administrator} } }
neighbourhoods:
  - { number: 1, name: Rabot - Blaisantvest, aliases: [Rabot] }
  - { number: 2, name: Dampoort }
  - { number: 3, name: Nieuwe Kaai }
regisseurs:
  - name: Ria Proefman
    teams: { user: ${SEED.regisseur}, team: '${SEED.team}', channel: '${SEED.regisseurChannel}' }
    neighbourhoods: [1, 2]
coordinator:
  name: Cor Voorbeeldts
  teams: { user: ${SEED.coordinator}, team: '${SEED.team}', channel: '${SEED.coordinatorChannel}' }
`;

export interface TeamsTown {
  teams: FakeTeams;
  app: App;
  db: Db;
  municipalityId: string;
  worker: FakeTeamsUser;
  regisseur: FakeTeamsUser;
  coordinator: FakeTeamsUser;
  administrator: FakeTeamsUser;
  /** Files a signal through the dialog; gives its row. */
  file(user?: FakeTeamsUser, values?: Record<string, string>): Promise<Signal>;
  /** Waits until everything owed was sent or failed. */
  delivered(): Promise<void>;
  /** The card in the regisseur's channel. */
  card(signal: Signal): Promise<FakeMessage>;
  /** What stands last in somebody's chat with the bot. */
  lastTo(user: FakeTeamsUser): Promise<FakeMessage>;
  /** Ends the program and starts it anew on the same database. */
  restart(): Promise<void>;
}

export interface TeamsTownOptions {
  environment?: NodeJS.ProcessEnv;
  /** Extra lines of the municipality file. */
  town?: string;
  /** The whole municipality file instead of this one's. */
  file?: string;
  database?: OpenDatabase;
  now?: () => Date;
  /** Done to Teams before the app starts. */
  before?: (teams: FakeTeams) => void;
  log?: Logger;
}

/** The real app on a test's database, with a fake Teams in front of it; both end with the file. */
export async function openTeamsTown(options: TeamsTownOptions = {}): Promise<TeamsTown> {
  const teams = await FakeTeams.start();
  // People here type faster than people do; the tests of sending put the limits back.
  teams.pace.limits = [];
  options.before?.(teams);
  const folder = await mkdtemp(path.join(tmpdir(), 'wijksignaal-teams-'));
  const file = path.join(folder, 'town.yaml');
  await writeFile(file, options.file ?? `${TOWN}${options.town ?? ''}`);
  const database = options.database ?? (await openTestDatabase());
  const config = loadConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    MUNICIPALITY_FILE: file,
    ...teams.environment(),
    ...options.environment,
  });
  const start = () =>
    startApp(config, {
      database,
      log: options.log ?? createLog(process.env['TEST_LOG'] ?? 'silent'),
      now: options.now ?? (() => new Date()),
    });
  let app = await start();
  teams.connect(app.url);
  afterEach(() => {
    // What the real Teams would not have shown.
    expect(teams.complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await app.stop();
    await teams.close();
    await rm(folder, { recursive: true });
  });
  const { db } = database;
  const { id: municipalityId } = await db.municipality.findFirstOrThrow();
  const worker = teams.user(SEED.worker);
  const newest = () => db.signal.findFirst({ where: { municipalityId }, orderBy: { id: 'desc' } });
  const town: TeamsTown = {
    teams,
    get app() {
      return app;
    },
    db,
    municipalityId,
    worker,
    regisseur: teams.user(SEED.regisseur),
    coordinator: teams.user(SEED.coordinator),
    administrator: teams.user(SEED.administrator),
    async file(user = worker, values = {}) {
      const before = await newest();
      await openFileForm(town, user);
      await user.submit({ ...(await filled(user)), ...values });
      const signal = await newest();
      if (!signal || signal.id === before?.id) {
        throw new Error(`Nothing was filed: ${user.dialog ? wordsIn(user.dialog.card) : user.toasts.join()}`);
      }
      user.dialog = undefined;
      return signal;
    },
    async delivered() {
      const where = { municipalityId };
      const waiting = () => db.delivery.count({ where: { ...where, status: 'waiting' } });
      const stale = () =>
        db.delivery.count({ where: { ...where, status: 'sent', rendered: { lt: db.delivery.fields.wanted } } });
      for (let round = 0; (await waiting()) + (await stale()) > 0; round += 1) {
        if (round > 1_000) throw new Error('Something owed is not sent.');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await teams.settled();
    },
    async card(signal) {
      await town.delivered();
      const found = teams.messages(SEED.regisseurChannel).find((each) => textOf(each).includes(signal.reference));
      if (!found) throw new Error('No card.');
      return found;
    },
    async lastTo(user) {
      await town.delivered();
      return sure(teams.messages(user.chat).findLast(({ from }) => from === 'bot'));
    },
    async restart() {
      await app.stop();
      app = await start();
      teams.connect(app.url);
    },
  };
  return town;
}

/** Types `signaal` and opens the window. */
export async function openFileForm(town: Pick<TeamsTown, 'teams'>, user: FakeTeamsUser): Promise<void> {
  await user.say('signaal');
  const offer = sure(town.teams.messages(user.chat).findLast(({ card }) => card && opening(card)));
  await user.press(offer, sure(offer.card && opening(offer.card)));
}

/** What the button that opens a form in a window is called, if there is one. */
function opening(card: Json): string | undefined {
  const button = elementsIn(card).find(({ data }) => at(data, 'msteams', 'type') === 'task/fetch');
  return textAt(button, 'title');
}

/** What people notice, each something else: what resembles an earlier signal is asked about. */
const NOTICED: readonly [title: string, description: string][] = [
  ['Geen plaats in de wachtzaal', 'In de wachtzaal is geen plaats voor kinderwagens.'],
  ['Straatverlichting valt uit', 'Oudere bewoners durven in het donker niet naar de bushalte.'],
  ['Formulieren alleen online', 'Wie geen computer heeft, geraakt niet aan een schooltoelage.'],
  ['Wachtlijst voor schuldhulp', 'Een eerste gesprek over schulden laat maanden op zich wachten.'],
  ['Vocht in huurwoningen', 'Schimmel op muren maakt kleine kinderen ziek.'],
  ['Tolk ontbreekt bij dokter', 'Anderstalige patiënten begrijpen hun behandeling niet.'],
  ['Speelplein zonder schaduw', 'Tijdens hittegolven blijven gezinnen binnen.'],
  ['Busverbinding geschrapt', 'Nachtverpleegkundigen staan na hun dienst zonder vervoer.'],
  ['Te dure zwemlessen', 'Jongeren leren niet zwemmen omdat abonnementen stegen.'],
  ['Eenzame weduwnaars', 'Mannen boven zeventig vinden geen activiteit die hen aanspreekt.'],
  ['Voedselpakketten te laat', 'De bedeling gebeurt pas wanneer ouders werken.'],
  ['Postkantoor verdwenen', 'Aangetekende zendingen ophalen kan alleen nog aan de andere kant van de stad.'],
];
let noticed = 0;

/** The three answers and the tick, about something nobody filed before. */
export async function filled(user: FakeTeamsUser): Promise<Record<string, string>> {
  const [rabot] = await user.typeahead('signals.neighbourhoods', 'rabot');
  const [title, description] = sure(NOTICED[noticed++ % NOTICED.length]);
  return { description, title, neighbourhoods: sure(rabot).value, statement: 'true' };
}

/** All that can be read in a message. */
export function textOf({ card, text }: FakeMessage): string {
  return card ? wordsIn(card) : text;
}

/** What a test is certain to find; says so when it is not there. */
export function sure<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('It is not there.');
  return value;
}
