import type { TimeOfDay } from '../calendar/wall-clock.js';

/** `all`: every month. */
export type Months = readonly number[] | 'all';

/** On which days a schedule falls; a month is 1 to 12, a weekday 1 (Monday) to 7, `nth` 1, 2 ... or -1 for the last. */
export type DayRule =
  | { kind: 'day' }
  | { kind: 'working-day' }
  | { kind: 'weekday'; weekdays: readonly number[] }
  | { kind: 'nth-weekday'; nth: number; weekday: number; months: Months }
  | { kind: 'nth-working-day'; nth: number; months: Months }
  /** 29 February is the 28th in other years; otherwise such a schedule would be silent for three years of four. */
  | { kind: 'nth-day'; nth: number; months: Months }
  | { kind: 'once'; day: string };

/** What "eerste dinsdag van maart, juni, september en december om 9 u." says. */
export interface ScheduleRule {
  days: readonly DayRule[];
  time: TimeOfDay;
}
