import { expect } from 'vitest';
import type { Reply } from '../../src/chat/feature.js';
import type { FormValues } from '../../src/chat/form.js';
import type { SubmitResult } from '../../src/chat/chat.js';
import type { Db, Forum, Person } from '../../src/storage/database.js';
import type { Town } from '../support/town.js';

/** What stands in a plan unless a test says otherwise: a Thursday in June. */
const PLAN: FormValues = {
  title: 'Welzijnsforum',
  on: '2026-06-18',
  at: '14:00',
  hours: '2',
  place: 'Buurthuis, zaal 1',
};

/** Ways to do what people do with forums. */
export function forumsOf(town: Town, db: Db) {
  const { chat, caller, municipalityId } = town;
  const press = (person: Person, action: string, payload: object = {}) => chat.press(caller(person), action, payload);
  const fillIn = async (person: Person, reply: Reply, values: FormValues): Promise<SubmitResult | Reply> =>
    reply.kind === 'form' ? chat.submit(caller(person), reply.form.token, values) : reply;
  const latest = () => db.forum.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
  return {
    press,
    latest,
    /** Presses a button of a forum and fills in its form. */
    async act(person: Person, action: string, forum: Forum, values: FormValues = {}) {
      const { sequence } = await db.forum.findUniqueOrThrow({
        where: { municipalityId_id: { municipalityId, id: forum.id } },
      });
      return fillIn(person, await press(person, action, { forumId: forum.id, seen: sequence }), values);
    },
    async plan(person: Person, values: FormValues = {}): Promise<Forum> {
      const result = await fillIn(person, await press(person, 'forums.plan'), { ...PLAN, ...values });
      expect(result.kind, JSON.stringify(result)).toBe('done');
      return latest();
    },
    tryPlan: async (person: Person, values: FormValues = {}) =>
      fillIn(person, await press(person, 'forums.plan'), { ...PLAN, ...values }),
    answer: (person: Person, forum: Forum, comes: boolean) =>
      press(person, comes ? 'forums.come' : 'forums.decline', { forumId: forum.id }),
    answerOf: async (person: Person, forum: Forum) =>
      (
        await db.forumAttendee.findUnique({
          where: { municipalityId_forumId_personId: { municipalityId, forumId: forum.id, personId: person.id } },
        })
      )?.answer,
    /** Keys of what is owed that begin so. */
    owed: async (prefix: string) =>
      (
        await db.delivery.findMany({
          where: { municipalityId, key: { startsWith: prefix } },
          orderBy: { key: 'asc' },
          select: { key: true },
        })
      ).map(({ key }) => key),
  };
}
