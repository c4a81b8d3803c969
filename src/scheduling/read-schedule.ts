import { closest, distance } from 'fastest-levenshtein';
import { localIsoDay } from '../calendar/local-day.js';
import { addDays } from '../calendar/working-days.js';
import { fallsOn } from './find-occurrences.js';
import type { DayRule, Months, ScheduleRule } from './schedule-rule.js';
import { KNOWN_WORDS, readWord, type Token } from './schedule-words.js';
import { existsOn, sayTime, type TimeOfDay } from '../calendar/wall-clock.js';

/** Why a schedule cannot be used; `sayScheduleProblem` has the words. */
export type ScheduleProblem =
  | { code: 'SCHEDULE.EMPTY' }
  | { code: 'SCHEDULE.NO_TIME' }
  | { code: 'SCHEDULE.TIME'; time: string }
  | { code: 'SCHEDULE.WORD'; word: string; suggestion?: string }
  /** The words are known, but say no day together. */
  | { code: 'SCHEDULE.NO_DAY' }
  | { code: 'SCHEDULE.NO_MONTH'; day: number }
  /** 31 June. */
  | { code: 'SCHEDULE.IMPOSSIBLE'; day: number; month: number; year?: number }
  /** The 31st of every month, the fifth Monday: some months have none. */
  | { code: 'SCHEDULE.NOT_EVERY_MONTH'; n: number }
  | { code: 'SCHEDULE.PAST'; day: string }
  /** On that day the clocks go from two to three. */
  | { code: 'SCHEDULE.SKIPPED_HOUR'; day: string; time: string };

export type ReadSchedule = { ok: true; rule: ScheduleRule } | { ok: false; problem: ScheduleProblem };

/** Every month has at least this many working days, closing days included in any sensible case. */
const WORKING_DAYS_OF_EVERY_MONTH = 15;

/** A schedule by date meets every weekday, and so the Sundays on which the clocks change, within these. */
const YEARS_AHEAD = 7;

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 9, 9u, 9 u., 9 uur, 9u30, 9:30, 9.30 u., 9h30, 9 am, 9:30 p.m. at the end, after "om" or "at". */
const TIME =
  /(?:^|[\s,])(?:om|at|@)\s*(\d{1,2})(?:\s*(?:[:.h]|u(?:ur)?\.?)\s*(\d{2}))?\s*(?:(?:u(?:ur)?|h)\.?)?\s*(am|pm|a\.m\.?|p\.m\.?)?\s*\.?$/;

/**
 * Reads a schedule as people write it: "eerste dinsdag van maart, juni, september en december om 9 u.", "elke maandag om
 * 8:30", "laatste werkdag van de maand om 16 u.", "15 maart en 15 september om 10 u.", "every working day at 9 am".
 *
 * @param zone and `now`, to refuse a day gone by and an hour that the change of the clock skips.
 */
export function readSchedule(typed: string, { zone, now }: { zone: string; now: Date }): ReadSchedule {
  const text = typed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\b(?:working|business)[\s-]days?\b/g, 'working-day')
    .trim();
  if (text === '') return refuse({ code: 'SCHEDULE.EMPTY' });
  const match = TIME.exec(text);
  if (!match) return refuse({ code: 'SCHEDULE.NO_TIME' });
  const time = readTime(match);
  if (!time) return refuse({ code: 'SCHEDULE.TIME', time: match[0].replace(/^[\s,]*(?:om|at|@)\s*/, '') });
  const tokens: Token[] = [];
  for (const word of text
    .slice(0, match.index)
    .split(/[\s,;]+/)
    .filter(Boolean)) {
    const token = readWord(word.replace(/\.$/, ''));
    if (token === 'unknown') return refuse({ code: 'SCHEDULE.WORD', word, ...suggestionFor(word) });
    if (token) tokens.push(token);
  }
  const days = readDays(tokens);
  if (!Array.isArray(days)) return refuse(days);
  const rule: ScheduleRule = { days, time };
  const problem = refusePast(rule, localIsoDay(now, zone)) ?? refuseSkippedHour(rule, zone, now);
  return problem ? refuse(problem) : { ok: true, rule };
}

