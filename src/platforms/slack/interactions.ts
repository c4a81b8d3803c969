import type { MessageRef } from '../../chat/platform.js';
import { textCard } from '../../chat/say-text.js';
import { decodePress } from '../../chat/press-text.js';
import type { BlockActions, GlobalShortcut, MessageShortcut, SlackCommand } from './envelope.js';
import { redrawForm } from './forms.js';
import { publishHome } from './home.js';
import { drawingFor, type Means } from './means.js';
import type { Speaker } from './people.js';
import { readMessage, readSlackText } from './read-message.js';
import type { RequestContext } from './receiver.js';
import { MORE_ACTION } from './render/form-to-modal.js';
import { VALUE_ACTION } from './render/read-modal.js';
import { isTransient, platformError } from './slack-errors.js';
import { sayCard, sayThrough, show, type SlackAnswer, type Stage } from './speak.js';
import { FILE_MESSAGE_ACTION, HOME_PAGE_ACTION, MAIN_COMMAND } from './surface.js';
import { slackTexts } from './texts.js';

/** A slash command. The first answer is the response itself, the rest follows. */
export async function runCommand(
  means: Means,
  { workspace, requestId }: RequestContext,
  command: SlackCommand,
  ack: (answer?: SlackAnswer) => Promise<void>,
): Promise<void> {
  const speaker = await means.people.find(workspace, { id: command.user_id, name: command.user_name }, { requestId });
  // Slack writes `&`, `<` and `>` as `&amp;` and so on, here too.
  const text = readSlackText(command.text, await namesIn(means, workspace.municipalityId, command.text));
  const later = sayThrough(command.response_url);
  const stage: Stage = {
    workspace,
    drawing: drawingFor(means, speaker?.locale ?? 'nl'),
    log: means.log,
    trigger: command.trigger_id,
    onModal: false,
    typed: text,
    async say([first, ...more]) {
      await ack(first);
      if (more.length > 0) await later(more);
    },
  };
  if (!speaker) return sayCard(stage, textCard(slackTexts('nl')('stranger')), 'ephemeral');
  await show(stage, await means.chat.command(speaker.caller, command.command.slice(1), text));
}

/** Who presses, and how to answer them there; undefined when they are no colleague (they were told). */
async function enter(
  means: Means,
  { workspace, requestId }: RequestContext,
  body: BlockActions | GlobalShortcut | MessageShortcut,
): Promise<{ speaker: Speaker; stage: Stage } | undefined> {
  const name = body.user.name ?? body.user.username;
  const speaker = await means.people.find(workspace, { id: body.user.id, name }, { requestId });
  const isModal = body.type === 'block_actions' && body.view?.type === 'modal';
  const thread = body.type === 'block_actions' ? body.container.thread_ts : undefined;
  const isOnlyTheirs = body.type === 'block_actions' && body.container.is_ephemeral === true;
  const stage: Stage = {
    workspace,
    drawing: drawingFor(means, speaker?.locale ?? 'nl'),
    log: means.log,
    trigger: body.trigger_id,
    onModal: isModal,
    ...(body.response_url && { say: sayThrough(body.response_url, thread) }),
    ...(body.response_url && isOnlyTheirs && { sayInstead: sayThrough(body.response_url, thread, true) }),
  };
  if (speaker) return { speaker, stage };
  await sayCard(stage, textCard(slackTexts('nl')('stranger')), 'ephemeral');
  return undefined;
}

