import type { Card } from '../../chat/card.js';
import type { MessageRef, SendResult } from '../../chat/platform.js';
import type { Place, TeamsMessage } from './connector.js';
import type { TeamsActivity } from './envelope.js';
import { drawingFor, type Means } from './means.js';
import type { Speaker } from './people.js';
import { cardToMessages, viewersOf } from './render/card-to-adaptive.js';
import { connectorFailure, toSendResult } from './teams-errors.js';

/** A pause this short is waited for; an answer that comes later helps nobody. */
const PATIENCE_MS = 3_000;

/** Says something where the person just spoke: in their own chat, or in the thread. */
export async function sayHere(
  means: Means,
  activity: TeamsActivity,
  speaker: Speaker,
  card: Card,
  alone: boolean,
): Promise<void> {
  await say(means, activity.serviceUrl, activity.conversation.id, await draw(means, speaker, card, alone));
}

/** Says something to the person alone, wherever they spoke. @returns false when they cannot be reached there. */
export async function sayApart(means: Means, activity: TeamsActivity, speaker: Speaker, card: Card): Promise<boolean> {
  const { municipalityId, account } = speaker.caller;
  const messages = await draw(means, speaker, card, true);
  return sayDirect(means, municipalityId, account.externalId, placeOf(activity), messages);
}

async function sayDirect(
  means: Means,
  municipalityId: string,
  objectId: string,
  place: Place,
  messages: TeamsMessage[],
): Promise<boolean> {
  const { conversations, connector } = means;
  try {
    const known = await conversations.find(municipalityId, 'person', objectId);
    const chat =
      known ??
      (await conversations.opened(municipalityId, objectId, place, await connector.openDirect(place, objectId)));
    return await say(means, chat.serviceUrl, chat.conversationId, messages);
  } catch (error) {
    means.log.warn({ reason: reasonOf(toSendResult(error)) }, 'somebody cannot be written to apart');
    return false;
  }
}

/** @returns false when Teams did not take it: what was said is kept all the same, only the word about it has nowhere to go. */
export async function say(
  means: Means,
  serviceUrl: string,
  conversationId: string,
  messages: TeamsMessage[],
): Promise<boolean> {
  for (const message of messages) {
    const sent = await sendPatiently(means, serviceUrl, conversationId, message);
    if (!sent.ok) {
      means.log.warn({ reason: reasonOf(sent) }, 'teams took no answer in a conversation');
      return false;
    }
  }
  return true;
}

function sendPatiently(
  means: Means,
  serviceUrl: string,
  conversationId: string,
  message: TeamsMessage,
): Promise<SendResult> {
  return patiently(means, conversationId, () => means.connector.send(serviceUrl, conversationId, message));
}

async function patiently(means: Means, conversationId: string, work: () => Promise<MessageRef>): Promise<SendResult> {
  means.pace.note(conversationId, means.now().getTime());
  const once = async (again = false): Promise<SendResult> => {
    try {
      return { ok: true, ref: await work() };
    } catch (error) {
      // Somebody waits for it: an answer that stands there twice is better than none.
      return !again && connectorFailure(error)?.lost === 'cut' ? once(true) : toSendResult(error);
    }
  };
  const first = await once();
  if (first.ok || first.kind !== 'rate-limited' || first.retryAfterMs > PATIENCE_MS) return first;
  await new Promise((resolve) => setTimeout(resolve, first.retryAfterMs));
  return once();
}

/** Replaces a message of ours that nobody tracks, such as a form in a message. */
export async function replaceHere(
  means: Means,
  activity: TeamsActivity,
  ref: MessageRef,
  message: TeamsMessage,
): Promise<void> {
  const result = await patiently(means, ref.conversationId, async () => {
    await means.connector.update(activity.serviceUrl, ref, message);
    return ref;
  });
  if (result.ok) return;
  means.log.warn({ reason: reasonOf(result) }, 'teams changed no message');
  await say(means, activity.serviceUrl, ref.conversationId, [message]);
}

/** For one reader with their own buttons, or for everybody there. */
async function draw(means: Means, speaker: Speaker, card: Card, alone: boolean): Promise<TeamsMessage[]> {
  return cardToMessages(
    card,
    drawingFor(means, speaker.locale, alone ? await viewerOf(means, speaker, card) : undefined),
  );
}

/** The reader's id, where the card has buttons that are for some only. */
export async function viewerOf({ people }: Means, { caller }: Speaker, card: Card): Promise<string | undefined> {
  return viewersOf(card).length > 0 ? people.personId(caller) : undefined;
}

function placeOf(activity: TeamsActivity): Place {
  return {
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient.id,
    tenantId: activity.channelData?.tenant?.id ?? activity.conversation.tenantId ?? undefined,
  };
}

const reasonOf = (result: SendResult): string =>
  result.ok || result.kind === 'rate-limited' ? 'TEAMS.RATE_LIMITED' : result.reason;
