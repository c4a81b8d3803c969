import type { MessageRef, OutgoingMessage, Platform, SendResult } from '../../chat/platform.js';
import type { Place, TeamsMessage } from './connector.js';
import { channelOf } from './envelope.js';
import { explainFailure } from './failure-texts.js';
import { refreshersOf } from './invokes.js';
import { drawingFor, type Means } from './means.js';
import { cardToMessage, viewersOf } from './render/card-to-adaptive.js';
import { isGoneForGood, toSendResult } from './teams-errors.js';

/** The outbound half: messages and cards that must arrive. */
export function createPlatform(means: Means): Platform {
  const { connector, conversations, pace, db, now } = means;
  /** The same delivery sent twice at once is one message. */
  const underWay = new Map<string, Promise<SendResult>>();

  /** A person sees their own buttons; in a channel Teams asks for each viewer's card when they look at it. */
  async function render({ municipalityId, card, locale, to }: OutgoingMessage, place: Place): Promise<TeamsMessage> {
    const viewers = viewersOf(card);
    if (viewers.length === 0) return cardToMessage(card, drawingFor(means, locale));
    // The emulator never asks for anybody's own card, and one person types in it: a press is checked all the same.
    if (means.emulator && to.kind === 'channel') return cardToMessage(card, drawingFor(means, locale, viewers[0]));
    if (to.kind === 'channel') {
      const where = { serviceUrl: place.serviceUrl, conversationId: to.externalId };
      const refreshFor = await refreshersOf(means, viewers, where);
      return cardToMessage(card, { ...drawingFor(means, locale), refreshFor });
    }
    const account = await db.account.findUnique({
      where: { municipalityId_platform_externalId: { municipalityId, platform: 'teams', externalId: to.externalId } },
      select: { personId: true },
    });
    return cardToMessage(card, drawingFor(means, locale, account?.personId));
  }

  async function placeOf({ municipalityId, to }: OutgoingMessage): Promise<Place | undefined> {
    const known = await conversations.find(municipalityId, to.kind, to.externalId);
    if (known) return known;
    if (to.kind === 'person') return conversations.findPlace(municipalityId);
    const address = await db.channelAddress.findUnique({
      where: { municipalityId_platform_externalId: { municipalityId, platform: 'teams', externalId: to.externalId } },
      select: { groupId: true },
    });
    return conversations.findPlace(municipalityId, address?.groupId ?? undefined);
  }

  async function directWith({ municipalityId, to }: OutgoingMessage, place: Place): Promise<string> {
    const known = await conversations.find(municipalityId, 'person', to.externalId);
    if (known) return known.conversationId;
    const conversationId = await connector.openDirect(place, to.externalId);
    await conversations.opened(municipalityId, to.externalId, place, conversationId);
    return conversationId;
  }

  /** Turns what goes wrong into what delivery makes of it, and forgets an address that is worth nothing any more. */
  async function attempt(message: OutgoingMessage, work: () => Promise<MessageRef>): Promise<SendResult> {
    try {
      return { ok: true, ref: await work() };
    } catch (error) {
      const result = toSendResult(error);
      const { municipalityId, to } = message;
      if (isGoneForGood(result) && !message.thread) await conversations.forget(municipalityId, to.kind, to.externalId);
      return result;
    }
  }

  /** Does it if this conversation takes another message now; otherwise says when it will. */
  async function inTurn(key: string, work: () => Promise<SendResult>): Promise<SendResult> {
    const takenAt = now().getTime();
    const retryAfterMs = pace.take(key, takenAt);
    if (retryAfterMs > 0) return { ok: false, kind: 'rate-limited', retryAfterMs };
    return work().finally(() => pace.answered(key, takenAt, now().getTime()));
  }

  async function post(message: OutgoingMessage): Promise<SendResult> {
    const { to, thread } = message;
    const place = await placeOf(message);
    if (!place) return { ok: false, kind: 'rejected', reason: 'TEAMS.NO_PLACE', unreachable: true };
    return inTurn(thread?.conversationId ?? to.externalId, () => postAt(place, message));
  }

  async function postAt(place: Place, message: OutgoingMessage): Promise<SendResult> {
    const { to, thread } = message;
    const drawn = await render(message, place);
    const anew = () =>
      attempt(message, async () =>
        to.kind === 'channel'
          ? connector.post(place, to.externalId, drawn)
          : connector.send(place.serviceUrl, await directWith(message, place), drawn),
      );
    if (!thread) return anew();
    const threaded = await attempt(message, () => connector.send(place.serviceUrl, thread.conversationId, drawn));
    // Its thread is gone: it is said in the conversation then.
    const lost = !threaded.ok && threaded.kind === 'rejected' && threaded.reason === 'TEAMS.CONVERSATION_NOT_FOUND';
    return lost ? anew() : threaded;
  }

  return {
    name: 'teams',
    explain: explainFailure,

    send(message) {
      const first = underWay.get(message.deliveryId);
      if (first) return first;
      const sending = post(message).finally(() => underWay.delete(message.deliveryId));
      underWay.set(message.deliveryId, sending);
      return sending;
    },

    async update(ref, message) {
      // It may stand elsewhere than where it was meant for.
      const { municipalityId } = message;
      const standsAt = await conversations.find(municipalityId, 'channel', channelOf(ref.conversationId));
      const place = standsAt ?? (await placeOf(message));
      if (!place) return { ok: false, kind: 'rejected', reason: 'TEAMS.NO_PLACE', unreachable: true };
      return inTurn(ref.conversationId, async () => {
        const drawn = await render(message, place);
        return attempt(message, async () => {
          await connector.update(place.serviceUrl, ref, drawn);
          return ref;
        });
      });
    },

    // Teams keeps nothing of ours with a message and lets a bot read no history: nobody can tell.
    find: () => Promise.resolve('unknowable'),
  };
}
