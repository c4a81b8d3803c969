import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { FormValues } from '../../src/chat/form.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { SignalStatus, type OpenDatabase, type Person } from '../../src/storage/database.js';
import { forumsOf } from '../forums/forum-town.js';
import { deliverAll } from '../support/deliver-all.js';
import { openTown, STEP_VALUES, type Town } from '../support/town.js';

const ZONE = 'Europe/Brussels';
const local = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
const who = z.enum(['worker', 'colleague', 'regisseur', 'otherRegisseur', 'coordinator', 'administrator']);
const when = { at: local, town: z.string().optional() };
const Event = z.union([
  z.strictObject({ ...when, file: z.string() }),
  z.strictObject({ ...when, step: z.enum(SignalStatus), on: z.string() }),
  z.strictObject({ ...when, approve: z.string() }),
  z.strictObject({ ...when, recipients: z.array(z.string()), of: z.string() }),
  z.strictObject({ ...when, plan: z.string(), on: local, capacity: z.string().optional() }),
  z.strictObject({ ...when, answer: z.string(), by: who, comes: z.boolean() }),
  z.strictObject({ ...when, move: z.string(), on: local }),
  z.strictObject({ ...when, cancel: z.string() }),
  z.strictObject({ ...when, report: z.string() }),
  z.strictObject({ ...when, follow: z.string(), by: who }),
  z.strictObject({ ...when, stop: z.string(), by: who }),
  z.strictObject({ ...when, digest: z.strictObject({ day: z.int(), at: z.string() }), by: who }),
  z.strictObject({ ...when, leaves: who }),
]);
type Event = z.output<typeof Event>;

const Year = z.strictObject({
  from: z.iso.date(),
  until: z.iso.date(),
  ticks: z.strictObject({ daily: z.array(z.string()), mondays: z.array(z.string()) }),
  outages: z.array(z.strictObject({ from: local, until: local })),
  messages: z.record(z.string(), z.string()),
  groups: z.record(z.string(), z.string()),
  towns: z.record(z.string(), z.record(z.string(), z.unknown())),
  events: z.array(Event),
  sent: z.string(),
});

const year = Year.parse(parse(readFileSync(new URL('simulated-year.yaml', import.meta.url), 'utf8')));

/** A town of the year, with the signals and forums that the table has names for. */
interface Living {
  name: string;
  town: Town;
  ids: Map<string, string>;
}

/** How much of the year goes by: up to which day (YYYY-MM-DD), and whether the program looks only when the table names a moment. */
interface Stretch {
  until: string;
  named: boolean;
}

/**
 * Lets the year of `simulated-year.yaml` go by, from its first day on, on a clock of its own.
 *
 * @param stretch default: all of it, with the ticks of every day.
 * @returns the lines that were sent and those that the table wants, both in order.
 */
export async function runYear(
  database: OpenDatabase,
  stretch: Stretch = { until: year.until, named: false },
): Promise<{ sent: string[]; expected: string[] }> {
  const living: Living[] = [];
  try {
    for (const [name, settings] of Object.entries(year.towns)) {
      const town = await openTown(database, name.slice(0, 1));
      await database.db.municipality.update({
        where: { id: town.municipalityId },
        data: { settings: MunicipalitySettings.parse(settings) },
      });
      living.push({ name, town, ids: new Map() });
    }
    return await live(database, living, stretch);
  } finally {
    await Promise.all(living.map(({ town }) => town.stop()));
  }
}

