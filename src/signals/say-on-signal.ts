import { may } from '../people/roles.js';
import { findMergedInto } from './merged-into.js';
import { findFilers } from './posts.js';
import { lockSignal, recordEntry, refuseUnlessMay, type StepResult, type Working } from './work-on-signal.js';

/**
 * An internal note: for triage alone, never for the filer.
 *
 * @param inThread false when it was typed in the card's thread, where it already stands.
 */
export async function addNote(
  context: Working,
  note: { signalId: string; text: string; inThread: boolean },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const signal = await lockSignal(tx, context.municipality.id, note.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'write an internal note', signal);
    if (refusal) return { ok: false, ...refusal };
    return recordEntry(tx, context, signal, {
      kind: 'note',
      visibility: 'internal',
      text: note.text,
      tellFilers: false,
      inThread: note.inThread,
    });
  });
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

/** `mergedFrom`: reference of the signal that was answered, when it goes on in another one. */
export type AnswerResult = StepResult & { mergedFrom?: string };

/**
 * A filer's words to the owner. Where a question was open, the answer itself takes the signal back into review. On a
 * merged signal they go to the signal it goes on in: somebody works on that one.
 *
 * @returns `signal` is where the words stand now.
 */
export async function answerQuestion(
  context: Working,
  answer: { signalId: string; text: string },
): Promise<AnswerResult> {
  return context.write(async (tx): Promise<AnswerResult> => {
    const municipalityId = context.municipality.id;
    const seen = await tx.signal.findUnique({
      where: { municipalityId_id: { municipalityId, id: answer.signalId } },
    });
    const before = seen ? await findMergedInto(tx, seen) : [];
    // Both at once and in one order; whether it is merged counts from here on, when nobody can change it any more.
    const addressed = await lockSignal(
      tx,
      municipalityId,
      answer.signalId,
      before.slice(-1).map(({ id }) => id),
    );
    const goesOnIn = addressed && (await findMergedInto(tx, addressed)).at(-1)?.id;
    const signal = goesOnIn ? await lockSignal(tx, municipalityId, goesOnIn) : addressed;
    if (!signal || !addressed) return { ok: false, code: 'SIGNAL.GONE' };
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
