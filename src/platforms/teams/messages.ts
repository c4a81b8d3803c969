import { markHandled, wasHandled } from '../../chat/handled.js';
import type { MessageRef } from '../../chat/platform.js';
import { textCard } from '../../chat/say-text.js';
import { act, fromReply, startingValues, suggestionsFor, type Outcome } from './act.js';
import { hasFiles, isPersonal, onceKey, threadRoot, wordsOf, type TeamsActivity } from './envelope.js';
import { drawingFor, standIn, type Means, type RequestContext } from './means.js';
import type { Speaker } from './people.js';
import { readQuote } from './read-html.js';
import { cardToMessage, openDialog, siteLink, type Drawing } from './render/card-to-adaptive.js';
import { adaptiveCard, LIMITS, plainLines, shorten, type AdaptiveCard } from './render/elements.js';
import { formToCard, typedWords } from './render/form-to-card.js';
import { pressData, readPress, type Press } from './render/press.js';
import { replaceHere, say, sayApart, sayHere } from './speak.js';
import { teamsTexts } from './texts.js';

/**
 * Something was said where the bot is. In channels it looks at mentions of itself and at answers under its own messages,
 * and at nothing else: the rest is dropped here, before anything is stored, logged or asked.
 */
export async function onMessage(means: Means, request: RequestContext): Promise<void> {
  const { activity } = request;
  const personal = isPersonal(activity);
  const { words, mentionsBot } = wordsOf(activity);
  const press = readPress(activity.value);
  if (!personal && !mentionsBot && !press && !(await isUnderOurs(means, activity))) return;
  const once = onceKey(activity);
  if (once !== undefined && (await wasHandled(means.db, means.municipalityId, once))) return;
  await means.conversations.remember(means.municipalityId, activity);
  const speaker = await means.people.find(means.municipalityId, activity, { requestId: request.requestId, once });
  if (!speaker) return;
  if (press) await onCardSubmit(means, activity, speaker, press);
  else if (personal) await onDirect(means, activity, speaker, words);
  else await onMention(means, activity, speaker, words, mentionsBot);
  if (hasFiles(activity) && !press) {
    const t = teamsTexts(speaker.locale);
    const about = textCard(words === '' ? `${t('files')} ${t('files.only')}` : t('files'));
    await sayHere(means, activity, speaker, about, false);
  }
  // What the product wrote has said so in the same transaction already; this is for what only answered.
  if (once !== undefined) await markHandled(means.db, means.municipalityId, once, means.now());
}

async function isUnderOurs({ db, municipalityId }: Means, { conversation }: TeamsActivity): Promise<boolean> {
  const messageId = threadRoot(conversation.id);
  if (messageId === undefined) return false;
  const found = await db.delivery.findFirst({
    where: { municipalityId, platform: 'teams', conversationId: conversation.id, messageId },
    select: { id: true },
  });
  return found !== null;
}

/** In the person's own chat every command works, and whatever is not understood gets what the bot can do. */
async function onDirect(means: Means, activity: TeamsActivity, speaker: Speaker, said: string): Promise<void> {
  const quote = readQuote(activity);
  if (quote && quote.words !== '') {
    const ref = { conversationId: activity.conversation.id, messageId: quote.messageId };
    return showHere(means, activity, speaker, fromReply(await means.chat.reply(speaker.caller, ref, quote.words)));
  }
  if (said === '' && hasFiles(activity)) return;
  const command = means.chat.commandIn(said);
  const slashed = /^\/(\S+)\s*([\s\S]*)$/.exec(said);
  if (command || slashed) {
    const { name, text } = command ?? { name: slashed?.[1] ?? '', text: slashed?.[2] ?? '' };
    return showHere(means, activity, speaker, fromReply(await means.chat.command(speaker.caller, name, text)));
  }
  const card = await means.chat.welcome(speaker.caller, said);
  await sayHere(means, activity, speaker, card, true);
}

