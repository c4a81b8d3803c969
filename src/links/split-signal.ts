import { localDay } from '../calendar/local-day.js';
import { v7 as uuidv7 } from 'uuid';
import type { Post } from '../chat/feature.js';
import { SIGNAL_FILED } from '../signals/events.js';
import { takeReference } from '../signals/filing/insert-signal.js';
import { cardKey, findFilers, followKey, noticePosts, receiptKey } from '../signals/posts.js';
import { keysUnder } from '../storage/keys-under.js';
import { ENDED } from '../signals/transitions.js';
import {
  lockSignal,
  recordEntry,
  refuseIfChanged,
  refuseUnlessMay,
  type StepResult,
  type Working,
} from '../signals/work-on-signal.js';
import { Prisma, type Signal, type Tx } from '../storage/database.js';

export interface Part {
  title: string;
  description: string;
}

/**
 * Makes a signal of each part, beside the one they come from: with its places, its owner and all of its filers, who are
 * told, and a way of their own from `received` on. The signal that is split stays as it is, and what happens to it later
 * happens to no part.
 *
 * @param split.formId becomes the first part's: sent twice, the form makes the parts once.
 */
export async function splitSignal(
  context: Working,
  split: { signalId: string; seenVersion: number; parts: [Part, ...Part[]]; why: string; formId: string },
): Promise<StepResult & { references?: string[] }> {
  return context.write(async (tx): Promise<StepResult & { references?: string[] }> => {
    const municipalityId = context.municipality.id;
    const whole = await lockSignal(tx, municipalityId, split.signalId);
    if (!whole) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal =
      (await refuseUnlessMay(tx, context, 'split or link signals', whole)) ??
      (await refuseIfChanged(tx, whole, split.seenVersion));
    if (refusal) return { ok: false, ...refusal };
    if (ENDED.includes(whole.status)) return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: whole.status };
    const references: string[] = [];
    for (const [index, part] of split.parts.entries()) {
      const formId = index === 0 ? split.formId : uuidv7();
      references.push(await insertPart(tx, context, whole, { ...part, formId, why: split.why }));
    }
    const recorded = await recordEntry(tx, context, whole, {
      kind: 'split',
      visibility: 'public',
      text: split.why,
      data: { parts: references.join(', ') },
      tellFilers: true,
      inThread: true,
    });
    return { ...recorded, references };
  });
}

async function insertPart(
  tx: Tx,
  context: Working,
  whole: Signal,
  { title, description, formId, why }: Part & { formId: string; why: string },
): Promise<string> {
  const { municipality, person, now, platform, outbox } = context;
  const municipalityId = municipality.id;
  const reference = await takeReference(tx, municipality, now);
  const id = uuidv7();
  const key = { municipalityId, signalId: id };
  // Everything the filers told of the whole holds for its parts; what has happened to the whole does not.
  await tx.signal.create({
    data: {
      municipalityId,
      id,
      reference,
      formId,
      title,
      description,
      cause: whole.cause,
      targetGroup: whole.targetGroup,
      frequency: whole.frequency,
      peopleBand: whole.peopleBand,
      since: whole.since,
      cityWide: whole.cityWide,
      lifeDomain: whole.lifeDomain,
      fundamentalRight: whole.fundamentalRight,
      sector: whole.sector,
      acute: whole.acute,
      ownerId: whole.ownerId,
      route: whole.route ?? Prisma.JsonNull,
      clockFrom: localDay(now, municipality.zone),
      filedAt: now,
      updatedAt: now,
    },
  });
  const places = await tx.signalNeighbourhood.findMany({ where: { municipalityId, signalId: whole.id } });
  await tx.signalNeighbourhood.createMany({ data: places.map((place) => ({ ...place, signalId: id })) });
  const filerIds = await findFilers(tx, municipalityId, whole.id);
  const organisations = new Map(
    (await tx.signalFiler.findMany({ where: { municipalityId, signalId: whole.id } })).map((filer) => [
      filer.personId,
      filer.organisation,
    ]),
  );
  await tx.signalFiler.createMany({
    data: filerIds.map((personId) => ({
      ...key,
      personId,
      organisation: organisations.get(personId) ?? null,
      at: now,
    })),
  });
  await tx.signalLink.create({ data: { municipalityId, fromId: id, toId: whole.id, kind: 'part_of', at: now } });
  const entry = await tx.timelineEntry.create({
    data: {
      ...key,
      id: uuidv7(),
      kind: 'split',
      visibility: 'public',
      toStatus: 'received',
      personId: person.id,
      platform,
      text: why,
      data: { splitFrom: whole.reference },
      at: now,
    },
  });
  const posts = [...(await cardPosts(tx, whole, id)), ...noticePosts(entry, filerIds, person.id, whole.acute)];
  // The receipt shows how far each part is, like every other.
  const receipts = filerIds.map((personId): Post => ({
    key: receiptKey(id, personId),
    to: { personId },
    view: 'signals.receipt',
    params: { signalId: id },
  }));
  // For who listens it came in, like any other.
  await outbox.post(tx, municipalityId, [...posts, ...receipts], [{ event: SIGNAL_FILED, params: { signalId: id } }]);
  return reference;
}

/** A card where the whole has one. */
async function cardPosts(tx: Tx, whole: Signal, id: string): Promise<Post[]> {
  const { municipalityId } = whole;
  const channel = await tx.channel.findUnique({
    where: { municipalityId_ownerId: { municipalityId, ownerId: whole.ownerId } },
  });
  const follows = await tx.delivery.findMany({
    where: { municipalityId, key: keysUnder(`follow:${whole.id}`), channelId: { not: null } },
    select: { channelId: true },
  });
  const params = { signalId: id };
  return [
    ...(channel ? [{ key: cardKey(id), to: { channelId: channel.id }, view: 'signals.card', params }] : []),
    ...follows.flatMap(({ channelId }) =>
      channelId ? [{ key: followKey(id, channelId), to: { channelId }, view: 'signals.follow-card', params }] : [],
    ),
  ];
}
