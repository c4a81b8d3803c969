import type { Card } from '../../chat/card.js';
import type { Reply } from '../../chat/feature.js';
import { markHandled, wasHandled } from '../../chat/handled.js';
import { textCard } from '../../chat/say-text.js';
import type { EventCallback, SlackEvent } from './envelope.js';
import { publishHome } from './home.js';
import { namesIn } from './interactions.js';
import { drawingFor, type Means } from './means.js';
import { readSlackText } from './read-message.js';
import type { RequestContext } from './receiver.js';
import { cardToBlocks, cardToMessages } from './render/card-to-block-kit.js';
import { LIMITS, notification, plain } from './render/text.js';
import { isTransient, platformError, toSendResult } from './slack-errors.js';
import { FILE_MESSAGE_ACTION } from './surface.js';
import { slackTexts } from './texts.js';
import type { Workspace } from './workspaces.js';

/** What a person's own message can be; joins, edits, deletions and what apps say are not. */
const SAID = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

interface Place {
  channel: string;
  thread: string | undefined;
  direct: boolean;
}

/** Opening the home tab, also for the first time. */
export async function onHomeOpened(
  means: Means,
  { workspace, requestId }: RequestContext,
  event: SlackEvent<'app_home_opened'>,
): Promise<void> {
  // The messages tab gives the same event.
  if (event.tab !== 'home') return;
  const speaker = await means.people.find(workspace, { id: event.user }, { requestId });
  if (speaker) await unlessRefused(means, () => publishHome(means, workspace, speaker, 1));
}

/**
 * Something was said where the bot is. In channels it looks at answers under its own messages and at nothing else: the
 * rest is dropped here, before anything is stored, logged or asked.
 */
export async function onMessage(
  means: Means,
  request: RequestContext,
  event: SlackEvent<'message'>,
  botUserId: string | undefined,
): Promise<void> {
  const { user, channel, ts, thread_ts } = event;
  if (!user || event.bot_id || event.hidden || !SAID.has(event.subtype) || user === botUserId || user === 'USLACK')
    return;
  const direct = event.channel_type === 'im';
  const root = thread_ts && thread_ts !== ts ? thread_ts : undefined;
  const { municipalityId } = request.workspace;
  const place: Place = { channel, thread: root ?? (direct ? undefined : ts), direct };
  const text = event.text ?? '';
  if (!direct) {
    // A mention comes as an event of its own.
    if (!root || (botUserId && text.includes(`<@${botUserId}`))) return;
    if (!(await isOwnMessage(means, municipalityId, channel, root))) return;
  }
  if (await isRepeat(means, request)) return;
  const speaker = await means.people.find(request.workspace, { id: user }, onceOf(request));
  if (!speaker) return;
  const { caller, locale } = speaker;
  const words = readSlackText(text, await namesIn(means, municipalityId, text)).trim();
  const said = async (): Promise<Reply> => {
    if (words === '') return { kind: 'none' };
    const ref = root && { conversationId: channel, messageId: root };
    return ref ? means.chat.reply(caller, ref, words) : means.chat.mention(caller, words);
  };
  const reply = await said();
  if (reply.kind === 'card') await sayAt(means, request.workspace, user, place, reply.card, !direct, locale);
  if ((event.files ?? []).length > 0) {
    const t = slackTexts(locale);
    const about = textCard(words === '' ? `${t('files')} ${t('files.only')}` : t('files'));
    await sayAt(means, request.workspace, user, place, about, !direct, locale);
  }
  await isDone(means, request);
}

/** The bot was spoken to in a channel: it answers in the thread. */
export async function onMention(
  means: Means,
  request: RequestContext,
  event: SlackEvent<'app_mention'>,
  botUserId: string | undefined,
): Promise<void> {
  const { user, channel, ts, thread_ts } = event;
  if (!user || event.bot_id) return;
  const speaker = await means.people.find(request.workspace, { id: user }, onceOf(request));
  if (!speaker) return;
  const text = (event.text ?? '').replaceAll(new RegExp(`<@${botUserId ?? '[A-Z0-9]+'}(\\|[^>]*)?>`, 'g'), ' ');
  const words = readSlackText(text, await namesIn(means, request.workspace.municipalityId, text)).trim();
  const root = thread_ts && thread_ts !== ts ? { conversationId: channel, messageId: thread_ts } : undefined;
  const reply = await means.chat.mention(speaker.caller, words, root);
  if (reply.kind !== 'card') return;
  const place: Place = { channel, thread: thread_ts ?? ts, direct: false };
  const alone = reply.visible === 'only-you';
  await sayAt(means, request.workspace, user, place, reply.card, alone, speaker.locale);
}

