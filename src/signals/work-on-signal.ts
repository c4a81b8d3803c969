import { v7 as uuidv7 } from 'uuid';
import { localDay } from '../calendar/local-day.js';
import type { Context } from '../chat/feature.js';
import type { Surface } from '../chat/platform.js';
import { mayOnSignal } from '../people/relations.js';
import type { Permission } from '../people/roles.js';
import type { Db, Prisma, Signal, SignalStatus, TimelineEntry, Tx } from '../storage/database.js';
import { SIGNAL_REWORDED, SIGNAL_WENT_ON } from './events.js';
import { clockAfterStep } from './clock.js';
import { findFilers, liveKeys, noticePosts, threadPost } from './posts.js';
import type { EntryData } from './step-inputs.js';

/** Why a step was refused; the words for each stand in `texts.ts` under `refused.<code>`. */
export type Refusal =
  | { code: 'SIGNAL.GONE' }
  | { code: 'SIGNAL.NOT_YOURS'; ownerName: string }
  /** Somebody was first. */
  | { code: 'SIGNAL.CHANGED'; byName: string; status: SignalStatus; ownerName?: string }
  | { code: 'SIGNAL.NOT_POSSIBLE'; status: SignalStatus }
  | { code: 'SIGNAL.NOT_ALONE' }
  | { code: 'SIGNAL.NOTHING_TO_CORRECT' }
  | { code: 'MERGE.UNKNOWN' }
  | { code: 'MERGE.ITSELF' }
  | { code: 'MERGE.OTHER_TOWN' }
  /** The other signal is merged into this one, directly or by way of others. */
  | { code: 'MERGE.CIRCLE'; reference: string }
  | { code: 'MERGE.MERGED'; reference: string; into: string }
  | { code: 'MERGE.ENDED'; status: SignalStatus }
  | { code: 'TRANSFER.UNKNOWN' }
  | { code: 'TRANSFER.INACTIVE'; name: string }
  | { code: 'TRANSFER.NO_REGISSEUR'; name: string }
  | { code: 'TRANSFER.SAME'; name: string }
  | { code: 'LINK.ITSELF' }
  | { code: 'LINK.CIRCLE'; reference: string }
  | { code: 'LINK.ALREADY' }
  | { code: 'LINK.NONE' }
  | { code: 'TASK.NOT_YOURS' }
  | { code: 'TASK.DONE' }
  | { code: 'TASK.INACTIVE'; name: string }
  /** A lead gives actions to who works with them. */
  | { code: 'TASK.OTHER_ORGANISATION'; name: string }
  | { code: 'PARTNER.NOTHING_OPEN' };

export type StepResult = { ok: true; signal: Signal; entry: TimelineEntry } | ({ ok: false } & Refusal);

export type Working = Pick<Context, 'write' | 'outbox' | 'municipality' | 'person' | 'platform' | 'now'>;

/**
 * Locks the signal for the rest of the transaction: of two people acting at once the second waits, then sees what the
 * first did.
 *
 * @param alsoLock other signals the step touches; all are locked in one order, so two merges cannot wait for each other.
 */
export async function lockSignal(
  tx: Tx,
  municipalityId: string,
  signalId: string,
  alsoLock: string[] = [],
): Promise<Signal | null> {
  const ids = [signalId, ...alsoLock];
  await tx.$queryRaw`
    SELECT "id" FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ANY(${ids}::uuid[])
    ORDER BY "id" FOR UPDATE`;
  return tx.signal.findUnique({ where: { municipalityId_id: { municipalityId, id: signalId } } });
}

/** Null when this person may do this with the signal; otherwise the refusal, naming who may. */
export async function refuseUnlessMay(
  tx: Db | Tx,
  context: Pick<Working, 'municipality' | 'person' | 'now'>,
  action: Permission,
  signal: Signal,
): Promise<Refusal | null> {
  const { municipality, person, now } = context;
  const others = signal.leadId === person.id ? (['lead'] as const) : [];
  if (await mayOnSignal(tx, municipality, person, action, signal.ownerId, now, others)) return null;
  return { code: 'SIGNAL.NOT_YOURS', ownerName: await nameOf(tx, municipality.id, signal.ownerId) };
}