const refuse = (problem: ScheduleProblem): ReadSchedule => ({ ok: false, problem });

function readTime([, hours = '', minutes = '0', half]: RegExpExecArray): TimeOfDay | undefined {
  let hour = Number(hours);
  const minute = Number(minutes);
  if (half) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.startsWith('p') ? 12 : 0);
  }
  return hour <= 23 && minute <= 59 ? { hour, minute } : undefined;
}

function suggestionFor(word: string): { suggestion?: string } {
  const nearest = closest(word, KNOWN_WORDS);
  return distance(word, nearest) <= Math.max(1, Math.floor(nearest.length / 3)) ? { suggestion: nearest } : {};
}

/** Groups of words, each a day rule: [every] nth weekday [of months] | day numbers, months [year] | weekdays | a date. */
function readDays(tokens: Token[]): DayRule[] | ScheduleProblem {
  const rules: DayRule[] = [];
  let at = 0;
  const peek = () => tokens[at];
  const takeAll = <K extends Token['kind']>(...kinds: K[]): Extract<Token, { kind: K }>[] => {
    const taken: Extract<Token, { kind: K }>[] = [];
    for (let token = peek(); token && kinds.includes(token.kind as K); token = peek()) {
      taken.push(token as Extract<Token, { kind: K }>);
      at += 1;
    }
    return taken;
  };
  const takeMonths = (nth: number): Months | undefined => {
    takeAll('every');
    if (takeAll('each-month').length > 0) return 'all';
    if (takeAll('quarter').length > 0) return nth === -1 ? [3, 6, 9, 12] : [1, 4, 7, 10];
    const months = takeAll('month').map(({ n }) => n);
    return months.length > 0 ? months : undefined;
  };
  while (at < tokens.length) {
    takeAll('every', 'week');
    const token = peek();
    if (!token) break;
    if (token.kind === 'date') {
      at += 1;
      const problem = impossibleDate(token.day);
      if (problem) return problem;
      rules.push({ kind: 'once', day: token.day });
    } else if (token.kind === 'nth' || token.kind === 'number') {
      const numbers = takeAll('nth', 'number');
      const kind = takeAll('weekday', 'working-day', 'day')[0];
      const months = takeMonths(numbers[0]?.n ?? 1);
      const added = kind
        ? nthRules(numbers, kind, months ?? 'all')
        : dateRules(
            numbers.map(({ n }) => n),
            months,
            takeAll('year')[0]?.n,
          );
      if (!Array.isArray(added)) return added;
      rules.push(...added);
    } else if (token.kind === 'month') {
      // "March 15", "June 1 and 15 2027"
      const months = takeAll('month').map(({ n }) => n);
      const numbers = takeAll('number', 'nth').map(({ n }) => n);
      const added = dateRules(numbers, months, takeAll('year')[0]?.n);
      if (!Array.isArray(added)) return added;
      rules.push(...added);
    } else if (token.kind === 'weekday') {
      rules.push({ kind: 'weekday', weekdays: takeAll('weekday').map(({ n }) => n) });
    } else if (token.kind === 'day' || token.kind === 'working-day') {
      at += 1;
      rules.push({ kind: token.kind });
    } else return { code: 'SCHEDULE.NO_DAY' };
  }
  return rules.length > 0 ? rules : { code: 'SCHEDULE.NO_DAY' };
}

