import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { pino } from 'pino';
import { beforeAll, expect, it } from 'vitest';
import { signFormToken } from '../../../src/chat/form-token.js';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { mutated, type JsonRecord } from '../../support/mutate-json.js';
import { openSlackTown, sure } from './slack-town.js';

const SESSION_SECRET = 'a secret for tests, of more than 32 characters';
const failures: string[] = [];
const town = await openSlackTown({
  log: pino({ level: 'error' }, { write: (line: string) => void failures.push(line) }),
  environment: (slack) => ({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SESSION_SECRET,
  }),
});
const { slack, worker, regisseur, db, municipalityId } = town;
const FORM = 'application/x-www-form-urlencoded';
const FIXTURES = 'test/fakes/slack/fixtures';
/** The same changes in every run; `SEED=…` tries others. */
const SEED_OF_CHANGES = Number(process.env['SEED'] ?? 42);

/** Nothing that belongs to the owner or to triage may come of what a worker sends. */
const A_WORKERS = ['filed', 'answer', 'amended', 'endorsed', 'endorsement_undone', 'joined', 'helps', 'helps_not'];

/** What Slack really sent in a day's work, as plain data. */
const real: JsonRecord[] = [];
/** What is real, but of somebody or something else. */
const foreign: unknown[] = [];
let workerId = '';
let elsewhereId = '';
let allowed = 0;

function read({ contentType, body }: { contentType: string; body: string }): JsonRecord {
  if (contentType !== FORM) return JSON.parse(body) as JsonRecord;
  const fields = Object.fromEntries(new URLSearchParams(body));
  return fields['payload'] === undefined ? fields : (JSON.parse(fields['payload']) as JsonRecord);
}

/** Whoever it was, it is the worker who sends it now. */
function asWorker(given: JsonRecord): JsonRecord {
  const is = (value: unknown) => value === SEED.regisseur || value === SEED.coordinator || value === SEED.administrator;
  const swap = (value: unknown): unknown => {
    if (is(value)) return worker.id;
    const { id } = (value ?? {}) as { id?: unknown };
    return is(id) ? { ...(value as object), id: worker.id } : value;
  };
  const event = given['event'] as JsonRecord | null | undefined;
  return {
    ...given,
    ...('user' in given && { user: swap(given['user']) }),
    ...('user_id' in given && { user_id: swap(given['user_id']) }),
    ...(typeof event === 'object' &&
      event !== null &&
      'user' in event && { event: { ...event, user: swap(event['user']) } }),
  };
}

/** Signed as Slack would, each another delivery. */
function send(given: JsonRecord) {
  const { type } = given;
  // Slack's own address to answer at: it is there, and takes five answers.
  const answerAt = sure([...slack.world.responseUrls.values()].at(-1));
  answerAt.uses = 0;
  const payload = {
    ...given,
    ...(type === 'event_callback' && { event_id: `Ev${randomUUID()}` }),
    ...('response_url' in given && { response_url: `${slack.url}${answerAt.path}` }),
  };
  if (type === 'event_callback') {
    return slack.raw({ contentType: 'application/json', body: JSON.stringify(payload) });
  }
  const flat = Object.entries(payload).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
  const fields =
    'command' in payload ? (Object.fromEntries(flat) as Record<string, string>) : { payload: JSON.stringify(payload) };
  return slack.raw({ contentType: FORM, body: new URLSearchParams(fields).toString() });
}

