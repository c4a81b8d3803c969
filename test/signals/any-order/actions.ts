import fc from 'fast-check';
import { SignalStatus } from '../../../src/storage/database.js';

export const PLATFORMS = ['playground', 'slack', 'teams'] as const;
export const PEOPLE = [
  'worker',
  'colleague',
  'neighbour',
  'sectorCoordinator',
  'regisseur',
  'otherRegisseur',
  'coordinator',
  'administrator',
] as const;
export type Who = (typeof PEOPLE)[number];

/** Buttons of a signal that need no more than the form's own values. */
const PLAIN = [
  'signals.note',
  'signals.feedback',
  'signals.correct-status',
  'links.split',
  'partners.ask',
  'reminders.week',
  'reminders.snooze',
  'endorsements.endorse',
  'endorsements.undo',
  'sectors.take-on',
  'sectors.is-no-signal',
  'sectors.enrich',
] as const;

/** What somebody tries. */
export type What =
  | { kind: 'step'; to: SignalStatus }
  | { kind: 'press'; action: (typeof PLAIN)[number] }
  | { kind: 'answer' | 'finish-task' | 'partner-answers' | 'end-partner' | 'helps' | 'helps-not' | 'file' | 'back' }
  | { kind: 'transfer' | 'give-task' | 'choose-lead' | 'hand-over' | 'leave'; to: Who }
  | { kind: 'link'; bond: 'related' | 'part_of' | 'has_part' | 'none' };

/** One thing that somebody tries, from one platform, on one of the signals there are by then. */
export interface Attempt {
  who: Who;
  platform: (typeof PLATFORMS)[number];
  /** Counted on from the first when there are fewer. */
  signal: number;
  /** How many versions ago the card was drawn that is pressed: 0 is as it stands. */
  old: 0 | 1;
  what: What;
}

const of = <T extends object>(weight: number, record: { [K in keyof T]: fc.Arbitrary<T[K]> }) => ({
  weight,
  arbitrary: fc.record(record) as unknown as fc.Arbitrary<What>,
});
const kind = <K extends string>(name: K) => fc.constant(name);
const anybody = fc.constantFrom(...PEOPLE);

const what: fc.Arbitrary<What> = fc.oneof(
  of(24, { kind: kind('step'), to: fc.constantFrom(...Object.values(SignalStatus)) }),
  of(16, { kind: kind('press'), action: fc.constantFrom(...PLAIN) }),
  of(3, { kind: kind('answer') }),
  of(3, { kind: kind('transfer'), to: anybody }),
  of(2, { kind: kind('give-task'), to: anybody }),
  of(2, { kind: kind('finish-task') }),
  of(2, { kind: kind('choose-lead'), to: anybody }),
  of(2, { kind: kind('partner-answers') }),
  of(1, { kind: kind('end-partner') }),
  of(1, { kind: kind('helps') }),
  of(2, { kind: kind('helps-not') }),
  of(2, { kind: kind('link'), bond: fc.constantFrom('related', 'part_of', 'has_part', 'none') }),
  of(1, { kind: kind('hand-over'), to: anybody }),
  of(1, { kind: kind('leave'), to: anybody }),
  of(1, { kind: kind('back') }),
  of(1, { kind: kind('file') }),
);

const attempt: fc.Arbitrary<Attempt> = fc.record({
  // Mostly who may: a sequence of refusals alone would prove little.
  who: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('regisseur' as const, 'coordinator' as const) },
    { weight: 4, arbitrary: anybody },
  ),
  platform: fc.constantFrom(...PLATFORMS),
  signal: fc.oneof({ weight: 4, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(4) }),
  old: fc.oneof({ weight: 6, arbitrary: fc.constant(0 as const) }, { weight: 1, arbitrary: fc.constant(1 as const) }),
  what,
});

/** Rounds one after the other; what stands in one round is tried at once. */
export const sequence = fc.array(fc.array(attempt, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 6 });
