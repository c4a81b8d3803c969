import { afterAll, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';
import { forumsOf } from './forum-town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, municipalityId, people } = town;
const { owed, plan, press } = forumsOf(town, db);
afterAll(() => town.stop());

const row = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
await db.municipality.update({
  where: { id: municipalityId },
  data: { settings: { ...(row.settings as object), forum: { invite: 'members' } } },
});
const ask = async (why: string) => {
  const reply = await press(people.worker, 'forums.join');
  return reply.kind === 'form' ? chat.submit(caller(people.worker), reply.form.token, { why }) : reply;
};
const command = async () => wordsOf(await chat.command(caller(people.worker), 'signaal', 'forum'));
const decide = (person: typeof people.worker, accepts: boolean) =>
  press(person, 'forums.decide', { personId: people.worker.id, accepts });

it('where members alone are invited, one asks, is accepted once, is invited, and can leave', async () => {
  expect(await command()).toContain('Wil je erbij horen?');
  expect((await plan(people.regisseur)).title).toBe('Welzijnsforum');
  expect((await owed('forum:')).join()).not.toContain(people.worker.id);

  expect(wordsOf(await ask('Ik zie veel dakloze jongeren.'))).toContain('verstuurd');
  expect(wordsOf(await ask('Nog eens.'))).toContain('vroeg het al');
  expect(await owed(`membership:${people.worker.id}:`)).toHaveLength(1);
  expect(await command()).toContain('De coördinator beslist');

  expect(wordsOf(await decide(people.regisseur, true))).toContain('alleen regisseurs en de coördinator');
  const both = await Promise.all([decide(people.coordinator, true), decide(people.coordinator, false)]);
  expect(both.filter((reply) => wordsOf(reply).includes('al beslist'))).toHaveLength(1);
  expect(await owed(`membership-decided:${people.worker.id}:`)).toHaveLength(1);
  await db.forumMembership.updateMany({ where: { municipalityId }, data: { status: 'member' } });

  town.clock.now = new Date(TOWN_NOW.getTime() + 60_000);
  const second = await plan(people.regisseur, { title: 'Tweede', on: '2026-09-17' });
  expect(await owed(`forum:${second.id}:${people.worker.id}`)).toHaveLength(1);

  expect(wordsOf(await press(people.worker, 'forums.leave'))).toContain('geen lid meer');
  expect(wordsOf(await press(people.worker, 'forums.leave'))).toContain('geen lid');
  const third = await plan(people.regisseur, { title: 'Derde', on: '2026-10-15' });
  expect(await owed(`forum:${third.id}:${people.worker.id}`)).toHaveLength(0);
});

it('client data in the motivation is refused at its field', async () => {
  expect(await ask('Bel mevrouw op 0475 12 34 56')).toMatchObject({
    kind: 'again',
    errors: { why: expect.any(String) },
  });
});
