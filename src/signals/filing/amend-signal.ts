import type { Context } from '../../chat/feature.js';
import { may } from '../../people/roles.js';
import type { Signal } from '../../storage/database.js';
import { lockSignal, recordEntry, refuseIfChanged, type StepResult, type Working } from '../work-on-signal.js';

/** What a filer may change of it; the place stays, because another regisseur would have to follow it up. */
export type Amendment = Pick<
  Signal,
  | 'title'
  | 'description'
  | 'cause'
  | 'targetGroup'
  | 'frequency'
  | 'peopleBand'
  | 'since'
  | 'lifeDomain'
  | 'fundamentalRight'
  | 'alreadyTried'
  | 'consequence'
  | 'suggestedSolution'
>;

/**
 * A filer changes their own signal until it is triaged. What stood there before stays with the entry, for triage; the
 * owner's card shows the new text, and its thread says so.
 */
export async function amendSignal(
  context: Working & Pick<Context, 'db'>,
  { signalId, seen, amendment }: { signalId: string; seen: number; amendment: Amendment },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const municipalityId = context.municipality.id;
    const signal = await lockSignal(tx, municipalityId, signalId);
    const filed = await tx.signalFiler.count({ where: { municipalityId, signalId, personId: context.person.id } });
    if (!signal || !may(context.person, 'amend a signal', filed > 0 ? ['filer'] : [])) {
      return { ok: false, code: 'SIGNAL.GONE' };
    }
    const changed = await refuseIfChanged(tx, signal, seen);
    if (changed) return { ok: false, ...changed };
    if (signal.status !== 'received') return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    const fields = (Object.keys(amendment) as (keyof Amendment)[]).filter(
      (field) => amendment[field] !== signal[field],
    );
    if (fields.length === 0) return { ok: false, code: 'SIGNAL.NOTHING_TO_CORRECT' };
    return recordEntry(tx, context, signal, {
      kind: 'amended',
      visibility: 'filers',
      data: { before: Object.fromEntries(fields.map((field) => [field, signal[field] ?? '–'])) },
      tellFilers: false,
      inThread: true,
      change: amendment,
    });
  });
}
