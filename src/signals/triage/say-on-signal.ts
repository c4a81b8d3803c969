import type { Signal, Tx } from '../../storage/database.js';
import { may } from '../../people/roles.js';
import { findMergedInto } from '../merged-into.js';
import { findFilers } from '../posts.js';
import { lockSignal, recordEntry, refuseUnlessMay, type StepResult, type Working } from '../work-on-signal.js';

/** `mergedFrom`: reference of the signal that was spoken to, when it goes on in another one. */
export type SaidResult = StepResult & { mergedFrom?: string };

/**
 * An internal note: for triage alone, never for the filer. On a merged signal it goes to the one that is worked on.
 *
 * @param inThread false when it was typed in the card's thread, where it already stands.
 */
export async function addNote(
  context: Working,
  note: { signalId: string; text: string; inThread: boolean },
): Promise<SaidResult> {
  return context.write(async (tx): Promise<SaidResult> => {
    const found = await lockWhereItGoesOn(tx, context.municipality.id, note.signalId);
    if (!found) return { ok: false, code: 'SIGNAL.GONE' };
    const { signal, addressed } = found;
    // Who owns either may say something of it.
    const refusal =
      (await refuseUnlessMay(tx, context, 'write an internal note', signal)) &&
      (await refuseUnlessMay(tx, context, 'write an internal note', addressed));
    if (refusal) return { ok: false, ...refusal };
    const merged = signal.id !== addressed.id;
    const recorded = await recordEntry(tx, context, signal, {
      kind: 'note',
      visibility: 'internal',
      text: note.text,
      tellFilers: false,
      // Typed under the other card, it does not stand under this one yet.
      inThread: note.inThread || merged,
    });
    return merged ? { ...recorded, mergedFrom: addressed.reference } : recorded;
  });
}

/**
 * The signal that was addressed and the one where it goes on when it was merged, both locked and in one order: whether it is
 * merged counts from here on, when nobody can change it any more.
 */
async function lockWhereItGoesOn(
  tx: Tx,
  municipalityId: string,
  signalId: string,
): Promise<{ addressed: Signal; signal: Signal } | null> {
  const seen = await tx.signal.findUnique({ where: { municipalityId_id: { municipalityId, id: signalId } } });
  const before = seen ? await findMergedInto(tx, seen) : [];
  const last = before.slice(-1).map(({ id }) => id);
  const addressed = await lockSignal(tx, municipalityId, signalId, last);
  const goesOnIn = addressed && (await findMergedInto(tx, addressed)).at(-1)?.id;
  const signal = goesOnIn ? await lockSignal(tx, municipalityId, goesOnIn) : addressed;
  return addressed && signal ? { addressed, signal } : null;
}

/** Terugkoppeling: words from the owner to every filer, without changing the status. */
export async function sendFeedback(
  context: Working,
  feedback: { signalId: string; text: string },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const signal = await lockSignal(tx, context.municipality.id, feedback.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'send feedback', signal);
    if (refusal) return { ok: false, ...refusal };
    return recordEntry(tx, context, signal, {
      kind: 'feedback',
      visibility: 'filers',
      text: feedback.text,
      tellFilers: true,
      inThread: true,
    });
  });
}

/**
 * A filer's words to the owner. Where a question was open, the answer itself takes the signal back into review. On a
 * merged signal they go to the signal it goes on in: somebody works on that one.
 *
 * @returns `signal` is where the words stand now.
 */
export async function answerQuestion(
  context: Working,
  answer: { signalId: string; text: string },
): Promise<SaidResult> {
  return context.write(async (tx): Promise<SaidResult> => {
    const municipalityId = context.municipality.id;
    const found = await lockWhereItGoesOn(tx, municipalityId, answer.signalId);
    if (!found) return { ok: false, code: 'SIGNAL.GONE' };
    const { signal, addressed } = found;
    const goesOnIn = signal.id !== addressed.id;
    const filers = await findFilers(tx, signal.municipalityId, addressed.id);
    const filed = filers.includes(context.person.id);
    if (!may(context.person, 'answer a question', filed ? ['filer'] : [])) return { ok: false, code: 'SIGNAL.GONE' };
    const recorded = await recordEntry(tx, context, signal, {
      kind: 'answer',
      visibility: 'filers',
      ...(signal.status === 'needs_info' && !goesOnIn && { toStatus: 'in_review' as const }),
      text: answer.text,
      tellFilers: false,
      inThread: true,
    });
    return goesOnIn ? { ...recorded, mergedFrom: addressed.reference } : recorded;
  });
}