async function live(database: OpenDatabase, living: Living[], stretch: Stretch) {
  const { db } = database;
  const [first] = living;
  if (!first) throw new Error('There are no towns.');
  const names = await namesOf(database, living);
  const views = new Map(Object.entries(year.messages).map(([name, view]) => [view, name]));
  const seen: string[] = [];
  const sent: string[] = [];
  for (const moment of momentsOf(stretch)) {
    for (const [index, now] of instantsOf(moment).entries()) {
      for (const { town } of living) town.clock.now = now;
      for (const event of index === 0 ? year.events.filter(({ at }) => at === moment) : []) {
        for (const one of living.filter(({ name }) => !event.town || event.town.split(' ').includes(name))) {
          await happen(database, one, event);
        }
      }
      // One town's scheduler looks after all of them, and one worker sends what they owe.
      await first.town.tickAt(now);
      await deliverAll(database, first.town);
      for (const { name, town, ids } of living) {
        const { municipalityId } = town;
        const rows = await db.delivery.findMany({
          where: { municipalityId, view: { in: [...views.keys()] }, id: { notIn: seen } },
        });
        for (const row of rows) {
          seen.push(row.id);
          expect([row.status, row.failure], `${moment} ${name} ${row.view}`).toEqual(['sent', null]);
          // Whoever does not want it is passed over.
          if (row.conversationId === null) continue;
          const { about, late } = await describe(database, municipalityId, ids, row.params);
          const to = names.get(row.personId ?? row.channelId ?? '');
          sent.push([moment.replace('T', ' '), name, to, views.get(row.view), about, late ? 'late' : ''].join(' | '));
        }
      }
    }
  }
  return { sent: sent.sort(), expected: expectedUntil(stretch.until).sort() };
}

const Params = z.looseObject({
  signalId: z.string().optional(),
  forumId: z.string().optional(),
  newsletterId: z.string().optional(),
  late: z.string().optional(),
  due: z.string().optional(),
});

/** What a message is about, as the table names it, and whether it says that it is late. */
async function describe({ db }: OpenDatabase, municipalityId: string, ids: Map<string, string>, params: unknown) {
  const { signalId, forumId, newsletterId, late, due } = Params.parse(params);
  const newsletter = newsletterId
    ? await db.newsletter.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id: newsletterId } } })
    : undefined;
  const named = [...ids].find(([, id]) => id === (signalId ?? forumId))?.[0];
  return { about: newsletter?.series ?? named ?? '', late: Boolean(late ?? due) || newsletter?.late === true };
}

/** Names of people and, with a `#`, of their channels. */
async function namesOf({ db }: OpenDatabase, living: Living[]): Promise<Map<string, string>> {
  const names = new Map(
    living.flatMap(({ town }) => Object.entries(town.people).map(([name, { id }]) => [id, name] as const)),
  );
  for (const { town } of living) {
    const channels = await db.channel.findMany({ where: { municipalityId: town.municipalityId } });
    for (const { id, ownerId } of channels) names.set(id, `#${names.get(ownerId)}`);
  }
  return names;
}

/** Every moment at which something happens or the program looks, in order, without those of an outage. */
function momentsOf({ until, named }: Stretch): string[] {
  const moments = new Set([...year.events.map(({ at }) => at), ...year.outages.map((outage) => outage.until)]);
  for (const line of year.sent.trim().split('\n')) moments.add(line.trim().slice(0, 16).replace(' ', 'T'));
  for (let day = DateTime.fromISO(year.from, { zone: 'utc' }); dayOf(day) <= until; day = day.plus({ days: 1 })) {
    if (named) break;
    const times = [...year.ticks.daily, ...(day.weekday === 1 ? year.ticks.mondays : [])];
    for (const time of times) moments.add(`${dayOf(day)}T${time}`);
  }
  return [...moments]
    .filter((at) => at.slice(0, 10) <= until && !year.outages.some((outage) => at >= outage.from && at < outage.until))
    .sort();
}

const dayOf = (day: DateTime) => day.toISODate() ?? '';

/** A time on the wall, both times where it comes twice. */
function instantsOf(moment: string): Date[] {
  const offsets = DateTime.fromISO(moment, { zone: ZONE }).getPossibleOffsets();
  return offsets.map((at) => at.toJSDate()).sort((a, b) => a.getTime() - b.getTime());
}

/** The table's lines, one for each town and person. */
function expectedUntil(until: string): string[] {
  return year.sent
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter(([at = '']) => at.slice(0, 10) <= until)
    .flatMap(([at, towns = '', to = '', what, about, late = '']) =>
      townsIn(towns).flatMap((town) => peopleIn(to).map((name) => [at, town, name, what, about, late].join(' | '))),
    );
}

