import fc from 'fast-check';
import type { SubmitResult } from '../../../src/chat/chat.js';
import type { Reply } from '../../../src/chat/feature.js';
import type { FormValues } from '../../../src/chat/form.js';
import { SignalStatus, type Person } from '../../../src/storage/database.js';
import { STEP_VALUES, wordsOf, type Town } from '../../support/town.js';

export const PLATFORMS = ['playground', 'slack', 'teams'] as const;
export const PEOPLE = ['worker', 'colleague', 'regisseur', 'otherRegisseur', 'coordinator', 'administrator'] as const;

/** One thing that somebody tries, from one platform, on one of the sequence's two signals. */
export interface Attempt {
  who: (typeof PEOPLE)[number];
  platform: (typeof PLATFORMS)[number];
  signal: 0 | 1;
  /** How many versions ago the card was drawn that is pressed: 0 is as it stands. */
  old: 0 | 1;
  what:
    | { kind: 'step'; to: SignalStatus }
    | { kind: 'note' | 'feedback' | 'correct-status' | 'answer' }
    | { kind: 'file' }
    | { kind: 'transfer'; to: (typeof PEOPLE)[number] };
}

const step = fc.record({ kind: fc.constant('step' as const), to: fc.constantFrom(...Object.values(SignalStatus)) });
const what: fc.Arbitrary<Attempt['what']> = fc.oneof(
  { weight: 12, arbitrary: step },
  { weight: 1, arbitrary: fc.constant({ kind: 'note' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'feedback' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'correct-status' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'answer' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('transfer' as const), to: fc.constantFrom(...PEOPLE) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'file' as const }) },
);
const attempt: fc.Arbitrary<Attempt> = fc.record({
  // Mostly who may: a sequence of refusals alone would prove little.
  who: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('regisseur' as const, 'coordinator' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...PEOPLE) },
  ),
  platform: fc.constantFrom(...PLATFORMS),
  signal: fc.constantFrom(0 as const, 1 as const),
  old: fc.oneof({ weight: 6, arbitrary: fc.constant(0 as const) }, { weight: 1, arbitrary: fc.constant(1 as const) }),
  what,
});

/** Rounds one after the other; what stands in one round is tried at once. */
export const sequence = fc.array(fc.array(attempt, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 });
const DONE = /staat nu op|is ingetrokken|is bewaard|is verstuurd|is doorgegeven|je antwoord staat daar|vanaf nu op/;

/**
 * Tries it through the chat, as that person on that platform.
 *
 * @returns whether the person was told that it was done.
 */
export async function tryIt(town: Town, signals: { id: string; reference: string }[], made: Attempt): Promise<boolean> {
  const person = town.people[made.who];
  const caller = { ...town.caller(person), platform: made.platform };
  const signal = signals[made.signal];
  const other = signals[1 - made.signal];
  if (!signal || !other) throw new Error('A sequence has two signals.');
  if (made.what.kind === 'file') return file(town, person, caller);
  const { version } = await town.signal(signal.id);
  const { action, payload, values } = pressOf(
    town,
    made.what,
    signal.id,
    other.reference,
    Math.max(1, version - made.old),
  );
  const reply = await town.chat.press(caller, action, payload);
  const result = reply.kind === 'form' ? await fillIn(town, caller, reply, values) : reply;
  return isDone(result);
}

type Caller = ReturnType<Town['caller']>;

async function file(town: Town, person: Person, caller: Caller): Promise<boolean> {
  const reply = await town.chat.command(caller, 'signaal', '');
  if (reply.kind !== 'form') return false;
  return isDone(
    await town.chat.submit(caller, reply.form.token, {
      title: 'Geen plaats in de opvang',
      description: 'Ouders horen dat alles volzet is.',
      neighbourhoods: [town.neighbourhoods.rabot],
      statement: true,
      similar: 'new',
    }),
  );
}

function pressOf(
  town: Town,
  what: Exclude<Attempt['what'], { kind: 'file' }>,
  signalId: string,
  other: string,
  seen: number,
) {
  const values: FormValues = { ...STEP_VALUES, reference: other, why: 'Dat is beter zo.' };
  switch (what.kind) {
    case 'step':
      return { action: 'signals.step', payload: { signalId, seen, to: what.to }, values };
    case 'transfer':
      return {
        action: 'transfer.signal',
        payload: { signalId, seen },
        values: { ...values, to: town.people[what.to].id },
      };
    case 'answer':
      // Any entry will do: what is answered is the signal.
      return { action: 'signals.answer', payload: { signalId, entryId: signalId }, values };
    case 'note':
    case 'feedback':
    case 'correct-status':
      return { action: `signals.${what.kind}`, payload: { signalId, seen }, values };
  }
}

async function fillIn(town: Town, caller: Caller, reply: Reply & { kind: 'form' }, values: FormValues) {
  const first = await town.chat.submit(caller, reply.form.token, values);
  if (first.kind !== 'again' || Object.keys(first.errors).length > 0) return first;
  const ticks = first.form.view.parts
    .filter(({ kind }) => kind === 'tick')
    .map((part) => ['id' in part && part.id, true]);
  return town.chat.submit(caller, reply.form.token, { ...values, ...(Object.fromEntries(ticks) as FormValues) });
}

const isDone = (result: SubmitResult | Reply) => result.kind === 'done' || DONE.test(wordsOf(result));
