import type { Card } from '../chat/card.js';
import type { MessageView, MunicipalityInfo, ViewContext } from '../chat/feature.js';
import { UNCERTAIN, type OutgoingMessage, type Platform, type SendResult } from '../chat/platform.js';
import { inOwnWords } from '../chat/own-words.js';
import { mayTell, stopPath, withStopButton, type Subscription } from '../chat/subscriptions.js';
import { toLocale } from '../chat/texts.js';
import type { Db, Prisma } from '../storage/database.js';
import { findDetours, findPlaces, sentRef, type Place } from './find-places.js';
import type { DeliveryJob } from './queue.js';
import { endOfQuietHours } from './quiet-hours.js';
import { deliveryTexts } from './texts.js';

export interface DeliverDependencies {
  db: Db;
  platforms: Map<string, Platform>;
  messages: Map<string, MessageView>;
  municipality(id: string): Promise<MunicipalityInfo>;
  now(): Date;
  url(path: string, signed?: 'signed'): string;
  /** With the key of the forms: what is sent here is typed there. */
  oneTimeCode(id: string): string;
}

export type DeliveryOutcome =
  | 'done'
  /**
   * Try the same again later; on the last try it goes to the failed list with this reason. With `pause`, its platform did not
   * answer: the rest of that conversation need not find that out message by message.
   */
  | { again: string; pause?: true }
  /** Not before this time; with `pause`, nothing else in that conversation either. */
  | { later: Date; pause?: true }
  /** In the failed list, with its reason. */
  | 'failed';

/**
 * Brings one message in line with the database: sends it when it was not sent, edits it in place when it was.
 * Safe to repeat and to run twice at once: a send whose outcome is unknown is looked up before it is repeated, and an
 * edit that was overtaken by a newer one is done again. What cannot reach its channel goes to the coordinator's, and
 * otherwise stands in the failed list: it is never lost in silence.
 */
export async function deliver(dependencies: DeliverDependencies, job: DeliveryJob): Promise<DeliveryOutcome> {
  const { db, platforms } = dependencies;
  const delivery = await readDelivery(db, job);
  // Cancelled, or held back: releasing it brings a job of its own.
  if (!delivery || delivery.status === 'held') return 'done';
  const { wanted } = delivery;
  if (delivery.rendered >= wanted && delivery.status === 'sent') return 'done';
  const change = (data: Prisma.DeliveryUncheckedUpdateInput) => db.delivery.update({ where: keyOf(job), data });
  const fail = async (reason: string): Promise<DeliveryOutcome> => {
    await change({ status: 'failed', failure: reason });
    return 'failed';
  };

  const view = dependencies.messages.get(delivery.view);
  if (!view) return fail('VIEW_GONE');
  const own = findPlaces(delivery, platforms);
  const known = sentRef(delivery);
  const standsOn = known && delivery.platform ? platforms.get(delivery.platform) : undefined;
  if (own.length === 0 && !standsOn) return fail('NO_ADDRESS');
  const root = delivery.threadKey ? await findRoot(db, job.municipalityId, delivery.threadKey) : null;
  if (root?.status === 'waiting') return { again: 'THREAD_NOT_SENT' };

  const municipality = await dependencies.municipality(job.municipalityId);
  const { person } = delivery;
  // What stands somewhere is only edited: nobody is woken by that.
  if (person && !known) {
    if (view.subscription && !mayTell(person, view.subscription)) {
      await change({ rendered: wanted, status: 'sent' });
      return 'done';
    }
    const wakes = delivery.urgent ? undefined : endOfQuietHours(dependencies.now(), municipality.zone, person);
    if (wakes) return { later: wakes };
  }
  const reader = delivery.person ?? delivery.channel?.owner;
  const locale = reader?.locale ? toLocale(reader.locale) : municipality.locale;
  const { url, oneTimeCode } = dependencies;
  const context: ViewContext = { db, now: dependencies.now(), municipality, locale, url, oneTimeCode };
  const { ownWords } = municipality;
  const rendered = await inOwnWords(ownWords, () => view.render(context, delivery.params));
  if (!rendered) {
    await change({ rendered: wanted, status: 'sent' });
    return 'done';
  }
  const { subscription } = view;
  const card =
    person && subscription ? inOwnWords(ownWords, () => withStopButton(rendered, subscription, locale)) : rendered;
  const messageFor = (place: Place, detour: string | null): OutgoingMessage => {
    const thread = root?.platform === place.platform.name ? sentRef(root) : undefined;
    return {
      municipalityId: job.municipalityId,
      deliveryId: delivery.id,
      to: place.to,
      // In a thread the first message has said so.
      card: detour && !thread ? withDetour(card, delivery.channel?.name ?? '', detour, place.platform, locale) : card,
      locale,
      ...(thread && { thread }),
      ...(person && view.subscription && { unsubscribe: unsubscribeUrl(dependencies, person, view.subscription) }),
    };
  };

  /** Before this run: whatever came of it may stand somewhere. */
  let attempted = delivery.attemptedAt !== null;
  let result: SendResult | undefined;
  let arrived: { place: Place; detour: string | null } | undefined;
  if (known && standsOn) {
    const to = own[0]?.to ?? { kind: delivery.person ? 'person' : 'channel', externalId: known.conversationId };
    const place: Place = { platform: standsOn, to, detour: delivery.detour !== null };
    result = await standsOn.update(known, messageFor(place, delivery.detour));
    if (result.ok) arrived = { place, detour: delivery.detour };
    // Gone from where it stood, or that place closed: from here on it was never sent.
    else if (result.kind === 'rejected' && (result.gone || result.unreachable)) {
      await change({ conversationId: null, messageId: null, attemptedAt: null });
      attempted = false;
    } else return outcomeOf(result, dependencies, fail);
  }

  let claimed = attempted;
  let refused: string | undefined;
  const places = [...own];
  for (let index = 0; !arrived && index < places.length; index += 1) {
    const place = places[index] as Place;
    const detour = place.detour ? (refused ?? null) : null;
    // Held or cancelled in the meantime: releasing it brings a job of its own.
    if (!claimed && !(await claim(db, job, dependencies.now()))) return 'done';
    claimed = true;
    result = await sendOnce(place.platform, messageFor(place, detour), attempted);
    if (result.ok) arrived = { place, detour };
    else if (result.kind === 'refused-now') {
      await change({ attemptedAt: null });
      return { again: result.reason, pause: true };
    } else if (result.kind !== 'rejected' || !result.unreachable) {
      // Certainly not taken: the next try need not wonder whether it was.
      const certain = result.kind === 'rate-limited' || (result.kind === 'rejected' && result.reason !== UNCERTAIN);
      if (certain && !attempted) await change({ attemptedAt: null });
      return outcomeOf(result, dependencies, fail);
    } else {
      refused ??= result.reason;
      if (index === own.length - 1) places.push(...(await findDetours(db, delivery, platforms)));
    }
  }
  if (!arrived || !result?.ok) {
    if (refused !== undefined && !attempted) await change({ attemptedAt: null });
    return fail(refused ?? 'NO_ADDRESS');
  }

  const { count } = await db.delivery.updateMany({
    where: { municipalityId: job.municipalityId, id: delivery.id, rendered: { lte: wanted } },
    data: {
      ...result.ref,
      status: 'sent',
      failure: null,
      platform: arrived.place.platform.name,
      detour: arrived.detour,
      rendered: wanted,
      sentAt: delivery.sentAt ?? dependencies.now(),
    },
  });
  // A newer edit finished first and ours went over it: once more, at once.
  return count === 1 ? 'done' : { later: dependencies.now() };
}

