import { DateTime } from 'luxon';
import { localIsoDay } from '../calendar/local-day.js';
import { addDays, toWorkingDay, type WorkingWeek } from '../calendar/working-days.js';
import { instantAt } from '../calendar/wall-clock.js';

/** When reminders are sent, on the town's clock: the start of the working day. */
const REMINDER_TIME = { hour: 9, minute: 0 };

/** A forum is prepared this long before it takes place: the next one is asked for so early. */
const PREPARATION_MONTHS = 2;

/** Each person may give so many votes to a forum's shortlist. */
export const VOTES = 3;

export interface Reminder {
  /** So many days before. */
  days: number;
  at: Date;
}

/**
 * When people are reminded of a forum: at nine in the morning, so many days before it; on the last working day before when
 * that is none. None when the forum is over by then.
 */
export function remindersOf(
  startsAt: Date,
  daysBefore: readonly number[],
  zone: string,
  week: WorkingWeek,
): Reminder[] {
  const day = localIsoDay(startsAt, zone);
  return daysBefore
    .map((days) => ({ days, at: instantAt(toWorkingDay(addDays(day, -days), week, -1), REMINDER_TIME, zone) }))
    .filter(({ at }) => at < startsAt);
}

/**
 * Whether it is time to plan the next forum: none is planned, and the one after the last is due within two months.
 *
 * @param last when the last one was; undefined: there was none yet.
 * @param perYear how many the municipality holds each year.
 */
export function mustPlanNext(now: Date, last: Date | undefined, perYear: number | 'never'): boolean {
  if (perYear === 'never') return false;
  if (!last) return true;
  const due = DateTime.fromJSDate(last).plus({ months: 12 / perYear - PREPARATION_MONTHS });
  return DateTime.fromJSDate(now) >= due;
}

/** How many of those who wait get a seat now. */
export function seatsToGive(capacity: number | null, coming: number, waiting: number): number {
  return capacity === null ? waiting : Math.max(0, Math.min(waiting, capacity - coming));
}

/** Most votes first; of equals the one that was put forward first. */
export function rankTopics<T extends { votes: number; addedAt: Date }>(topics: readonly T[]): T[] {
  return topics.toSorted((a, b) => b.votes - a.votes || a.addedAt.getTime() - b.addedAt.getTime());
}
