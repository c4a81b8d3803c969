import { lockSignal, recordEntry, refuseUnlessMay, type StepResult, type Working } from '../work-on-signal.js';

/** Corrects title or description. What stood there before stays with the entry, for triage to read. */
export async function correctText(
  context: Working,
  correction: { signalId: string; title: string; description: string; why: string },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const signal = await lockSignal(tx, context.municipality.id, correction.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'correct a step or text', signal);
    if (refusal) return { ok: false, ...refusal };
    const { title, description } = correction;
    const before = {
      ...(title !== signal.title && { title: signal.title }),
      ...(description !== signal.description && { description: signal.description }),
    };
    if (Object.keys(before).length === 0) return { ok: false, code: 'SIGNAL.NOTHING_TO_CORRECT' };
    return recordEntry(tx, context, signal, {
      kind: 'text_corrected',
      visibility: 'filers',
      text: correction.why,
      data: { before },
      tellFilers: true,
      inThread: false,
      change: { title, description },
    });
  });
}
