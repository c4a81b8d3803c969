import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, STEP_VALUES, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId } = town;
afterAll(() => town.stop());
afterEach(() => {
  town.clock.now = TOWN_NOW;
});

let signal: Signal;
/** Is merged into `signal`. */
let merged: Signal;
/** A part of a part of `signal`. */
let piece: Signal;
let gone: string;
beforeAll(async () => {
  signal = await town.file(people.worker);
  merged = await town.file(people.worker);
  const part = await town.file(people.worker);
  piece = await town.file(people.worker);
  for (const { id } of [signal, merged]) await town.step(people.regisseur, id, 'in_review');
  await town.step(people.regisseur, merged.id, 'merged', { reference: signal.reference });
  await town.act(people.regisseur, 'links.link', part.id, { reference: signal.reference, bond: 'part_of' });
  await town.act(people.regisseur, 'links.link', piece.id, { reference: part.reference, bond: 'part_of' });
  await town.step(people.regisseur, signal.id, 'accepted');
  gone = (await db.person.create({ data: { municipalityId, name: 'Weg Gegaan', roles: ['regisseur'], active: false } }))
    .id;
});

/** How many rows stand in each table that a step or action writes, and the signals as they are. */
async function everything() {
  const where = { municipalityId };
  return {
    entries: await db.timelineEntry.count({ where }),
    tasks: await db.task.count({ where }),
    links: await db.signalLink.count({ where }),
    requests: await db.partnerRequest.count({ where }),
    deliveries: await db.delivery.findMany({ where, select: { id: true, wanted: true }, orderBy: { id: 'asc' } }),
    signals: await db.signal.findMany({ where, orderBy: { id: 'asc' } }),
  };
}

const action = (due: string) =>
  town.step(people.regisseur, signal.id, 'in_action', { ...STEP_VALUES, lead: people.worker.id, due });
const task = (due: string, assignee = people.worker.id) =>
  town.act(people.regisseur, 'tasks.give', signal.id, { what: 'Bel de scholen.', assignee, due });
const merge = (reference: string) => town.step(people.regisseur, signal.id, 'merged', { reference });
const link = (reference: string, bond = 'related') =>
  town.act(people.regisseur, 'links.link', signal.id, { reference, bond });

const REFUSED: [string, () => ReturnType<typeof merge>, string][] = [
  ['an action due yesterday', () => action('2026-03-09'), 'vandaag'],
  ['an action due on no day', () => action('31 juni'), 'datum'],
  ['a task due yesterday', () => task('2026-03-09'), 'vandaag'],
  ['a task due on a day that does not exist', () => task('2026-06-31'), 'datum'],
  ['a task for who left', () => task('2026-04-01', gone), 'Weg Gegaan werkt hier niet meer'],
  ['a merge with itself', () => merge(signal.reference), 'niet met zichzelf worden samengevoegd'],
  ['a merge in a circle', () => merge(merged.reference), 'is al met dit signaal samengevoegd'],
  ['a merge with another town’s', () => merge('X-2026-0001'), 'van een andere gemeente'],
  ['a merge with none', () => merge('T-2026-9999'), 'T-2026-9999'],
  ['a link with itself', () => link(signal.reference), 'niet met zichzelf verbonden'],
  ['a link in a circle', () => link(piece.reference, 'part_of'), 'is al een deel van dit signaal'],
  ['a link with another town’s', () => link('X-2026-0001'), 'van een andere gemeente'],
  [
    'a transfer to who left',
    () => town.act(people.regisseur, 'transfer.signal', signal.id, { to: gone, why: 'Past daar beter.' }),
    'Weg Gegaan werkt hier niet meer',
  ],
];

describe('what cannot be is said in its own words, and leaves no row', () => {
  it.each(REFUSED)('%s', async (_, send, words) => {
    const before = await everything();
    expect(wordsOf(await send())).toContain(words);
    expect(await everything()).toEqual(before);
  });
});

describe('a deadline is a day on the town’s own clock', () => {
  it('just after midnight yesterday is over, while it is still that day in Greenwich; today and tomorrow are not', async () => {
    // 00:30 on 11 March in Brussels.
    town.clock.now = new Date('2026-03-10T23:30:00Z');
    const before = await everything();
    expect(wordsOf(await task('2026-03-10'))).toContain('vandaag');
    expect(await everything()).toEqual(before);
    for (const due of ['2026-03-11', '2026-03-12']) expect(await task(due)).toMatchObject({ kind: 'done' });
    const given = await db.task.findMany({ where: { municipalityId, signalId: signal.id }, orderBy: { dueOn: 'asc' } });
    expect(given.map(({ dueOn }) => dueOn.toISOString().slice(0, 10))).toEqual(['2026-03-11', '2026-03-12']);
  });
});
