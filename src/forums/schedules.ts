import type { Occasion, Schedule } from '../chat/feature.js';
import { rolesThatMay } from '../people/roles.js';
import { occurrencesBetween } from '../scheduling/find-occurrences.js';
import { wallClock } from '../calendar/wall-clock.js';
import type { ScheduleRule } from '../scheduling/schedule-rule.js';
import { findAudience, findForum, listComing } from './read-forums.js';
import { mustPlanNext, remindersOf } from './rules.js';
import { forumTexts } from './texts.js';

/** On the first working day of each month at nine somebody looks whether a forum must be planned. */
const LOOK_AHEAD: ScheduleRule = {
  days: [{ kind: 'nth-working-day', nth: 1, months: 'all' }],
  time: { hour: 9, minute: 0 },
};

/**
 * Reminders before a forum. A moment carries the forum's own date: when it moves, its reminders come anew for the new one,
 * and those of the old one never do. Missed ones of one forum give one reminder, not three.
 */
const remind: Schedule = {
  id: 'forums.remind',
  says: (locale) => forumTexts(locale)('schedule.remind'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const { zone, settings } = municipality;
    const coming = await listComing(db, municipality.id, window.until);
    return coming
      .filter(({ demo }) => !demo)
      .flatMap((forum) =>
        remindersOf(forum.startsAt, settings.forum.reminders, zone, settings)
          .filter(({ at }) => at > window.from && at <= window.until && at > forum.scheduledAt)
          .map(({ days, at }): Occasion => ({
            subject: forum.id,
            at,
            moment: `${wallClock(forum.startsAt, zone)} -${days}`,
          })),
      );
  },
  async run({ tx, municipality, outbox }, { subject: forumId, at, moment }, { late }) {
    const forum = await findForum(tx, municipality.id, forumId);
    if (!forum || forum.status !== 'planned') return;
    const days = Number(moment?.split(' -').at(-1));
    const audience = await findAudience(tx, municipality);
    const declined = await tx.forumAttendee.findMany({
      where: { municipalityId: municipality.id, forumId, answer: 'declined' },
      select: { personId: true },
    });
    const guests = await tx.forumAttendee.findMany({
      where: { municipalityId: municipality.id, forumId, person: { active: true } },
      select: { personId: true },
    });
    const not = new Set(declined.map(({ personId }) => personId));
    const people = [...new Set([...audience, ...guests.map(({ personId }) => personId)])].filter((id) => !not.has(id));
    await outbox.post(
      tx,
      municipality.id,
      people.map((personId) => ({
        key: `forum-reminder:${forumId}:${moment}:${personId}`,
        to: { personId },
        view: 'forums.reminder',
        params: { forumId, personId, days: String(days), due: late ? at.toISOString() : '' },
        batchId: forumId,
      })),
    );
  },
};

/** Asks the coordinator to plan the next forum, once a month until somebody does. */
const planNext: Schedule = {
  id: 'forums.plan-next',
  says: (locale) => forumTexts(locale)('schedule.plan-next'),
  missed: 'latest',
  occasions({ municipality, window }) {
    const moments = occurrencesBetween(LOOK_AHEAD, window, municipality);
    return Promise.resolve(moments.map((at) => ({ subject: municipality.id, at })));
  },
  async run({ tx, municipality, now, outbox }, { at }) {
    const { id: municipalityId, settings } = municipality;
    if ((await listComing(tx, municipalityId, now)).length > 0) return;
    const last = await tx.forum.findFirst({
      where: { municipalityId, status: { not: 'cancelled' }, startsAt: { lte: now } },
      orderBy: { startsAt: 'desc' },
    });
    if (!mustPlanNext(now, last?.startsAt, settings.forum.perYear)) return;
    const coordinators = await tx.person.findMany({
      where: { municipalityId, active: true, roles: { hasSome: rolesThatMay('decide on membership') } },
      select: { id: true },
    });
    await outbox.post(
      tx,
      municipalityId,
      coordinators.map(({ id }) => ({
        key: `forum-plan-next:${at.toISOString()}:${id}`,
        to: { personId: id },
        view: 'forums.plan-next',
        params: {},
      })),
    );
  },
};

export const forumSchedules: Schedule[] = [remind, planNext];
