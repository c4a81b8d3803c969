import { isOfOtherTown, tidyReference } from '../signals/read-signals.js';
import {
  lockSignal,
  recordEntry,
  refuseUnlessMay,
  type Refusal,
  type StepResult,
  type Working,
} from '../signals/work-on-signal.js';
import type { Signal, Tx } from '../storage/database.js';

/** How a signal is to belong to the other one: a part of it, its whole, just akin, or not at all (any more). */
export const BONDS = ['related', 'part_of', 'has_part', 'none'] as const;
export type Bond = (typeof BONDS)[number];
const MIRROR: Record<Bond, Bond> = { related: 'related', part_of: 'has_part', has_part: 'part_of', none: 'none' };

/** Two signals have one bond at most. It shows on both, and neither's steps touch the other. */
export async function linkSignals(
  context: Working,
  link: { signalId: string; reference: string; bond: Bond },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const { id: municipalityId, reference: prefix } = context.municipality;
    const found = await findOther(tx, municipalityId, prefix, link.reference);
    if ('code' in found) return { ok: false, ...found };
    const signal = await lockSignal(tx, municipalityId, link.signalId, [found.id]);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'split or link signals', signal);
    if (refusal) return { ok: false, ...refusal };
    if (found.id === signal.id) return { ok: false, code: 'LINK.ITSELF' };
    const unfit = await refuseBond(tx, signal, found, link.bond);
    if (unfit) return { ok: false, ...unfit };
    await writeBond(tx, signal, found, link.bond, context.now);
    const other = await tx.signal.findUniqueOrThrow({
      where: { municipalityId_id: { municipalityId, id: found.id } },
    });
    const entry = { kind: 'linked', visibility: 'public', tellFilers: false, inThread: true } as const;
    await recordEntry(tx, context, other, {
      ...entry,
      data: { linked: signal.reference, link: MIRROR[link.bond] },
    });
    return recordEntry(tx, context, signal, { ...entry, data: { linked: other.reference, link: link.bond } });
  });
}

type Found = Pick<Signal, 'id' | 'reference' | 'municipalityId'>;

async function findOther(tx: Tx, municipalityId: string, prefix: string, typed: string): Promise<Found | Refusal> {
  const reference = tidyReference(typed);
  const found = reference
    ? await tx.signal.findUnique({
        where: { municipalityId_reference: { municipalityId, reference } },
        select: { id: true, reference: true, municipalityId: true },
      })
    : null;
  return found ?? { code: isOfOtherTown(prefix, typed) ? 'MERGE.OTHER_TOWN' : 'MERGE.UNKNOWN' };
}

const between = (one: Found, other: Found) => ({
  municipalityId: one.municipalityId,
  OR: [
    { fromId: one.id, toId: other.id },
    { fromId: other.id, toId: one.id },
  ],
});

async function refuseBond(tx: Tx, signal: Signal, other: Found, bond: Bond): Promise<Refusal | null> {
  const present = await tx.signalLink.findFirst({ where: between(signal, other) });
  if (bond === 'none') return present ? null : { code: 'LINK.NONE' };
  const is: Bond | null =
    present && (present.kind === 'related' ? 'related' : present.fromId === signal.id ? 'part_of' : 'has_part');
  if (is === bond) return { code: 'LINK.ALREADY' };
  if (bond === 'related') return null;
  const [part, whole] = bond === 'part_of' ? [signal, other] : [other, signal];
  return (await wholesOf(tx, whole, [part, whole])).has(part.id)
    ? { code: 'LINK.CIRCLE', reference: other.reference }
    : null;
}

/** Every signal that this one is a part of, also by way of others; but not by the bond between these two, which changes. */
async function wholesOf(tx: Tx, { municipalityId, id }: Found, [one, other]: [Found, Found]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE wholes AS (
      SELECT ${id}::uuid AS "id"
      UNION
      SELECT link."toId" FROM "SignalLink" link JOIN wholes ON link."fromId" = wholes."id"
      WHERE link."municipalityId" = ${municipalityId}::uuid AND link."kind" = 'part_of'
        AND NOT (link."fromId" IN (${one.id}::uuid, ${other.id}::uuid) AND link."toId" IN (${one.id}::uuid, ${other.id}::uuid))
    )
    SELECT "id" FROM wholes`;
  return new Set(rows.map((row) => row.id).filter((found) => found !== id));
}

async function writeBond(tx: Tx, signal: Signal, other: Found, bond: Bond, at: Date): Promise<void> {
  await tx.signalLink.deleteMany({ where: between(signal, other) });
  if (bond === 'none') return;
  const [from, to] = bond === 'has_part' ? [other, signal] : [signal, other];
  const kind = bond === 'related' ? 'related' : 'part_of';
  await tx.signalLink.create({
    data: { municipalityId: signal.municipalityId, fromId: from.id, toId: to.id, kind, at },
  });
}
