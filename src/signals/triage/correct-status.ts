import { localDay } from '../../calendar/local-day.js';
import { EntryData } from '../step-inputs.js';
import {
  lockSignal,
  recordEntry,
  refuseIfChanged,
  refuseUnlessMay,
  type StepResult,
  type Working,
} from '../work-on-signal.js';

/**
 * Takes back the last step, set by mistake: the signal stands where it stood before, the correction is an entry with
 * its reason, and whoever was told is told. Nothing is erased.
 */
export async function correctStatus(
  context: Working,
  correction: { signalId: string; seenVersion: number; why: string },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const signal = await lockSignal(tx, context.municipality.id, correction.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal =
      (await refuseUnlessMay(tx, context, 'correct a step or text', signal)) ??
      (await refuseIfChanged(tx, signal, correction.seenVersion));
    if (refusal) return { ok: false, ...refusal };
    const last = await tx.timelineEntry.findFirst({
      where: { municipalityId: signal.municipalityId, signalId: signal.id, toStatus: { not: null } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    });
    // Going back into a merge would need the other signal's consent: merge it again instead.
    if (!last?.fromStatus || last.fromStatus === 'merged') return { ok: false, code: 'SIGNAL.NOTHING_TO_CORRECT' };
    // The day that was agreed on when it came to stand there.
    const restored = await tx.timelineEntry.findFirst({
      where: { municipalityId: signal.municipalityId, signalId: signal.id, toStatus: last.fromStatus },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      select: { data: true },
    });
    const { due } = EntryData.parse(restored?.data ?? {});
    return recordEntry(tx, context, signal, {
      kind: 'corrected',
      visibility: 'public',
      toStatus: last.fromStatus,
      text: correction.why,
      tellFilers: true,
      inThread: false,
      ...(due && { data: { due } }),
      change: {
        mergedIntoId: null,
        // It was never taken up: the days it waited count.
        ...(last.fromStatus === 'received' && { clockFrom: localDay(signal.filedAt, context.municipality.zone) }),
      },
    });
  });
}