function nthRules(
  numbers: { kind: string; n: number }[],
  kind: Extract<Token, { kind: 'weekday' | 'working-day' | 'day' }>,
  months: Months,
): DayRule[] | ScheduleProblem {
  const rules: DayRule[] = [];
  for (const { n: nth } of numbers) {
    if (nth === 0) return { code: 'SCHEDULE.NO_DAY' };
    if (kind.kind === 'weekday') {
      if (nth > 4) return { code: 'SCHEDULE.NOT_EVERY_MONTH', n: nth };
      rules.push({ kind: 'nth-weekday', nth, weekday: kind.n, months });
    } else if (kind.kind === 'working-day') {
      if (nth > WORKING_DAYS_OF_EVERY_MONTH) return { code: 'SCHEDULE.NOT_EVERY_MONTH', n: nth };
      rules.push({ kind: 'nth-working-day', nth, months });
    } else {
      const added = dateRules([nth], months, undefined);
      if (!Array.isArray(added)) return added;
      rules.push(...added);
    }
  }
  return rules;
}

function dateRules(
  numbers: number[],
  months: Months | undefined,
  year: number | undefined,
): DayRule[] | ScheduleProblem {
  const [first] = numbers;
  if (first === undefined) return { code: 'SCHEDULE.NO_DAY' };
  if (months === undefined) return { code: 'SCHEDULE.NO_MONTH', day: first };
  const rules: DayRule[] = [];
  for (const nth of numbers) {
    if (months === 'all') {
      if (nth > 28 || nth === 0) return { code: 'SCHEDULE.NOT_EVERY_MONTH', n: nth };
    } else {
      const month = months.find((candidate) => nth === 0 || nth > (DAYS_IN_MONTH[candidate - 1] ?? 0));
      if (month !== undefined) return { code: 'SCHEDULE.IMPOSSIBLE', day: nth, month };
      if (year !== undefined) {
        for (const candidate of months) {
          const day = `${year}-${String(candidate).padStart(2, '0')}-${String(nth).padStart(2, '0')}`;
          const problem = impossibleDate(day);
          if (problem) return problem;
          rules.push({ kind: 'once', day });
        }
        continue;
      }
    }
    rules.push({ kind: 'nth-day', nth, months });
  }
  return rules;
}

function impossibleDate(day: string): ScheduleProblem | undefined {
  const [year = 0, month = 0, number = 0] = day.split('-').map(Number);
  const real = new Date(Date.UTC(year, month - 1, number)).toISOString().slice(0, 10) === day;
  return real ? undefined : { code: 'SCHEDULE.IMPOSSIBLE', day: number, month, year };
}

/** A schedule of single days needs one that is still to come. */
function refusePast({ days }: ScheduleRule, today: string): ScheduleProblem | undefined {
  const once = days.flatMap((part) => (part.kind === 'once' ? [part.day] : []));
  const [first] = once;
  const isOver = once.length === days.length && once.every((day) => day < today);
  return isOver && first !== undefined ? { code: 'SCHEDULE.PAST', day: first } : undefined;
}

/** A schedule by date must not land in the hour that is skipped; a daily or weekly one then runs an hour later, once a year. */
function refuseSkippedHour({ days, time }: ScheduleRule, zone: string, now: Date): ScheduleProblem | undefined {
  const dated = days.filter(({ kind }) => kind === 'once' || kind === 'nth-day' || kind === 'nth-weekday');
  if (dated.length === 0) return undefined;
  const today = localIsoDay(now, zone);
  const year = Number(today.slice(0, 4));
  for (let ahead = 0; ahead < YEARS_AHEAD; ahead += 1) {
    const day = daysWithout(time, zone, year + ahead).find(
      (candidate) => candidate >= today && fallsOn({ days: dated, time }, candidate, { closingDays: [] }),
    );
    if (day) return { code: 'SCHEDULE.SKIPPED_HOUR', day, time: sayTime(time) };
  }
  return undefined;
}

const skippedDays = new Map<string, string[]>();

/** The days of a year on which the clock on the wall never shows this time: one at most, where there is summer time. */
function daysWithout(time: TimeOfDay, zone: string, year: number): string[] {
  const key = `${zone} ${year} ${sayTime(time)}`;
  const known = skippedDays.get(key);
  if (known) return known;
  const days: string[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    if (!existsOn(day, time, zone)) days.push(day);
  }
  skippedDays.set(key, days);
  return days;
}
