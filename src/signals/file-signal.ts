import { DateTime } from 'luxon';
import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../chat/feature.js';
import { findCoordinatorId, findRoute } from '../routing/find-route.js';
import { isUniqueViolation, type Prisma, type Signal, type Tx } from '../storage/database.js';
import { cardKey, followKey, receiptKey } from './posts.js';

/** What a worker tells; everything but the first three may be left out. */
export interface SignalDraft {
  title: string;
  description: string;
  /** In the order they were named: the first one's regisseur leads. Empty with `cityWide`. */
  neighbourhoodIds: string[];
  cityWide: boolean;
  cause?: Signal['cause'];
  targetGroup?: string;
  frequency?: Signal['frequency'];
  peopleBand?: Signal['peopleBand'];
  since?: string;
  lifeDomain?: string;
  fundamentalRight?: string;
  alreadyTried?: string;
  consequence?: string;
  suggestedSolution?: string;
  sector?: string;
  organisation?: string;
  acute: boolean;
}

type Filing = Pick<Context, 'db' | 'write' | 'outbox' | 'municipality' | 'person' | 'platform' | 'now'>;

/**
 * Files a signal in one transaction: the signal with its reference, its filer, its route with the reason, its first
 * timeline entry and the messages it causes. When this returns, it is committed.
 *
 * @param formId minted when the form was opened. The same form sent twice gives the same signal, also at once.
 */
export async function fileSignal(context: Filing, formId: string, draft: SignalDraft): Promise<Signal> {
  const municipalityId = context.municipality.id;
  const byForm = { municipalityId_formId: { municipalityId, formId } };
  const filed = await context.db.signal.findUnique({ where: byForm });
  if (filed) return filed;
  try {
    return await context.write((tx) => insertSignal(tx, context, formId, draft));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const sameForm = await context.db.signal.findUnique({ where: byForm });
    if (!sameForm) throw error;
    return sameForm;
  }
}

async function insertSignal(tx: Tx, context: Filing, formId: string, draft: SignalDraft): Promise<Signal> {
  const { municipality, person, now, platform } = context;
  const municipalityId = municipality.id;
  const { neighbourhoodIds, organisation, ...facts } = draft;
  const route = await findRoute(tx, municipality, neighbourhoodIds, now);
  const id = uuidv7();
  const signal = await tx.signal.create({
    data: {
      municipalityId,
      id,
      reference: await nextReference(tx, municipality, now),
      formId,
      ...facts,
      ownerId: route.ownerId,
      route: { ...route.reason } satisfies Prisma.InputJsonObject,
      filedAt: now,
      updatedAt: now,
    },
  });
  await tx.signalNeighbourhood.createMany({
    data: neighbourhoodIds.map((neighbourhoodId, position) => ({
      municipalityId,
      signalId: id,
      neighbourhoodId,
      position,
    })),
  });
  await tx.signalFiler.create({
    data: { municipalityId, signalId: id, personId: person.id, organisation: organisation ?? null, at: now },
  });
  await tx.timelineEntry.create({
    data: {
      municipalityId,
      signalId: id,
      kind: 'filed',
      visibility: 'public',
      toStatus: 'received',
      personId: person.id,
      platform,
      at: now,
    },
  });
  // What the next form starts with.
  await tx.person.update({
    where: { municipalityId_id: { municipalityId, id: person.id } },
    data: {
      lastNeighbourhoodId: neighbourhoodIds[0] ?? null,
      ...(organisation && { organisation }),
      ...(draft.sector && { sector: draft.sector }),
    },
  });
  await context.outbox.post(tx, municipalityId, await postsFor(tx, context, signal, route.followerIds));
  return signal;
}

/** The owner's card, the filer's receipt, and a card without buttons for who follows. */
async function postsFor(tx: Tx, { municipality, person }: Filing, signal: Signal, followerIds: string[]) {
  const coordinatorId = signal.acute ? await findCoordinatorId(tx, municipality.id) : undefined;
  const informed = [...followerIds, ...(coordinatorId ? [coordinatorId] : [])].filter((id) => id !== signal.ownerId);
  const channels = await tx.channel.findMany({
    where: { municipalityId: municipality.id, ownerId: { in: [signal.ownerId, ...informed] } },
    select: { id: true, ownerId: true },
  });
  const params = { signalId: signal.id };
  return [
    ...channels.map((channel) =>
      channel.ownerId === signal.ownerId
        ? { key: cardKey(signal.id), to: { channelId: channel.id }, view: 'signals.card', params }
        : { key: followKey(signal.id, channel.id), to: { channelId: channel.id }, view: 'signals.follow-card', params },
    ),
    { key: receiptKey(signal.id, person.id), to: { personId: person.id }, view: 'signals.receipt', params },
  ];
}

/**
 * G-2026-0042: unique per municipality and year of the municipality's own clock, without gaps. The counter's row is
 * locked until the commit, so filings of one municipality take their number one after the other.
 */
async function nextReference(tx: Tx, municipality: Filing['municipality'], now: Date): Promise<string> {
  const year = DateTime.fromJSDate(now, { zone: municipality.zone }).year;
  const [counter] = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO "ReferenceCounter" ("municipalityId", "year", "last") VALUES (${municipality.id}::uuid, ${year}, 1)
    ON CONFLICT ("municipalityId", "year") DO UPDATE SET "last" = "ReferenceCounter"."last" + 1
    RETURNING "last"`;
  if (!counter) throw new Error('The reference counter gave no number.');
  return `${municipality.reference}-${year}-${String(counter.last).padStart(4, '0')}`;
}
