import type { SignalStatus } from '../storage/database.js';

/**
 * The way of a signal: this table and nothing else. A policy officer should be able to read it; a test holds it
 * against a copy written by hand. Source: the procedure in document 3 (Lokaal Welzijnsbeleid).
 *
 * `owner` is the signal's owner, a replacement in leave, or the coordinator.
 * `asks` is what must be given with the step; see `step-inputs.ts`.
 * `clock` is what the step does to the deadlines.
 */
export interface Transition {
  from: readonly SignalStatus[];
  to: SignalStatus;
  by: 'owner' | 'filer alone on it';
  asks: StepInput;
  clock: Clock;
  /** What the timeline calls the step; default `status`. */
  event?: 'reopened';
}

export type StepInput =
  | 'nothing'
  | 'question'
  | 'other signal'
  | 'why'
  | 'where to'
  | 'reason'
  | 'meeting'
  | 'lead and action'
  | 'policy question'
  | 'outcome'
  | 'closing text';

export type Clock =
  | 'acknowledgement met'
  | 'acknowledgement met, stalled pauses 10 working days'
  | 'stalled restarts'
  | 'stops'
  | 'follows the other'
  | 'until the given date';

// prettier-ignore
export const TRANSITIONS: readonly Transition[] = [
  { from: ['received'],                                          to: 'in_review',  by: 'owner',             asks: 'nothing',         clock: 'acknowledgement met' },
  { from: ['received', 'in_review'],                             to: 'needs_info', by: 'owner',             asks: 'question',        clock: 'acknowledgement met, stalled pauses 10 working days' },
  { from: ['needs_info'],                                        to: 'in_review',  by: 'owner',             asks: 'nothing',         clock: 'stalled restarts' },
  { from: ['received', 'in_review', 'needs_info'],               to: 'withdrawn',  by: 'filer alone on it', asks: 'nothing',         clock: 'stops' },
  { from: ['in_review', 'needs_info'],                           to: 'accepted',   by: 'owner',             asks: 'nothing',         clock: 'stalled restarts' },
  { from: ['in_review', 'needs_info', 'accepted'],               to: 'merged',     by: 'owner',             asks: 'other signal',    clock: 'follows the other' },
  { from: ['merged'],                                            to: 'in_review',  by: 'owner',             asks: 'why',             clock: 'stalled restarts' },
  { from: ['in_review', 'needs_info'],                           to: 'redirected', by: 'owner',             asks: 'where to',        clock: 'stops' },
  { from: ['in_review', 'needs_info'],                           to: 'declined',   by: 'owner',             asks: 'reason',          clock: 'stops' },
  { from: ['accepted'],                                          to: 'on_agenda',  by: 'owner',             asks: 'meeting',         clock: 'until the given date' },
  { from: ['accepted', 'on_agenda', 'at_policy'],                to: 'in_action',  by: 'owner',             asks: 'lead and action', clock: 'until the given date' },
  { from: ['accepted', 'on_agenda', 'in_action'],                to: 'at_policy',  by: 'owner',             asks: 'policy question', clock: 'until the given date' },
  { from: ['on_agenda', 'at_policy', 'in_action'],               to: 'accepted',   by: 'owner',             asks: 'outcome',         clock: 'stalled restarts' },
  { from: ['accepted', 'on_agenda', 'in_action', 'at_policy'],   to: 'resolved',   by: 'owner',             asks: 'closing text',    clock: 'stops' },
  { from: ['accepted', 'on_agenda', 'in_action', 'at_policy'],   to: 'closed',     by: 'owner',             asks: 'closing text',    clock: 'stops' },
  { from: ['declined', 'redirected', 'resolved', 'closed'],      to: 'in_review',  by: 'owner',             asks: 'why',             clock: 'stalled restarts', event: 'reopened' },
];

/** The one transition between two statuses, or undefined where the table has none. */
export function findTransition(from: SignalStatus, to: SignalStatus): Transition | undefined {
  return TRANSITIONS.find((transition) => transition.to === to && transition.from.includes(from));
}

/** What may follow this status, in the table's order. */
export function transitionsFrom(from: SignalStatus): Transition[] {
  return TRANSITIONS.filter((transition) => transition.from.includes(from));
}

/** The eight phases users know, in order. */
export const PHASES = [
  'opmerken',
  'verzamelen',
  'bundelen',
  'analyseren',
  'rapporteren',
  'beslissen',
  'actie',
  'feedback',
] as const;
export type Phase = (typeof PHASES)[number];

const PHASE_OF: Record<Exclude<SignalStatus, 'withdrawn'>, Phase> = {
  received: 'opmerken',
  in_review: 'verzamelen',
  needs_info: 'verzamelen',
  merged: 'bundelen',
  accepted: 'analyseren',
  on_agenda: 'rapporteren',
  at_policy: 'beslissen',
  in_action: 'actie',
  resolved: 'feedback',
  closed: 'feedback',
  declined: 'feedback',
  redirected: 'feedback',
};

/** Undefined for a withdrawn signal: it left the way. */
export function phaseOf(status: SignalStatus): Phase | undefined {
  return status === 'withdrawn' ? undefined : PHASE_OF[status];
}

export const ENDED: readonly SignalStatus[] = ['withdrawn', 'merged', 'declined', 'redirected', 'resolved', 'closed'];
