import { afterAll, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';
import { forumsOf } from './forum-town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people } = town;
const { act, answer, owed, plan } = forumsOf(town, db);
afterAll(() => town.stop());

const settle = async (settings: object) => {
  const row = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
  await db.municipality.update({
    where: { id: municipalityId },
    data: { settings: { ...(row.settings as object), ...settings } },
  });
};
/** The reminders so far, as day and number of people. */
const reminders = async (forumId: string) => {
  const keys = await owed(`forum-reminder:${forumId}:`);
  const counts: Record<string, number> = {};
  for (const key of keys) {
    const moment = key.slice(`forum-reminder:${forumId}:`.length).replace(/:[0-9a-f-]{36}$/, '');
    counts[moment] = (counts[moment] ?? 0) + 1;
  }
  return counts;
};

it('a forum’s reminders come once each, to who did not say no, and follow when it moves', async () => {
  await town.tickAt('2026-03-10T09:00:00Z');
  const forum = await plan(people.regisseur, { on: '2026-06-18' });
  await answer(people.worker, forum, true);
  await answer(people.colleague, forum, false);

  await town.tickAt('2026-05-19T06:59:00Z');
  expect(await reminders(forum.id)).toEqual({});
  await town.tickAt('2026-05-19T07:00:00Z');
  await town.tickAt('2026-05-19T07:01:00Z');
  expect(await reminders(forum.id)).toEqual({ '2026-06-18T14:00 -30': 4 });

  // The clock is set back an hour, and goes by the same moment again.
  await town.tickAt('2026-05-19T06:30:00Z');
  await town.tickAt('2026-05-19T07:30:00Z');
  expect(await reminders(forum.id)).toEqual({ '2026-06-18T14:00 -30': 4 });

  await town.tickAt('2026-06-11T07:00:00Z');
  await act(people.regisseur, 'forums.change', forum, {
    title: forum.title,
    on: '2026-06-25',
    at: '10:00',
    place: 'Elders',
  });
  for (const moment of [
    '2026-06-17T07:00:00Z',
    '2026-06-18T07:00:00Z',
    '2026-06-24T07:00:00Z',
    '2026-06-26T07:00:00Z',
  ]) {
    await town.tickAt(moment);
  }
  expect(await reminders(forum.id)).toEqual({
    '2026-06-18T14:00 -30': 4,
    '2026-06-18T14:00 -7': 4,
    '2026-06-25T10:00 -7': 4,
    '2026-06-25T10:00 -1': 4,
  });
});

it('after an outage over two of them one comes, late, and says so', async () => {
  await town.tickAt('2026-09-01T07:00:00Z');
  const forum = await plan(people.regisseur, { on: '2026-10-08' });
  await town.tickAt('2026-09-02T07:00:00Z');
  await town.tickAt('2026-10-02T10:00:00Z');
  expect(Object.keys(await reminders(forum.id))).toEqual(['2026-10-08T14:00 -7']);
  const { params } = await db.delivery.findFirstOrThrow({
    where: { municipalityId, key: { startsWith: `forum-reminder:${forum.id}:` } },
  });
  expect(params).toMatchObject({ due: '2026-10-01T07:00:00.000Z' });
});

it('a forum that is called off reminds nobody', async () => {
  await town.tickAt('2026-10-10T07:00:00Z');
  const forum = await plan(people.regisseur, { on: '2026-12-10' });
  await act(people.regisseur, 'forums.cancel', forum, { why: 'Geen zaal.' });
  await town.tickAt('2026-11-10T09:00:00Z');
  expect(await reminders(forum.id)).toEqual({});
});

it('the coordinator is asked to plan the next one, once a month until there is one', async () => {
  // The last one was in October, and there are two a year: the next is asked for from February on.
  for (const day of ['2027-01-04', '2027-02-01', '2027-02-02', '2027-03-01']) await town.tickAt(`${day}T08:00:00Z`);
  const asked = await owed('forum-plan-next:');
  expect(asked).toEqual(['2027-03-01T08:00:00.000Z'].map((at) => `forum-plan-next:${at}:${people.coordinator.id}`));
  await plan(people.coordinator, { on: '2027-06-10' });
  await town.tickAt('2027-04-01T07:00:00Z');
  expect(await owed('forum-plan-next:')).toEqual(asked);
});

it('a municipality without forums is never asked', async () => {
  await settle({ forum: { perYear: 'never' } });
  await town.tickAt('2027-08-02T07:00:00Z');
  expect(await owed('forum-plan-next:')).toHaveLength(1);
  await settle({ forum: {} });
});
