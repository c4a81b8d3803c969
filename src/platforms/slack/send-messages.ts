import type { MessageRef, OutgoingMessage, Platform, SendResult } from '../../chat/platform.js';
import { explainFailure } from './failure-texts.js';
import { cardToMessage } from './render/card-to-block-kit.js';
import { platformError, toSendResult } from './slack-errors.js';
import { DELIVERY_METADATA, type ReadMessage } from './web-api.js';
import type { Workspace, Workspaces } from './workspaces.js';

/** How far back an attempt whose answer was lost is looked for; the queue gives up within a day. */
const LOOK_BACK_MS = 26 * 3_600_000;

/** The outbound half: messages and cards that must arrive. */
export function createPlatform(options: { workspaces: Workspaces; baseUrl(): string; now(): Date }): Platform {
  const { workspaces, baseUrl, now } = options;
  /** The same delivery sent twice at once is one message. */
  const underWay = new Map<string, Promise<SendResult>>();
  /** Direct message by person: it stays the same for good. */
  const directs = new Map<string, string>();

  const render = ({ card, locale }: OutgoingMessage) => cardToMessage(card, { locale, baseUrl: baseUrl() });

  async function channelFor(workspace: Workspace, { to, thread }: OutgoingMessage): Promise<string> {
    if (thread) return thread.conversationId;
    if (to.kind === 'channel') return to.externalId;
    const known = directs.get(to.externalId);
    if (known) return known;
    const channel = await workspace.api.openDirect(to.externalId);
    directs.set(to.externalId, channel);
    return channel;
  }

  /** Does it in the workspace where the person or channel lives; the next is tried when this one knows neither. */
  async function inWorkspace<T>(
    municipalityId: string,
    externalId: string,
    work: (workspace: Workspace) => Promise<T>,
  ): Promise<T | (SendResult & { ok: false })> {
    let unknown: (SendResult & { ok: false }) | undefined;
    let candidates: Workspace[];
    try {
      candidates = await workspaces.where(municipalityId, externalId);
    } catch (error) {
      // The token is over and Slack gives no other one now: nothing was sent.
      const failure = toSendResult(error);
      return failure.kind === 'ambiguous' ? { ...failure, kind: 'refused-now' } : failure;
    }
    for (const workspace of candidates) {
      try {
        const result = await work(workspace);
        await workspaces.remember(workspace, externalId);
        return result;
      } catch (error) {
        const code = platformError(error);
        const failure = toSendResult(error);
        if (code !== 'channel_not_found' && code !== 'user_not_found') return failure;
        unknown ??= failure;
      }
    }
    return unknown ?? { ok: false, kind: 'rejected', reason: 'SLACK.NO_WORKSPACE', unreachable: true };
  }

  async function post(message: OutgoingMessage): Promise<SendResult> {
    const { municipalityId, to, thread, deliveryId } = message;
    return inWorkspace<SendResult>(municipalityId, to.externalId, async (workspace) => {
      const channel = await channelFor(workspace, message);
      const ts = await workspace.api
        .postMessage({ channel, thread: thread?.messageId }, render(message), deliveryId)
        .catch((error: unknown) => {
          // Its thread is gone: it is said in the conversation then.
          if (!thread || !LOST_THREAD.has(platformError(error) ?? '')) throw error;
          return workspace.api.postMessage({ channel }, render(message), deliveryId);
        });
      return { ok: true, ref: { conversationId: channel, messageId: ts } };
    });
  }

  return {
    name: 'slack',
    explain: explainFailure,

    send(message) {
      const first = underWay.get(message.deliveryId);
      if (first) return first;
      const sending = post(message).finally(() => underWay.delete(message.deliveryId));
      underWay.set(message.deliveryId, sending);
      return sending;
    },

    update: (ref, message) =>
      inWorkspace<SendResult>(message.municipalityId, message.to.externalId, async ({ api }) => {
        await api.updateMessage(ref.conversationId, ref.messageId, render(message));
        return { ok: true, ref };
      }),

    async find(message) {
      const { municipalityId, to, thread, deliveryId } = message;
      const oldest = String(Math.floor((now().getTime() - LOOK_BACK_MS) / 1_000));
      const found = await inWorkspace<MessageRef | 'not-found'>(municipalityId, to.externalId, async (workspace) => {
        const channel = await channelFor(workspace, message);
        const messages = thread
          ? await workspace.api.readThread(channel, thread.messageId)
          : await workspace.api.readHistory(channel, oldest);
        const ours = messages.find((each) => deliveryIn(each) === deliveryId);
        return ours?.ts ? { conversationId: channel, messageId: ours.ts } : 'not-found';
      });
      if (found === 'not-found' || !('ok' in found)) return found;
      if (found.kind !== 'rejected') return 'ask-later';
      // Where it cannot even be read it was not posted either; without the right to read nobody can tell.
      return found.reason === 'SLACK.MISSING_SCOPE' ? undefined : 'not-found';
    },
  };
}

/** The first message of the thread was deleted, or is an answer itself. */
const LOST_THREAD = new Set(['thread_not_found', 'cannot_reply_to_message', 'message_not_found']);

function deliveryIn({ metadata }: ReadMessage): unknown {
  return metadata?.event_type === DELIVERY_METADATA ? Reflect.get(metadata.event_payload ?? {}, 'delivery') : undefined;
}
