import type { MessageView, MunicipalityInfo, ViewContext } from '../chat/feature.js';
import type { MessageRef, OutgoingMessage, Platform, SendResult } from '../chat/platform.js';
import { toLocale } from '../chat/texts.js';
import type { Db } from '../storage/database.js';
import type { DeliveryJob } from './queue.js';

export interface DeliverDependencies {
  db: Db;
  platforms: Map<string, Platform>;
  messages: Map<string, MessageView>;
  municipality(id: string): Promise<MunicipalityInfo>;
  now(): Date;
  url(path: string): string;
}

export type DeliveryOutcome =
  | 'done'
  /** Try the same again later; on the last try it goes to the failed list with this reason. */
  | { again: string }
  /** Not before this time. */
  | { later: Date }
  /** In the failed list, with its reason. */
  | 'failed';

/**
 * Brings one message in line with the database: sends it when it was not sent, edits it in place when it was.
 * Safe to repeat and to run twice at once: a send whose outcome is unknown is looked up before it is repeated, and an
 * edit that was overtaken by a newer one is done again.
 */
export async function deliver(dependencies: DeliverDependencies, job: DeliveryJob): Promise<DeliveryOutcome> {
  const { db } = dependencies;
  const id = { municipalityId_id: { municipalityId: job.municipalityId, id: job.deliveryId } };
  const delivery = await db.delivery.findUnique({
    where: id,
    include: { person: { include: { accounts: true } }, channel: { include: { addresses: true, owner: true } } },
  });
  if (!delivery) return 'done';
  const wanted = delivery.wanted;
  if (delivery.rendered >= wanted && delivery.status === 'sent') return 'done';

  const fail = async (reason: string): Promise<DeliveryOutcome> => {
    await db.delivery.update({ where: id, data: { status: 'failed', failure: reason } });
    return 'failed';
  };

  const view = dependencies.messages.get(delivery.view);
  if (!view) return fail('VIEW_GONE');
  const place = choosePlace(delivery, dependencies.platforms);
  if (!place) return fail('NO_ADDRESS');
  const { platform, to } = place;

  let thread: MessageRef | undefined;
  if (delivery.threadKey) {
    const root = await db.delivery.findUnique({
      where: { municipalityId_key: { municipalityId: job.municipalityId, key: delivery.threadKey } },
    });
    if (root?.status === 'waiting') return { again: 'THREAD_NOT_SENT' };
    thread = sentRef(root) && root?.platform === platform.name ? sentRef(root) : undefined;
  }

  const municipality = await dependencies.municipality(job.municipalityId);
  const reader = delivery.person ?? delivery.channel?.owner;
  const locale = reader?.locale ? toLocale(reader.locale) : municipality.locale;
  const context: ViewContext = { db, now: dependencies.now(), municipality, locale, url: dependencies.url };
  const card = await view.render(context, delivery.params);
  if (!card) {
    await db.delivery.update({ where: id, data: { rendered: wanted, status: 'sent' } });
    return 'done';
  }
  const message: OutgoingMessage = {
    municipalityId: job.municipalityId,
    deliveryId: delivery.id,
    to,
    card,
    locale,
    ...(thread && { thread }),
  };

  const known = sentRef(delivery);
  const result = known
    ? await platform.update(known, message)
    : await sendOnce(dependencies, delivery, platform, message);
  if (result.ok) {
    const data = { status: 'sent' as const, failure: null, platform: platform.name, ...result.ref };
    const { count } = await db.delivery.updateMany({
      where: { municipalityId: job.municipalityId, id: delivery.id, rendered: { lte: wanted } },
      data: { ...data, rendered: wanted, sentAt: delivery.sentAt ?? dependencies.now() },
    });
    // A newer edit finished first and ours went over it: once more, at once.
    return count === 1 ? 'done' : { later: dependencies.now() };
  }
  switch (result.kind) {
    case 'rate-limited':
      return { later: new Date(dependencies.now().getTime() + result.retryAfterMs) };
    case 'ambiguous':
      return { again: result.reason };
    case 'rejected':
      return fail(result.reason);
  }
}

/** Marks the attempt before the call, so that a crash in between is seen by the next try. */
async function sendOnce(
  { db, now }: DeliverDependencies,
  delivery: { id: string; municipalityId: string; attemptedAt: Date | null },
  platform: Platform,
  message: OutgoingMessage,
): Promise<SendResult> {
  if (delivery.attemptedAt) {
    const found = await platform.find(message);
    if (found && found !== 'not-found') return { ok: true, ref: found };
  } else {
    await db.delivery.update({
      where: { municipalityId_id: { municipalityId: delivery.municipalityId, id: delivery.id } },
      data: { attemptedAt: now() },
    });
  }
  return platform.send(message);
}

function sentRef(delivery: { conversationId: string | null; messageId: string | null } | null): MessageRef | undefined {
  return delivery?.conversationId && delivery.messageId
    ? { conversationId: delivery.conversationId, messageId: delivery.messageId }
    : undefined;
}

interface Addressed {
  platform: string | null;
  person: { accounts: { platform: string; externalId: string; lastUsedAt: Date | null }[] } | null;
  channel: { addresses: { platform: string; externalId: string }[] } | null;
}

/** The platform the message already stands on; otherwise the one the person used last, or the channel's first. */
function choosePlace(delivery: Addressed, platforms: Map<string, Platform>) {
  const kind = delivery.person ? ('person' as const) : ('channel' as const);
  const addresses: { platform: string; externalId: string; lastUsedAt?: Date | null }[] =
    delivery.person?.accounts ?? delivery.channel?.addresses ?? [];
  const live = addresses
    .filter(({ platform }) => platforms.has(platform) && (!delivery.platform || delivery.platform === platform))
    .sort((a, b) => (b.lastUsedAt?.getTime() ?? 0) - (a.lastUsedAt?.getTime() ?? 0));
  const chosen = live[0];
  const platform = chosen && platforms.get(chosen.platform);
  return platform && { platform, to: { kind, externalId: chosen.externalId } };
}