function townsIn(words: string): string[] {
  const [all, but, ...others] = words.split(' ');
  if (all !== 'all') return words.split(' ');
  return Object.keys(year.towns).filter((town) => but !== 'but' || !others.includes(town));
}

const peopleIn = (words: string) => words.split(' ').flatMap((word) => year.groups[word]?.split(' ') ?? [word]);

/** Somebody does something, as they do it in the chat. */
async function happen(database: OpenDatabase, { town, ids }: Living, event: Event): Promise<void> {
  const { db } = database;
  const { municipalityId, people } = town;
  const forums = forumsOf(town, db);
  const forum = (name: string) =>
    db.forum.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id: ids.get(name) ?? '' } } });
  const newsletter = async (name: 'approve' | 'recipients', series: string, values: FormValues) => {
    const { id, version } = await db.newsletter.findFirstOrThrow({
      where: { municipalityId, series, status: 'draft' },
    });
    const payload = { newsletterId: id, seen: version };
    const reply = await town.chat.press(town.caller(people.coordinator), `newsletters.${name}`, payload);
    if (reply.kind !== 'form') throw new Error(`No form but ${JSON.stringify(reply)}`);
    const result = await town.chat.submit(town.caller(people.coordinator), reply.form.token, values);
    expect(result.kind, JSON.stringify(result)).toBe('done');
  };
  if ('file' in event) ids.set(event.file, (await town.file(people.worker)).id);
  else if ('step' in event) {
    const id = ids.get(event.on) ?? '';
    await town.step(people.regisseur, id, event.step, STEP_VALUES);
    expect((await town.signal(id)).status, `${event.on} should be ${event.step}`).toBe(event.step);
  } else if ('approve' in event) await newsletter('approve', event.approve, { read: true });
  else if ('recipients' in event) {
    await newsletter('recipients', event.of, { roles: event.recipients, channels: false });
  } else if ('plan' in event) {
    const [on = '', at = ''] = event.on.split('T');
    const capacity = event.capacity === undefined ? {} : { capacity: event.capacity };
    ids.set(event.plan, (await forums.plan(people.coordinator, { on, at, ...capacity })).id);
  } else if ('answer' in event) await forums.answer(people[event.by], await forum(event.answer), event.comes);
  else if ('move' in event) {
    const [on = '', at = ''] = event.on.split('T');
    const { title, place } = await forum(event.move);
    const values = { title, on, at, hours: '2', place: place ?? '' };
    await forums.act(people.coordinator, 'forums.change', await forum(event.move), values);
    expect((await forum(event.move)).sequence, `${event.move} should move`).toBeGreaterThan(0);
  } else if ('cancel' in event) {
    await forums.act(people.coordinator, 'forums.cancel', await forum(event.cancel), { why: 'Geen zaal.' });
  } else if ('report' in event) {
    const report = 'Samen kozen we twee oplossingen.';
    await forums.act(people.coordinator, 'forums.report', await forum(event.report), { report, text: report });
    expect((await forum(event.report)).status).toBe('reported');
  } else if ('follow' in event) {
    await town.chat.command(town.caller(people[event.by]), 'signaal', `volg ${event.follow}`);
    const { id: followId } = await db.follow.findFirstOrThrow({
      where: { municipalityId, personId: people[event.by].id },
    });
    await town.chat.press(town.caller(people[event.by]), 'following.pace', { followId, pace: 'weekly' });
  } else if ('stop' in event) {
    await town.chat.press(town.caller(people[event.by]), 'settings.stop', { kind: event.stop });
  } else if ('digest' in event) {
    const [hour = 0, minute = 0] = event.digest.at.split(':').map(Number);
    await change(database, people[event.by], { digestDay: event.digest.day, digestAt: hour * 60 + minute });
  } else await change(database, people[event.leaves], { active: false });
}

function change(
  { db }: OpenDatabase,
  { municipalityId, id }: Person,
  data: Partial<Pick<Person, 'active' | 'digestDay' | 'digestAt'>>,
) {
  return db.person.update({ where: { municipalityId_id: { municipalityId, id } }, data });
}