beforeAll(async () => {
  const signal = await town.file();
  await worker.closeView({ all: true });
  await worker.command('/signaal', `status ${signal.reference}`);
  await worker.command('/signaal', 'instellingen');
  await worker.submitView({});
  await worker.closeView({ all: true });
  await worker.openHome();
  const card = await town.card(signal);
  await regisseur.press(card, { label: 'Vraag meer info' });
  foreign.push(regisseur.view.wire.private_metadata);
  await regisseur.submitView({ text: 'Op welke uren?' });
  await regisseur.closeView({ all: true });
  await town.delivered();
  const question = sure(slack.direct(worker.id).at(-1));
  await worker.message(undefined, 'Elke avond.', { thread: question });
  await regisseur.message(card.channel, 'Bespreken met de huisvesting.', { thread: card });
  const { message } = await worker.message(SEED.generalChannel, `<@${SEED.botUser}> status ${signal.reference}`);
  await worker.react(message, 'loudspeaker');
  await worker.messageShortcut('wijksignaal.file_message', message);
  await worker.closeView({ all: true });
  await worker.message(SEED.generalChannel, `${town.app.url}/signalen/${signal.reference}`);
  await slack.settled();
  real.push(...slack.sent.map(read));
  // Their short lives are over: Slack would not give these out again either.
  const fixtures = readdirSync(FIXTURES).filter((name) => name.endsWith('.json') && name !== 'event-uninstalled.json');
  for (const name of fixtures) {
    const text = readFileSync(`${FIXTURES}/${name}`, 'utf8')
      .replaceAll('T07DORP0001', slack.team.id)
      .replaceAll('U07JANA0001', worker.id);
    real.push(JSON.parse(text) as JsonRecord);
  }
  workerId = (await db.account.findFirstOrThrow({ where: { municipalityId, externalId: worker.id } })).personId;
  const elsewhere = await db.municipality.create({
    data: { name: 'Elders', reference: 'E', zone: 'Europe/Brussels', locale: 'nl-BE', settings: {} },
  });
  elsewhereId = elsewhere.id;
  const token = signFormToken(
    new TextEncoder().encode(SESSION_SECRET),
    { form: 'signals.file', person: workerId, municipality: elsewhere.id, params: {} },
    new Date(),
  );
  const step = JSON.stringify({ signalId: signal.id, seen: 3, to: 'accepted' });
  foreign.push(
    ...[JSON.stringify({ token, open: true, folded: {} }), token, elsewhere.id, signal.id, workerId],
    ...[SEED.regisseur, SEED.coordinator, SEED.botUser, SEED.bot, 'U0NOBODY', SEED.regisseurChannel, 'C0NERGENS'],
    ...[`signals.step ${step}`, `signals.feedback ${step}`, `transfer.signal ${step}`, 'administration.retry-all {}'],
    ...['signals.more {', 'form.more', 'message.file', 'home.page:next', 'press:0', 'search:tasks.people', 'form'],
    ...['/regisseur', '/signaal', 'beheer', 'mijn', 'view_submission', 'block_actions', 'message', 'app_mention'],
  );
  allowed = await db.timelineEntry.count({ where: { municipalityId, NOT: { personId: workerId } } });
});

it('whatever is changed in what Slack sends, nothing breaks, and nobody does what they may not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constant(undefined).chain(() => mutated(real, foreign)),
      async (given) => {
        failures.length = 0;
        const { status, body } = await send(asWorker(given));
        expect([200, 400], body).toContain(status);
        // That Slack refuses a made-up trigger or channel is no fault of ours.
        expect(failures.filter((line) => !line.includes('slack_webapi_'))).toEqual([]);
      },
    ),
    { numRuns: 250, seed: SEED_OF_CHANGES },
  );
  await slack.settled();
  const where = { municipalityId };
  const done = await db.timelineEntry.findMany({ where: { ...where, personId: workerId } });
  const beyond = done.filter(({ kind, toStatus }) => !A_WORKERS.includes(kind) && toStatus !== 'withdrawn');
  expect(beyond.map(({ kind, toStatus }) => [kind, toStatus])).toEqual([]);
  expect(await db.timelineEntry.count({ where: { ...where, NOT: { personId: workerId } } })).toBe(allowed);
  expect(await db.signal.count({ where: { municipalityId: elsewhereId } }), 'in another municipality').toBe(0);
  // Whoever comes next is helped.
  await worker.command('/signaal', 'help');
  expect(slack.textOf(sure(slack.ephemerals(worker.id).at(-1)))).toContain('/signaal status');
});