/** A button, an entry of a menu, or a control of our own in a form or on the home tab. */
export async function pressButton(means: Means, request: RequestContext, body: BlockActions): Promise<void> {
  const [action] = body.actions;
  if (!action) return;
  const value = action.selected_option?.value ?? action.value ?? '';
  const entered = await enter(means, request, body);
  if (!entered) return;
  const { speaker, stage } = entered;
  const { action_id } = action;
  if (action_id === MORE_ACTION) return redrawForm(means, request, speaker, body, { unfold: true });
  if (action_id === VALUE_ACTION) return redrawForm(means, request, speaker, body, { unfold: false });
  if (action_id === FILE_MESSAGE_ACTION) return fileMessageAt(means, speaker, stage, value);
  if (action_id.startsWith(HOME_PAGE_ACTION)) {
    return publishHome(means, request.workspace, speaker, Number(value));
  }
  const pressed = decodePress(value);
  const on = pressedMessage(body);
  const caller = { ...speaker.caller, ...(on && { on }) };
  await show(stage, await means.chat.press(caller, pressed?.action ?? '', pressed?.payload ?? {}));
  // What stands there shows what was true before.
  if (body.view?.type === 'home') await publishHome(means, request.workspace, speaker, 1);
}

function pressedMessage({ container }: BlockActions): MessageRef | undefined {
  const { channel_id, message_ts, is_ephemeral } = container;
  if (container.type !== 'message' || is_ephemeral || !channel_id || !message_ts) return undefined;
  return { conversationId: channel_id, messageId: message_ts };
}

export async function openShortcut(means: Means, request: RequestContext, body: GlobalShortcut): Promise<void> {
  const entered = await enter(means, request, body);
  if (!entered) return;
  await show(entered.stage, await means.chat.command(entered.speaker.caller, MAIN_COMMAND, ''));
}

/** From the message's own menu: its words, and where it stands. */
export async function fileMessage(means: Means, request: RequestContext, body: MessageShortcut): Promise<void> {
  const entered = await enter(means, request, body);
  if (!entered) return;
  const { speaker, stage } = entered;
  const [text, url] = await Promise.all([
    wordsOf(means, request.workspace.municipalityId, body.message),
    permalink(request, body.channel.id, body.message.ts),
  ]);
  await show(stage, await means.chat.fromMessage(speaker.caller, { text, ...(url && { url }) }));
}

/** After the offer under a reaction: the message is read now, on its author's colleague's wish, and not before. */
async function fileMessageAt(means: Means, speaker: Speaker, stage: Stage, value: string): Promise<void> {
  const [channel = '', ts = ''] = value.split(' ');
  const { api, municipalityId } = stage.workspace;
  const [message, url] = await Promise.all([readOne(stage, channel, ts), api.permalink(channel, ts).catch(unlessOurs)]);
  if (!message) {
    const gone = slackTexts(speaker.locale)('offer.gone');
    return sayCard(stage, textCard(gone), 'ephemeral');
  }
  const text = await wordsOf(means, municipalityId, { ...message, ts });
  await show(stage, await means.chat.fromMessage(speaker.caller, { text, ...(url && { url }) }));
}

async function readOne({ workspace }: Stage, channel: string, ts: string) {
  try {
    const messages = await workspace.api.readThread(channel, ts, { only: true });
    return messages.find((message) => message.ts === ts);
  } catch (error) {
    unlessOurs(error);
    return undefined;
  }
}

async function permalink({ workspace }: RequestContext, channel: string, ts: string): Promise<string | undefined> {
  // People use the shortcut in conversations the bot is not in: then there is no link, and that is all.
  return workspace.api.permalink(channel, ts).catch(unlessOurs);
}

/** Slack refused or could not be asked: undefined. Anything else is a fault of ours. */
function unlessOurs(error: unknown): undefined {
  if (platformError(error) === undefined && !isTransient(error)) throw error;
  return undefined;
}

async function wordsOf(
  means: Means,
  municipalityId: string,
  message: Parameters<typeof readMessage>[0],
): Promise<string> {
  return readMessage(message, await namesIn(means, municipalityId, message.text ?? ''));
}

/** Names of the colleagues a text mentions, as far as they are known. */
export async function namesIn(
  means: Means,
  municipalityId: string,
  text: string,
): Promise<(userId: string) => string | undefined> {
  const ids = [...text.matchAll(/<@([A-Z0-9]+)/g)].map(([, id = '']) => id);
  const names = await means.people.nameOf(municipalityId, [...new Set(ids)]);
  return (userId) => names.get(userId);
}