function unsubscribeUrl(
  { url }: DeliverDependencies,
  person: { municipalityId: string; id: string },
  subscription: Subscription,
): string {
  return url(stopPath({ ...person, kind: subscription.id }), 'signed');
}

const keyOf = (job: DeliveryJob) => ({
  municipalityId_id: { municipalityId: job.municipalityId, id: job.deliveryId },
});

function readDelivery(db: Db, job: DeliveryJob) {
  return db.delivery.findUnique({
    where: keyOf(job),
    include: {
      person: { include: { accounts: true, choices: true } },
      channel: { include: { addresses: true, owner: true } },
    },
  });
}

/** Marks that a platform is about to be called; false when the message is not to be sent any more. */
async function claim(db: Db, { municipalityId, deliveryId }: DeliveryJob, now: Date): Promise<boolean> {
  const { count } = await db.delivery.updateMany({
    where: { municipalityId, id: deliveryId, status: { not: 'held' } },
    data: { attemptedAt: now },
  });
  return count === 1;
}

function findRoot(db: Db, municipalityId: string, key: string) {
  return db.delivery.findUnique({ where: { municipalityId_key: { municipalityId, key } } });
}

/** The attempt was marked before the call, so that a crash in between is seen by the next try. */
async function sendOnce(platform: Platform, message: OutgoingMessage, attempted: boolean): Promise<SendResult> {
  if (attempted) {
    const found = await platform.find(message);
    if (found === 'ask-later') return { ok: false, kind: 'ambiguous', reason: 'LOOK_UP_FAILED' };
    if (found === 'unknowable') return { ok: false, kind: 'rejected', reason: UNCERTAIN };
    if (found && found !== 'not-found') return { ok: true, ref: found };
  }
  return platform.send(message);
}

async function outcomeOf(
  result: SendResult & { ok: false },
  { now }: DeliverDependencies,
  fail: (reason: string) => Promise<DeliveryOutcome>,
): Promise<DeliveryOutcome> {
  switch (result.kind) {
    case 'rate-limited':
      return { later: new Date(now().getTime() + result.retryAfterMs), pause: true };
    case 'ambiguous':
    case 'refused-now':
      return { again: result.reason, pause: true };
    case 'rejected':
      return fail(result.reason);
  }
}

function withDetour(
  card: Card,
  channel: string,
  reason: string,
  platform: Platform,
  locale: ViewContext['locale'],
): Card {
  const words = platform.explain?.(reason, locale) ?? reason;
  const text = deliveryTexts(locale)('detour', { channel, reason: words });
  return { ...card, parts: [{ kind: 'text', style: 'subtle', text }, ...card.parts] };
}