/** Null when the signal is as the person saw it; otherwise who changed it meanwhile. */
export async function refuseIfChanged(tx: Db | Tx, signal: Signal, seenVersion: number): Promise<Refusal | null> {
  if (signal.version === seenVersion) return null;
  const last = await tx.timelineEntry.findFirst({
    where: {
      municipalityId: signal.municipalityId,
      signalId: signal.id,
      OR: [{ toStatus: { not: null } }, { kind: 'transferred' }],
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    include: { person: { select: { name: true } } },
  });
  const moved = last?.kind === 'transferred';
  return {
    code: 'SIGNAL.CHANGED',
    byName: last?.person?.name ?? '',
    status: signal.status,
    ...(moved && { ownerName: await nameOf(tx, signal.municipalityId, signal.ownerId) }),
  };
}

async function nameOf(tx: Db | Tx, municipalityId: string, personId: string): Promise<string> {
  const person = await tx.person.findUnique({
    where: { municipalityId_id: { municipalityId, id: personId } },
    select: { name: true },
  });
  return person?.name ?? '';
}

/** What an entry adds to the timeline, and who hears of it. */
export interface NewEntry {
  kind: TimelineEntry['kind'];
  visibility: TimelineEntry['visibility'];
  toStatus?: SignalStatus;
  text?: string;
  data?: EntryData;
  /** All filers get a notice. */
  tellFilers: boolean;
  /** It appears in the thread under the owner's card. */
  inThread: boolean;
  /** Columns that change with it. */
  change?: Prisma.SignalUncheckedUpdateInput;
}

/**
 * Appends one entry to a locked signal's timeline, changes the signal with it, and writes every message it causes.
 * The one way a signal changes after it was filed.
 *
 * @param context.person null: nobody with an account did it, but the system or a partner.
 */
export async function recordEntry(
  tx: Tx,
  context: Omit<Working, 'person' | 'write' | 'platform'> & {
    person: Pick<Working['person'], 'id'> | null;
    platform: Surface | 'system';
  },
  signal: Signal,
  added: NewEntry,
): Promise<{ ok: true; signal: Signal; entry: TimelineEntry }> {
  const { municipality, person, platform, now, outbox } = context;
  const municipalityId = municipality.id;
  const steps = added.toStatus !== undefined;
  const entry = await tx.timelineEntry.create({
    data: {
      municipalityId,
      id: uuidv7(),
      signalId: signal.id,
      kind: added.kind,
      visibility: added.visibility,
      fromStatus: steps ? signal.status : null,
      toStatus: added.toStatus ?? null,
      personId: person?.id ?? null,
      platform,
      text: added.text ?? null,
      ...(added.data && { data: { ...added.data } }),
      at: now,
    },
  });
  const changed = await tx.signal.update({
    where: { municipalityId_id: { municipalityId, id: signal.id } },
    data: {
      updatedAt: now,
      ...(added.toStatus !== undefined && {
        status: added.toStatus,
        version: { increment: 1 },
        ...clockAfterStep(signal, added.toStatus, { agreed: added.data?.due, today: localDay(now, municipality.zone) }),
      }),
      ...added.change,
    },
  });
  const filers = added.tellFilers ? await findFilers(tx, municipalityId, signal.id) : [];
  const channel = added.inThread
    ? await tx.channel.findUnique({ where: { municipalityId_ownerId: { municipalityId, ownerId: signal.ownerId } } })
    : null;
  const everyoneMayKnow = added.visibility === 'public' || steps;
  await outbox.post(
    tx,
    municipalityId,
    [...noticePosts(entry, filers, person?.id, changed.acute), ...(channel ? [threadPost(entry, channel.id)] : [])],
    [...(everyoneMayKnow ? [SIGNAL_WENT_ON] : []), ...(added.data?.before ? [SIGNAL_REWORDED] : [])].map((event) => ({
      event,
      params: { signalId: signal.id, entryId: entry.id },
    })),
  );
  await outbox.refresh(tx, municipalityId, await liveKeys(tx, municipalityId, signal.id));
  return { ok: true, signal: changed, entry };
}
