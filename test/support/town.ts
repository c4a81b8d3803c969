import { randomUUID } from 'node:crypto';
import type { Caller, Chat, SubmitResult } from '../../src/chat/chat.js';
import { createChat } from '../../src/chat/create-chat.js';
import type { MunicipalityInfo, Reply } from '../../src/chat/feature.js';
import type { FormValues } from '../../src/chat/form.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startQueue, type Queue } from '../../src/delivery/queue.js';
import { features } from '../../src/features.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { identify } from '../../src/people/identify.js';
import { createScheduler } from '../../src/scheduling/scheduler.js';
import { createSchedulingMetrics } from '../../src/scheduling/scheduling-metrics.js';
import type { OpenDatabase, Person, Role, Signal, SignalStatus } from '../../src/storage/database.js';
import { FORM_KEY } from './form-key.js';

export const TOWN_NOW = new Date('2026-03-10T09:00:00Z');

/** A small town on a test's database, with the real chat, rules and queue; the clock is the test's. */
export interface Town {
  municipalityId: string;
  chat: Chat;
  queue: Queue;
  clock: { now: Date };
  people: Record<'worker' | 'colleague' | 'regisseur' | 'otherRegisseur' | 'coordinator' | 'administrator', Person>;
  neighbourhoods: Record<'rabot' | 'dampoort' | 'nobodys', string>;
  caller(person: Person): Caller;
  /** Files a signal with the three answers and the tick; `more` adds or changes fields. */
  file(person: Person, more?: FormValues): Promise<Signal>;
  /** Opens the filing form and submits these values. */
  submitForm(person: Person, values: FormValues): Promise<SubmitResult>;
  /** Presses a step's button as it stands on the card now (or as `seen` then), and fills in its form. */
  step(
    person: Person,
    signalId: string,
    to: SignalStatus,
    values?: FormValues,
    seen?: number,
  ): Promise<SubmitResult | Reply>;
  /** Presses any other button of the signal and fills in its form. */
  act(person: Person, action: string, signalId: string, values?: FormValues): Promise<SubmitResult | Reply>;
  signal(id: string): Promise<Signal>;
  municipality(): Promise<MunicipalityInfo>;
  /** Lets time pass to this moment and runs what is due then. */
  tickAt(now: Date | string): Promise<void>;
  stop(): Promise<void>;
}

/** Enough for every step that asks something. */
export const STEP_VALUES: FormValues = {
  text: 'Na het overleg van vandaag is dit afgesproken.',
  reason: 'not-structural',
  meeting: 'Welzijnsforum',
  on: '2026-04-01',
  lead: 'OCMW',
  action: 'Een infomoment per school.',
  due: '2026-05-01',
  level: 'city',
  destination: 'flemish',
};

