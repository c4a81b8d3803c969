import { localIsoDay } from '../calendar/local-day.js';
import { addDays, isWorkingDay, weekdayOf, type WorkingWeek } from '../calendar/working-days.js';
import type { DayRule, Months, ScheduleRule } from './schedule-rule.js';
import { instantAt } from '../calendar/wall-clock.js';

/** As much of a municipality as its schedules need. */
export interface Place {
  zone: string;
  settings: WorkingWeek;
}

/** No schedule that can be written has a longer pause than this. */
const LOOK_AHEAD_DAYS = 366 * 9;

/**
 * The instants of a schedule after `from`, up to and with `until`, in order. Each day at most one: at the time on the wall
 * clock, an hour later where that hour is skipped, the first time where it comes twice.
 */
export function occurrencesBetween(
  rule: ScheduleRule,
  { from, until }: { from: Date; until: Date },
  place: Place,
): Date[] {
  const found: Date[] = [];
  const last = localIsoDay(until, place.zone);
  for (let day = localIsoDay(from, place.zone); day <= last; day = addDays(day, 1)) {
    if (!fallsOn(rule, day, place.settings)) continue;
    const at = instantAt(day, rule.time, place.zone);
    if (at > from && at <= until) found.push(at);
  }
  return found;
}

/** The first of a schedule's instants after this one; fewer where it ends (a single day). */
export function nextOccurrences(rule: ScheduleRule, after: Date, count: number, place: Place): Date[] {
  const found: Date[] = [];
  const first = localIsoDay(after, place.zone);
  for (let offset = 0; offset <= LOOK_AHEAD_DAYS && found.length < count; offset += 1) {
    const day = addDays(first, offset);
    if (!fallsOn(rule, day, place.settings)) continue;
    const at = instantAt(day, rule.time, place.zone);
    if (at > after) found.push(at);
  }
  return found;
}

/** Whether a schedule has this day (YYYY-MM-DD). */
export function fallsOn(rule: ScheduleRule, day: string, week: WorkingWeek): boolean {
  return rule.days.some((part) => matches(part, day, week));
}

function matches(part: DayRule, day: string, week: WorkingWeek): boolean {
  switch (part.kind) {
    case 'day':
      return true;
    case 'working-day':
      return isWorkingDay(day, week);
    case 'weekday':
      return part.weekdays.includes(weekdayOf(day));
    case 'once':
      return part.day === day;
    case 'nth-weekday':
      return (
        inMonths(day, part.months) &&
        weekdayOf(day) === part.weekday &&
        isNth(day, part.nth, (other) => weekdayOf(other) === part.weekday)
      );
    case 'nth-working-day':
      return (
        inMonths(day, part.months) &&
        isWorkingDay(day, week) &&
        isNth(day, part.nth, (other) => isWorkingDay(other, week))
      );
    case 'nth-day':
      return inMonths(day, part.months) && dayOf(day) === Math.min(part.nth === -1 ? 31 : part.nth, daysInMonth(day));
  }
}

/** Whether it is the nth of its month among the days that count. */
function isNth(day: string, nth: number, counts: (day: string) => boolean): boolean {
  const step = nth > 0 ? -1 : 1;
  let number = 1;
  for (let other = addDays(day, step); other.slice(0, 7) === day.slice(0, 7); other = addDays(other, step)) {
    if (counts(other)) number += 1;
  }
  return number === Math.abs(nth);
}

const inMonths = (day: string, months: Months) => months === 'all' || months.includes(Number(day.slice(5, 7)));

const dayOf = (day: string) => Number(day.slice(8, 10));

function daysInMonth(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
}