/** Where others read along: in the thread what all may see, and what is for one person in their own chat. */
async function onMention(
  means: Means,
  activity: TeamsActivity,
  speaker: Speaker,
  words: string,
  mentionsBot: boolean,
): Promise<void> {
  const { chat } = means;
  const { conversation } = activity;
  const messageId = threadRoot(conversation.id);
  const root: MessageRef | undefined =
    messageId !== undefined && messageId !== activity.id ? { conversationId: conversation.id, messageId } : undefined;
  if (words === '' && !mentionsBot) return;
  const command = mentionsBot ? chat.commandIn(words) : undefined;
  const reply =
    command && !command.isPublic
      ? await chat.command(speaker.caller, command.name, command.text)
      : mentionsBot || !root
        ? await chat.mention(speaker.caller, words, root)
        : await chat.reply(speaker.caller, root, words);
  const outcome = fromReply(reply);
  if (outcome.kind === 'form') return showHere(means, activity, speaker, outcome);
  if (outcome.kind !== 'card') return;
  if (outcome.visible === 'everyone') return sayHere(means, activity, speaker, outcome.card, false);
  const t = teamsTexts(speaker.locale);
  const reached = await sayApart(means, activity, speaker, outcome.card);
  const word = textCard(reached ? t('private.thread') : t('private.thread.not'));
  // An answer to somebody's note in the thread of a card needs no word there.
  if (mentionsBot || !reached) await sayHere(means, activity, speaker, word, false);
}

/** A form in a message was sent, or a button that Teams hands over as a message was pressed. */
async function onCardSubmit(means: Means, activity: TeamsActivity, speaker: Speaker, press: Press): Promise<void> {
  const data = activity.value as Record<string, unknown>;
  const outcome = await act(means, speaker, press, data);
  const inPlace = press.do === 'submit' && activity.replyToId;
  const ref = { conversationId: activity.conversation.id, messageId: activity.replyToId ?? '' };
  if (outcome.kind === 'form' && (press.do === 'submit' || press.do === 'open')) {
    const suggestions = await suggestionsFor(means, speaker, outcome.form);
    const stand = standIn(means, speaker.locale, 'message');
    const card = formToCard(outcome.form, { ...stand, errors: outcome.errors, suggestions });
    const message = { summary: outcome.form.view.title, card };
    return inPlace
      ? replaceHere(means, activity, ref, message)
      : void (await say(means, activity.serviceUrl, activity.conversation.id, [message]));
  }
  if (outcome.kind === 'done' && inPlace) {
    const text = teamsTexts(speaker.locale)('done.text');
    await replaceHere(means, activity, ref, cardToMessage(textCard(text), drawingFor(means, speaker.locale)));
  }
  await showHere(means, activity, speaker, outcome);
}

/** Shows an outcome as a message; a form as buttons that open it, for Teams opens no window by itself. */
async function showHere(means: Means, activity: TeamsActivity, speaker: Speaker, outcome: Outcome): Promise<void> {
  const personal = isPersonal(activity);
  switch (outcome.kind) {
    case 'none':
      return;
    case 'form': {
      const message = {
        summary: outcome.form.view.title,
        card: formButtons(outcome, drawingFor(means, speaker.locale)),
      };
      await say(means, activity.serviceUrl, activity.conversation.id, [message]);
      return;
    }
    case 'refused': {
      const typed = typedWords(outcome.typed);
      const keep = typed.length > 0 ? [teamsTexts(speaker.locale)('typed.keep')] : [];
      return sayHere(means, activity, speaker, textCard([outcome.text, ...keep].join('\n'), ...typed), false);
    }
    case 'done':
      return sayHere(means, activity, speaker, outcome.card, personal);
    case 'card':
      return sayHere(means, activity, speaker, outcome.card, personal);
  }
}

function formButtons({ form }: Outcome & { kind: 'form' }, drawing: Drawing): AdaptiveCard {
  const t = teamsTexts(drawing.locale);
  const open: Press & { do: 'open' } = { do: 'open', token: form.token, values: startingValues(form) };
  return adaptiveCard(
    [...plainLines(form.view.title, 'heading'), ...plainLines(t('form.ready'))],
    [
      openDialog(t('form.open'), open, { style: 'positive' }),
      {
        type: 'Action.Submit',
        title: shorten(t('form.here'), LIMITS.title),
        data: pressData({ ...open, here: true }),
        associatedInputs: 'none',
      },
      siteLink(drawing),
    ],
  );
}