/** The municipality's emoji on a message: an offer to its giver alone. The message itself is not read. */
export async function onReaction(
  means: Means,
  request: RequestContext,
  event: SlackEvent<'reaction_added'>,
  botUserId: string | undefined,
): Promise<void> {
  const { workspace, requestId } = request;
  const { settings } = await means.municipality(workspace.municipalityId);
  const { channel, ts, type } = event.item;
  // A skin tone follows behind two colons.
  const [emoji] = event.reaction.split('::');
  if (emoji !== settings.reaction || type !== 'message' || !channel || !ts) return;
  if (event.user === botUserId || event.item_user === botUserId) return;
  if (await isRepeat(means, request)) return;
  const speaker = await means.people.find(workspace, { id: event.user }, { requestId });
  if (!speaker) return;
  const t = slackTexts(speaker.locale);
  const offer = () =>
    workspace.api.postEphemeral(
      event.user,
      { channel },
      {
        text: notification(t('offer.text')),
        blocks: [
          { type: 'section', text: plain(t('offer.text'), LIMITS.sectionText) },
          {
            type: 'actions',
            elements: [
              {
                type: 'button',
                action_id: FILE_MESSAGE_ACTION,
                style: 'primary',
                text: plain(t('offer.yes'), LIMITS.buttonText),
                value: `${channel} ${ts}`,
              },
            ],
          },
        ],
      },
    );
  await unlessRefused(means, offer);
  await isDone(means, request);
}

/** A link to one of our pages: a preview with what everybody there may see. */
export async function onLink(
  means: Means,
  { workspace, requestId }: RequestContext,
  event: SlackEvent<'link_shared'>,
  { is_ext_shared_channel }: EventCallback,
): Promise<void> {
  const { source, unfurl_id } = event;
  // Other organisations read along there.
  if (is_ext_shared_channel || !unfurl_id || (source !== 'composer' && source !== 'conversations_history')) return;
  const speaker = await means.people.find(workspace, { id: event.user }, { requestId });
  if (!speaker) return;
  const drawing = drawingFor(means, speaker.locale);
  const previews = await Promise.all(
    event.links.map(async ({ url }) => [url, await means.chat.preview(speaker.caller, url)] as const),
  );
  const blocks = previews.flatMap(([url, card]) => (card ? [[url, cardToBlocks(card.parts, drawing)] as const] : []));
  if (blocks.length === 0) return;
  await unlessRefused(means, () => workspace.api.unfurl(unfurl_id, source, Object.fromEntries(blocks)));
}

/**
 * Where the bot may not speak (it was removed, the channel is archived) there is nobody to tell, and Slack need not ask again.
 *
 * @throws when Slack could not be reached, or had trouble of its own: it sends the event once more.
 */
async function unlessRefused(means: Means, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (toSendResult(error).kind !== 'rejected') throw error;
    means.log.warn({ code: platformError(error) }, 'slack took no answer in a conversation');
  }
}

async function sayAt(
  means: Means,
  { api }: Workspace,
  user: string,
  { channel, thread }: Place,
  card: Card,
  alone: boolean,
  locale: Parameters<typeof drawingFor>[1],
): Promise<void> {
  for (const message of cardToMessages(card, drawingFor(means, locale))) {
    try {
      await (alone
        ? api.postEphemeral(user, { channel, thread }, message)
        : api.postMessage({ channel, thread }, message));
    } catch (error) {
      // What was said is kept all the same; only the word about it has nowhere to go.
      if (platformError(error) === undefined && !isTransient(error)) throw error;
      means.log.warn({ err: error, code: platformError(error) }, 'slack took no answer in a conversation');
      return;
    }
  }
}

async function isOwnMessage(means: Means, municipalityId: string, channel: string, ts: string): Promise<boolean> {
  const found = await means.db.delivery.findFirst({
    where: { municipalityId, platform: 'slack', conversationId: channel, messageId: ts },
    select: { id: true },
  });
  return found !== null;
}

/** Slack's retry, or a copy under another event id: it was handled, answer and all. */
async function isRepeat({ db }: Means, { workspace, once }: RequestContext): Promise<boolean> {
  return once !== undefined && wasHandled(db, workspace.municipalityId, once);
}

/** What the product wrote has said so in the same transaction already; this is for what only answered. */
async function isDone({ db, now }: Means, { workspace, once }: RequestContext): Promise<void> {
  if (once !== undefined) await markHandled(db, workspace.municipalityId, once, now());
}

function onceOf({ requestId, once }: RequestContext): { requestId: string; once?: string } {
  return { requestId, ...(once && { once }) };
}
