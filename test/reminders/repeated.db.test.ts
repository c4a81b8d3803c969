import { afterAll, beforeEach, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { owedMessages, readMessage } from '../support/read-messages.js';
import { openTown, TOWN_NOW } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId } = town;
afterAll(() => town.stop());

const stages = async (signalId: string) =>
  (await owedMessages(db, municipalityId, 'reminders.reminder'))
    .map(({ params }) => params as { signalId: string; stage: string })
    .filter((params) => params.signalId === signalId)
    .map(({ stage }) => stage);
const settle = (settings: object) =>
  db.municipality.update({ where: { id: municipalityId }, data: { settings: MunicipalitySettings.parse(settings) } });

beforeEach(async () => {
  await db.signal.updateMany({ where: { municipalityId }, data: { neverRemind: true } });
  await db.scheduleMark.deleteMany({ where: { municipalityId } });
  town.clock.now = new Date(TOWN_NOW.getTime() - 60_000);
  await town.tickAt(TOWN_NOW);
});

it('a reminder comes again every so many working days as the municipality says, once each', async () => {
  await settle({ acknowledgement: { workingDays: 5, coordinatorAfter: 'never', repeatAfter: 2 } });
  const { id } = await town.file(people.worker);
  // Tuesday the 17th, then Thursday, then over the weekend to Monday, then Wednesday.
  const days = ['17', '18', '19', '20', '21', '23', '24', '25'];
  const seen: number[] = [];
  for (const day of days) {
    await town.tickAt(`2026-03-${day}T08:00:00Z`);
    await town.tickAt(`2026-03-${day}T08:01:00Z`);
    seen.push((await stages(id)).length);
  }
  expect(seen).toEqual([1, 1, 2, 2, 2, 3, 3, 4]);
  expect(await stages(id)).toEqual(['owner', 'again', 'again', 'again']);
  const [message] = (await owedMessages(db, municipalityId, 'reminders.reminder')).slice(-1);
  if (!message) throw new Error('no reminder');
  expect((await readMessage(db, town, message))?.summary).toContain('Opnieuw een herinnering');
  expect((await readMessage(db, town, message, 'en'))?.summary).toContain('Reminder, once more');
  await town.step(people.regisseur, id, 'in_review');
  await town.tickAt('2026-03-27T08:00:00Z');
  expect(await stages(id), 'a step ends them').toHaveLength(4);
});

it('after an outage only the latest one is sent, and putting it off starts anew', async () => {
  await settle({ acknowledgement: { workingDays: 5, coordinatorAfter: 'never', repeatAfter: 1 } });
  const { id } = await town.file(people.worker);
  await town.tickAt('2026-03-17T08:00:00Z');
  await town.tickAt('2026-03-27T09:00:00Z');
  expect(await stages(id)).toEqual(['owner', 'again']);
  await town.act(people.regisseur, 'reminders.week', id);
  await town.tickAt('2026-03-30T09:00:00Z');
  expect(await stages(id)).toHaveLength(2);
  await town.tickAt('2026-04-03T07:05:00Z');
  expect(await stages(id)).toHaveLength(3);
});

it('nothing is repeated unless the municipality says so', async () => {
  await settle({ acknowledgement: { workingDays: 5, coordinatorAfter: 'never' } });
  const { id } = await town.file(people.worker);
  for (const day of ['2026-03-17', '2026-03-24', '2026-05-04']) await town.tickAt(`${day}T08:00:00Z`);
  expect(await stages(id)).toEqual(['owner']);
});
