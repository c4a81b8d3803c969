import { DateTime } from 'luxon';
import type { DemoSignal } from './demo-data.js';
import type { WayEntry } from './walk-way.js';

/** The oldest filing, so that a weekend moved back to its Friday stays within the year. */
const OLDEST_DAYS = 362;
/** Younger than this, a signal keeps its exact age: the demo's newest is always a few hours old. */
const FRESH_DAYS = 2;
const WORKING_DAY_HOURS = 8;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Between two entries on one day. */
const PAUSE_MINUTES = 20;

/** Working hours, 8:15 to 17:00. */
const DAY_STARTS_AT_MINUTE = 8 * 60 + 15;
const DAY_LASTS_MINUTES = 8 * 60 + 45;

export interface PlacedEntry extends WayEntry {
  at: Date;
  /** YYYY-MM-DD in the municipality's zone. */
  due?: string;
}

/**
 * Gives a signal's entries their dates: in working hours of working days, in order, none after now.
 *
 * @param index the signal's place in the data, which spreads the hours.
 * @returns the entries; the first is the filing.
 */
export function placeInTime(
  signal: Pick<DemoSignal, 'daysAgo' | 'season'>,
  entries: WayEntry[],
  index: number,
  now: DateTime,
): PlacedEntry[] {
  const length = Math.max(...entries.map((entry) => entry.day));
  const filed = filingMoment(ageInDays(signal, length, now), index, now);
  let previous = filed;
  return entries.map((entry, position) => {
    const at = position === 0 ? filed : stepMoment(entry.day, { filed, previous, now, seed: index + position });
    previous = at;
    const due =
      entry.dueDay === undefined ? undefined : toWorkingDay(filed.plus({ days: entry.dueDay }), 1).toISODate();
    return { ...entry, at: at.toJSDate(), ...(due && { due }) };
  });
}

/** Days before now, moved to the signal's season where that leaves its way inside the year. */
function ageInDays({ daysAgo, season }: Pick<DemoSignal, 'daysAgo' | 'season'>, length: number, now: DateTime): number {
  if (!season) return daysAgo;
  for (let shift = 0; shift <= OLDEST_DAYS; shift += 1) {
    for (const age of [daysAgo - shift, daysAgo + shift]) {
      const fits = age > Math.max(length, FRESH_DAYS) && age <= OLDEST_DAYS;
      // The month by Greenwich is near enough for a season, and quick.
      const month = new Date(now.toMillis() - Math.floor(age) * DAY_MS).getUTCMonth() + 1;
      if (fits && season.includes(month)) return age;
    }
  }
  return daysAgo;
}

function filingMoment(age: number, seed: number, now: DateTime): DateTime {
  if (age < FRESH_DAYS) return now.minus({ minutes: Math.round(age * 24 * 60) });
  return inWorkingHours(toWorkingDay(now.minus({ days: Math.floor(age) }), -1), seed);
}

function stepMoment(
  day: number,
  { filed, previous, now, seed }: { filed: DateTime; previous: DateTime; now: DateTime; seed: number },
): DateTime {
  const planned =
    day < 1
      ? filed.plus({ hours: day * WORKING_DAY_HOURS })
      : inWorkingHours(toWorkingDay(filed.plus({ days: Math.floor(day) }), -1), seed);
  const at = DateTime.max(planned, previous.plus({ minutes: PAUSE_MINUTES }));
  if (at <= now) return at;
  return previous.plus({ milliseconds: Math.floor(now.diff(previous).milliseconds / 2) });
}

function toWorkingDay(day: DateTime, direction: 1 | -1): DateTime {
  return day.isWeekend ? toWorkingDay(day.plus({ days: direction }), direction) : day;
}

function inWorkingHours(day: DateTime, seed: number): DateTime {
  // 197 is prime to the day's length, so that neighbours in the data lie far apart in the day.
  const minutes = DAY_STARTS_AT_MINUTE + ((seed * 197) % DAY_LASTS_MINUTES);
  return day.startOf('day').set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
}
