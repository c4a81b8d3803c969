import { may } from '../../people/roles.js';
import type { Db, SignalStatus, Tx } from '../../storage/database.js';
import type { Prisma, Signal } from '../../storage/database.js';
import type { EntryData, StepValues } from '../step-inputs.js';
import { resolveLead } from '../leads.js';
import { findMergedInto } from '../merged-into.js';
import { isOfOtherTown, tidyReference } from '../read-signals.js';
import { ENDED, findTransition } from '../transitions.js';
import {
  lockSignal,
  recordEntry,
  refuseIfChanged,
  refuseUnlessMay,
  type NewEntry,
  type Refusal,
  type StepResult,
  type Working,
} from '../work-on-signal.js';

export interface StatusChange {
  signalId: string;
  to: SignalStatus;
  /** The signal's version when the person pressed the button: of two conflicting steps the first one wins. */
  seenVersion: number;
  /** What the transition asks for; checked by the form before. */
  given: StepValues;
}

/**
 * One step of the transition table: guarded, attributed, dated and told to the filers, in one transaction.
 *
 * @returns the changed signal, or why nothing was written.
 */
export async function changeStatus(context: Working, change: StatusChange): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const municipalityId = context.municipality.id;
    const other =
      change.given.asks === 'other signal' ? await findByReference(tx, municipalityId, change.given.reference) : null;
    const signal = await lockSignal(tx, municipalityId, change.signalId, other ? [other.id] : []);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const transition = findTransition(signal.status, change.to);
    const refusal =
      (await refuseUnlessMayStep(tx, context, change.to, signal)) ??
      (await refuseIfChanged(tx, signal, change.seenVersion));
    if (refusal) return { ok: false, ...refusal };
    if (!transition || transition.asks !== change.given.asks) {
      return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    }
    if (change.given.asks === 'other signal') {
      const merge = await refuseMerge(tx, signal, other?.id, context.municipality.reference, change.given.reference);
      if (merge) return { ok: false, ...merge };
    }
    const lead =
      change.given.asks === 'lead and action'
        ? await resolveLead(tx, municipalityId, change.given.lead)
        : { leadId: null, name: '' };
    if ('code' in lead) return { ok: false, ...lead };
    const recorded = await recordEntry(tx, context, signal, {
      kind: change.to === 'needs_info' ? 'question' : (transition.event ?? 'status'),
      visibility: change.to === 'needs_info' ? 'filers' : 'public',
      toStatus: change.to,
      tellFilers: true,
      inThread: change.to === 'needs_info' || change.to === 'withdrawn',
      change: {
        mergedIntoId: change.to === 'merged' ? (other?.id ?? null) : null,
        ...(lead.name && { leadId: lead.leadId, leadName: lead.leadId ? null : lead.name }),
      },
      ...describe(change.given, other?.reference, lead.name),
    });
    if (change.given.asks === 'lead and action') {
      const { action, due } = change.given;
      await tx.task.create({
        data: {
          municipalityId,
          signalId: signal.id,
          what: action,
          // An organisation without an account has no list of tasks: the owner keeps an eye on it.
          assigneeId: lead.leadId ?? signal.ownerId,
          dueOn: new Date(due),
          givenById: context.person.id,
          givenAt: context.now,
        },
      });
    }
    if (change.to === 'merged' && other) await recordJoined(tx, context, signal, other.id);
    return recorded;
  });
}

/** The signal that goes on says on its own timeline, and to its owner, that another one joined it. */
async function recordJoined(tx: Tx, context: Working, signal: Signal, otherId: string): Promise<void> {
  const other = await tx.signal.findUniqueOrThrow({
    where: { municipalityId_id: { municipalityId: signal.municipalityId, id: otherId } },
  });
  await recordEntry(tx, context, other, {
    kind: 'joined',
    visibility: 'public',
    data: { joined: signal.reference },
    tellFilers: false,
    inThread: true,
  });
}

/** The entry's words and facts, from what the step asked for. */
function describe(given: StepValues, mergedInto: string | undefined, lead: string): Pick<NewEntry, 'text' | 'data'> {
  switch (given.asks) {
    case 'nothing':
      return given.text ? { text: given.text } : {};
    case 'question':
    case 'why':
    case 'outcome':
    case 'closing text':
      return { text: given.text };
    case 'where to':
      return { text: given.text, data: { destination: given.destination } };
    case 'other signal':
      return { data: { mergedInto } satisfies EntryData };
    case 'reason':
      return { text: given.text, data: { reason: given.reason } };
    case 'meeting':
      return { data: { meeting: given.meeting, due: given.on } };
    case 'lead and action':
      return { text: given.action, data: { lead, due: given.due } };
    case 'policy question':
      return { text: given.text, data: { level: given.level, due: given.due } };
  }
}

async function findByReference(tx: Tx, municipalityId: string, typed: string) {
  const reference = tidyReference(typed);
  if (!reference) return null;
  return tx.signal.findUnique({
    where: { municipalityId_reference: { municipalityId, reference } },
    select: { id: true, reference: true },
  });
}

async function refuseMerge(
  tx: Tx,
  signal: Signal,
  otherId: string | undefined,
  prefix: string,
  typed: string,
): Promise<Refusal | null> {
  if (!otherId) return { code: isOfOtherTown(prefix, typed) ? 'MERGE.OTHER_TOWN' : 'MERGE.UNKNOWN' };
  if (otherId === signal.id) return { code: 'MERGE.ITSELF' };
  const other = await tx.signal.findUniqueOrThrow({
    where: { municipalityId_id: { municipalityId: signal.municipalityId, id: otherId } },
  });
  const [next, ...further] = await findMergedInto(tx, other);
  if (next) {
    const circle = [next, ...further].some(({ id }) => id === signal.id);
    const { reference } = other;
    return circle
      ? { code: 'MERGE.CIRCLE', reference }
      : { code: 'MERGE.MERGED', reference, into: (further.at(-1) ?? next).reference };
  }
  return ENDED.includes(other.status) ? { code: 'MERGE.ENDED', status: other.status } : null;
}

/**
 * Null when this person may take such a step. Asked of the step, not of the table's row: who withdraws when somebody else was
 * first hears what happened, not that the signal is somebody else's.
 */
export async function refuseUnlessMayStep(
  tx: Db | Tx,
  context: Pick<Working, 'municipality' | 'person' | 'now'>,
  to: SignalStatus,
  signal: Signal,
): Promise<Refusal | null> {
  return to === 'withdrawn'
    ? refuseUnlessAlone(tx, context, signal)
    : refuseUnlessMay(tx, context, 'take a step', signal);
}

/** Withdrawing is for the one person who filed it, while nobody else joined. */
async function refuseUnlessAlone(
  tx: Db | Tx,
  { person }: Pick<Working, 'person'>,
  signal: Signal,
): Promise<Refusal | null> {
  const { municipalityId } = signal;
  const where: Prisma.SignalFilerWhereInput = { municipalityId, signalId: signal.id };
  const filers = await tx.signalFiler.findMany({ where, select: { personId: true } });
  const merged = await tx.signal.count({ where: { municipalityId, mergedIntoId: signal.id } });
  const joined = await tx.endorsement.count({
    where: { municipalityId, signalId: signal.id, undoneAt: null, personId: { not: person.id } },
  });
  const alone = merged + joined === 0 && filers.length === 1 && filers[0]?.personId === person.id;
  return may(person, 'withdraw a signal', alone ? ['filer alone'] : []) ? null : { code: 'SIGNAL.NOT_ALONE' };
}
