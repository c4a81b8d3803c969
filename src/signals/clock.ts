import { addWorkingDays, toWorkingDay, type WorkingWeek } from '../calendar/working-days.js';
import type { MunicipalitySettings } from '../municipality/municipality-settings.js';
import type { Signal, SignalStatus } from '../storage/database.js';
import { findTransition } from './transitions.js';

/**
 * The clocks of a signal: which day something must have happened by, and when its owner and then the coordinator are
 * reminded. Days are YYYY-MM-DD in the municipality's zone, working days its own. Source: the clock column of the status
 * table (`transitions.ts`), read as below; due days are computed from what is stored, so a change of the municipality's
 * deadlines or closing days counts at once.
 */
type IsoDay = string;

/** While an answer is awaited a signal is not stalled for this long. Source: the status table. */
const NEEDS_INFO_PAUSE_WORKING_DAYS = 10;

export type ClockKind = 'acknowledgement' | 'stalled' | 'agreed';

const KIND_OF: Partial<Record<SignalStatus, ClockKind>> = {
  received: 'acknowledgement',
  in_review: 'stalled',
  needs_info: 'stalled',
  accepted: 'stalled',
  on_agenda: 'agreed',
  in_action: 'agreed',
  at_policy: 'agreed',
};

/** Undefined for a status whose clock has stopped. */
export function clockKindOf(status: SignalStatus): ClockKind | undefined {
  return KIND_OF[status];
}

/** A signal's columns that its clock runs on. */
export type ClockColumns = Pick<Signal, 'status' | 'clockFrom' | 'agreedOn' | 'snoozedUntil' | 'neverRemind'>;

export type Clocks = Pick<MunicipalitySettings, 'acknowledgement' | 'stalled'> & WorkingWeek;

/** The last day on which it is in time; undefined where no clock runs, or the municipality has switched it off. */
export function dueDay(signal: ClockColumns, clocks: Clocks): IsoDay | undefined {
  const kind = clockKindOf(signal.status);
  if (!kind) return undefined;
  if (kind === 'agreed') return signal.agreedOn ? toIso(signal.agreedOn) : undefined;
  const days = workingDaysOf(signal.status, clocks);
  return days === undefined ? undefined : addWorkingDays(toIso(signal.clockFrom), days, clocks);
}

/** Past its due day. */
export function isOverdue(signal: ClockColumns, clocks: Clocks, today: IsoDay): boolean {
  const due = dueDay(signal, clocks);
  return due !== undefined && today > due;
}

/**
 * The working day on whose morning the owner is reminded: the due day itself while there is time left to act, the working day
 * after an agreed date (only then there is an outcome), not before the day it was put off to. Undefined: never.
 */
export function ownerReminderDay(signal: ClockColumns, clocks: Clocks): IsoDay | undefined {
  const due = dueDay(signal, clocks);
  if (due === undefined || signal.neverRemind || !reminds(signal.status, clocks)) return undefined;
  const usual = clockKindOf(signal.status) === 'agreed' ? addWorkingDays(due, 1, clocks) : due;
  const putOff = signal.snoozedUntil ? toWorkingDay(toIso(signal.snoozedUntil), clocks) : usual;
  return putOff > usual ? putOff : usual;
}

/** The working day on whose morning the coordinator hears that nothing came of it. Undefined: never. */
export function coordinatorReminderDay(signal: ClockColumns, clocks: Clocks): IsoDay | undefined {
  const first = ownerReminderDay(signal, clocks);
  const later = settingsOf(signal.status, clocks)?.coordinatorAfter;
  return first === undefined || later === undefined || later === 'never'
    ? undefined
    : addWorkingDays(first, later, clocks);
}

/**
 * The latest working day, up to and with `today`, on whose morning the owner is reminded again: every `repeatAfter` working
 * days after the first reminder. Undefined: not yet, or the municipality does not repeat.
 */
export function repeatedReminderDay(signal: ClockColumns, clocks: Clocks, today: IsoDay): IsoDay | undefined {
  const every = settingsOf(signal.status, clocks)?.repeatAfter;
  let last = ownerReminderDay(signal, clocks);
  if (last === undefined || every === undefined || every === 'never') return undefined;
  let found: IsoDay | undefined;
  for (let next = addWorkingDays(last, every, clocks); next <= today; next = addWorkingDays(last, every, clocks)) {
    found = next;
    last = next;
  }
  return found;
}

/**
 * What a step does to the clock; a step ends what was put off.
 *
 * @param from the status before, and since when its clock ran.
 * @param agreed the day that was given with the step (meeting, action, answer).
 */
export function clockAfterStep(
  from: Pick<Signal, 'status' | 'clockFrom'>,
  to: SignalStatus,
  { agreed, today }: { agreed: IsoDay | undefined; today: Date },
): Pick<Signal, 'clockFrom' | 'agreedOn' | 'snoozedUntil' | 'neverRemind'> {
  // Waiting for an answer only pauses the clock of a signal in review.
  const goesOn = findTransition(from.status, to)?.clock.includes('pauses') && from.status === 'in_review';
  return {
    clockFrom: goesOn ? from.clockFrom : today,
    agreedOn: agreed && clockKindOf(to) === 'agreed' ? new Date(`${agreed}T00:00:00Z`) : null,
    snoozedUntil: null,
    neverRemind: false,
  };
}

/**
 * For finding signals by their columns: a signal of this status is due for a reminder on the working day `on` or before when
 * its clock started before this day (an agreed date: lies before it). Undefined: never.
 */
export function startedBefore(status: SignalStatus, clocks: Clocks, on: IsoDay): IsoDay | undefined {
  if (!reminds(status, clocks)) return undefined;
  if (clockKindOf(status) === 'agreed') return on;
  const days = workingDaysOf(status, clocks);
  return days === undefined ? undefined : addWorkingDays(on, 1 - days, clocks);
}

function settingsOf(status: SignalStatus, clocks: Clocks) {
  const kind = clockKindOf(status);
  return kind && (kind === 'acknowledgement' ? clocks.acknowledgement : clocks.stalled);
}

/** A municipality that never reminds of stalled signals is not told of agreed dates either. */
function reminds(status: SignalStatus, clocks: Clocks): boolean {
  const settings = settingsOf(status, clocks);
  return settings !== undefined && settings.workingDays !== 'never';
}

function workingDaysOf(status: SignalStatus, clocks: Clocks): number | undefined {
  const days = settingsOf(status, clocks)?.workingDays;
  if (days === undefined || days === 'never') return undefined;
  return status === 'needs_info' ? days + NEEDS_INFO_PAUSE_WORKING_DAYS : days;
}

/** A day as the database gives it. */
export function toIso(day: Date): IsoDay {
  return day.toISOString().slice(0, 10);
}