export async function openTown(
  database: OpenDatabase,
  reference = 'T',
  settings = MunicipalitySettings.parse({}),
): Promise<Town> {
  const { db } = database;
  const clock = { now: TOWN_NOW };
  const { id: municipalityId } = await db.municipality.create({
    data: {
      name: 'Teststad',
      reference,
      zone: 'Europe/Brussels',
      locale: 'nl-BE',
      settings,
    },
  });
  const makePerson = async (name: string, role: Role, organisation?: string): Promise<Person> => {
    const person = await db.person.create({
      data: { municipalityId, name, roles: [role], organisation: organisation ?? null },
    });
    await db.account.create({
      data: { municipalityId, personId: person.id, platform: 'playground', externalId: person.id },
    });
    if (role === 'regisseur' || role === 'coordinator') {
      const channel = await db.channel.create({ data: { municipalityId, name, ownerId: person.id } });
      await db.channelAddress.create({
        data: { municipalityId, channelId: channel.id, platform: 'playground', externalId: channel.id },
      });
    }
    return person;
  };
  const people = {
    worker: await makePerson('Werker Een', 'worker', 'Het Buurthuis'),
    colleague: await makePerson('Werker Twee', 'worker', 'De Gezondheidspost'),
    regisseur: await makePerson('Regisseur Een', 'regisseur'),
    otherRegisseur: await makePerson('Regisseur Twee', 'regisseur'),
    coordinator: await makePerson('Coördinator', 'coordinator'),
    administrator: await makePerson('Beheerder', 'administrator'),
  };
  const makeNeighbourhood = async (number: number, name: string, aliases: string[], owner?: Person) => {
    const { id } = await db.neighbourhood.create({ data: { municipalityId, number, name, aliases } });
    if (owner) {
      await db.assignment.create({
        data: { municipalityId, neighbourhoodId: id, personId: owner.id, from: new Date('2026-01-01') },
      });
    }
    return id;
  };
  const neighbourhoods = {
    rabot: await makeNeighbourhood(1, 'Rabot - Blaisantvest', ['Rabot'], people.regisseur),
    dampoort: await makeNeighbourhood(2, 'Dampoort', [], people.otherRegisseur),
    nobodys: await makeNeighbourhood(3, 'Nieuwe Kaai', []),
  };
  const log = createLog('silent');
  const queue = await startQueue(database, log);
  const now = () => clock.now;
  const outbox = createOutbox(queue);
  const municipality = createMunicipalityReader(db, now);
  const scheduler = createScheduler({
    db,
    features,
    outbox,
    wake: () => undefined,
    now,
    municipality,
    log,
    metrics: createSchedulingMetrics(createMetrics({ process: false }).registry),
  });
  const chat = createChat({
    features,
    db,
    outbox,
    wake: () => undefined,
    now,
    formKey: FORM_KEY,
    publicUrl: () => 'http://127.0.0.1:3000',
    log,
    identify: (caller) => identify(database, caller, now()),
    municipality,
  });
  const caller = (person: Person): Caller => ({
    municipalityId: person.municipalityId,
    platform: 'playground',
    account: { externalId: person.id },
    requestId: randomUUID(),
  });
  const fillIn = async (person: Person, reply: Reply, values: FormValues): Promise<SubmitResult | Reply> => {
    if (reply.kind !== 'form') return reply;
    const first = await chat.submit(caller(person), reply.form.token, values);
    if (first.kind !== 'again' || Object.keys(first.errors).length > 0) return first;
    // Asked to confirm something: tick what was asked, once.
    const ticks = first.form.view.parts.filter((part) => part.kind === 'tick').map((part) => [part.id, true]);
    return chat.submit(caller(person), reply.form.token, { ...values, ...Object.fromEntries(ticks) });
  };
  const signal = (id: string) => db.signal.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id } } });
  const town: Town = {
    municipalityId,
    chat,
    queue,
    clock,
    people,
    neighbourhoods,
    caller,
    signal,
    municipality: () => municipality(municipalityId),
    async submitForm(person, values) {
      const reply = await chat.command(caller(person), 'signaal', '');
      if (reply.kind !== 'form') throw new Error(`No form but ${JSON.stringify(reply)}`);
      return chat.submit(caller(person), reply.form.token, values);
    },
    async file(person, more = {}) {
      const result = await town.submitForm(person, {
        title: 'Gezinnen vinden geen betaalbare woning',
        description: 'Wekelijks horen we dat de huurprijzen stijgen.',
        neighbourhoods: [neighbourhoods.rabot],
        statement: true,
        // Filed beside what looks like it, unless a test asks.
        similar: 'new',
        ...more,
      });
      if (result.kind !== 'done')
        throw new Error(
          `Not filed: ${result.kind} ${JSON.stringify('errors' in result ? result.errors : result.text)}`,
        );
      const reference = /[A-Z]+-\d{4}-\d{4,}/.exec(result.card.summary)?.[0] ?? '';
      return db.signal.findUniqueOrThrow({ where: { municipalityId_reference: { municipalityId, reference } } });
    },
    async step(person, signalId, to, values = STEP_VALUES, seen) {
      const payload = { signalId, to, seen: seen ?? (await signal(signalId)).version };
      return fillIn(person, await chat.press(caller(person), 'signals.step', payload), values);
    },
    async act(person, action, signalId, values = STEP_VALUES) {
      const payload = { signalId, seen: (await signal(signalId)).version };
      return fillIn(person, await chat.press(caller(person), action, payload), values);
    },
    async tickAt(moment) {
      clock.now = new Date(moment);
      await scheduler.tick();
    },
    async stop() {
      await scheduler.stop();
      await queue.stop();
    },
  };
  return town;
}

/** What somebody is told, from a card or a refusal. */
export function wordsOf(result: SubmitResult | Reply): string {
  if (result.kind === 'refused') return result.text;
  if (result.kind === 'done' || result.kind === 'card')
    return result.card.parts.map((part) => JSON.stringify(part)).join(' ');
  return JSON.stringify(result);
}
