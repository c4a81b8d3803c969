import type { MessageRef } from '../../chat/platform.js';
import { act, fromReply, suggestionsFor, valuesOf, type Outcome } from './act.js';
import { ADAPTIVE_CARD } from './connector.js';
import { channelOf, isPersonal, onceKey, type InvokeName, type InvokeValue, type TeamsActivity } from './envelope.js';
import { drawingFor, standIn, type Means, type RequestContext } from './means.js';
import type { Speaker } from './people.js';
import { wordsInHtml } from './read-html.js';
import { cardToAdaptive, cardToMessage, viewersOf } from './render/card-to-adaptive.js';
import { shorten } from './render/elements.js';
import {
  againToCard,
  formToCard,
  refusedToCard,
  SUGGESTIONS,
  toChoices,
  wordsToCard,
  type Stand,
} from './render/form-to-card.js';
import { readPress } from './render/press.js';
import { sayHere, viewerOf } from './speak.js';
import { FILE_COMMAND, MAIN_COMMAND, SEARCH_COMMAND, SEARCH_PARAMETER } from './surface.js';
import { teamsTexts } from './texts.js';

/** The answer to an invoke: the HTTP response itself. */
export interface InvokeAnswer {
  status: 200 | 400 | 501;
  body?: object;
}

const ok = (body: object): InvokeAnswer => ({ status: 200, body });

/** Teams' window is titled with at most this. */
const DIALOG_TITLE = 64;

/** Everything Teams waits for an answer to. */
export async function answerInvoke<N extends InvokeName>(
  means: Means,
  request: RequestContext,
  name: N,
  given: InvokeValue<N>,
): Promise<InvokeAnswer> {
  const { activity, requestId } = request;
  const { municipalityId } = means;
  // A message extension works where the bot is no member: such a conversation is no place to write to.
  if (!name.startsWith('composeExtension/')) await means.conversations.remember(municipalityId, activity);
  const speaker = await means.people.find(municipalityId, activity, { requestId });
  if (!speaker) return ok(messageBox(teamsTexts('nl')('stranger')));
  const value = given as never;
  switch (name as InvokeName) {
    case 'task/fetch':
      // Opening a window again opens it again: what its button may change guards itself by what was seen.
      return onDialog(means, speaker, (value as InvokeValue<'task/fetch'>).data ?? {});
    case 'task/submit':
    case 'composeExtension/submitAction':
      return onDialog(means, speaker, (value as InvokeValue<'task/submit'>).data ?? {}, activity);
    case 'composeExtension/fetchTask':
      return onExtension(means, speaker, value);
    case 'adaptiveCard/action':
      return onExecute(means, activity, speaker, value);
    case 'application/search':
      return onSuggest(means, speaker, value);
    case 'composeExtension/query':
      return onSearch(means, speaker, value);
    case 'composeExtension/selectItem':
    case 'composeExtension/queryLink':
      return ok(await unfurl(means, speaker, (value as InvokeValue<'composeExtension/selectItem'>).url ?? ''));
    case 'composeExtension/anonymousQueryLink':
      // Whoever has not installed the app sees nothing of us.
      return ok(found([]));
  }
}

/** @param once what a press in it changes happens once, however often this activity comes. */
async function onDialog(
  means: Means,
  speaker: Speaker,
  data: Record<string, unknown>,
  once?: TeamsActivity,
): Promise<InvokeAnswer> {
  const press = readPress(data);
  const keyed = once && press?.do === 'press' ? withKey(speaker, once) : speaker;
  return ok(await dialogFor(means, speaker, await act(means, keyed, press, data)));
}

/** The action "Maak signaal", from the message box or of a message. */
async function onExtension(
  means: Means,
  speaker: Speaker,
  { commandId, messagePayload }: InvokeValue<'composeExtension/fetchTask'>,
): Promise<InvokeAnswer> {
  if (commandId && commandId !== FILE_COMMAND) return { status: 501 };
  const { chat } = means;
  if (!messagePayload)
    return ok(await dialogFor(means, speaker, fromReply(await chat.command(speaker.caller, MAIN_COMMAND, ''))));
  const { body, subject, linkToMessage: url } = messagePayload;
  const words = body?.contentType === 'text' ? (body.content ?? '') : wordsInHtml(body?.content ?? '');
  const text = [subject, words].filter(Boolean).join('\n');
  const reply = await chat.fromMessage(speaker.caller, { text, ...(url && { url }) });
  return ok(await dialogFor(means, speaker, fromReply(reply)));
}

async function dialogFor(means: Means, speaker: Speaker, outcome: Outcome): Promise<object> {
  const { locale } = speaker;
  const t = teamsTexts(locale);
  switch (outcome.kind) {
    case 'form': {
      const suggestions = await suggestionsFor(means, speaker, outcome.form);
      const card = formToCard(outcome.form, {
        ...standIn(means, locale, 'dialog'),
        errors: outcome.errors,
        suggestions,
      });
      return dialog(outcome.form.view.title, card);
    }
    case 'refused':
      return dialog(t('message.title'), refusedToCard(outcome.text, outcome.typed, standIn(means, locale, 'dialog')));
    case 'done':
    case 'card': {
      const viewer = await viewerOf(means, speaker, outcome.card);
      const { card } = cardToMessage(outcome.card, drawingFor(means, locale, viewer));
      return dialog(t(outcome.kind === 'done' ? 'done.title' : 'message.title'), card);
    }
    case 'none':
      return messageBox(t('done.text'));
  }
}

function dialog(title: string, card: object): object {
  const value = {
    title: shorten(title, DIALOG_TITLE),
    height: 'large',
    width: 'medium',
    card: { contentType: ADAPTIVE_CARD, content: card },
  };
  return { task: { type: 'continue', value } };
}

function messageBox(text: string): object {
  return { task: { type: 'message', value: text } };
}

/**
 * A button on a card, or Teams asking for this viewer's own card. The answer stands in place of the card for this viewer
 * alone: the shared message is never touched from here.
 */
async function onExecute(
  means: Means,
  activity: TeamsActivity,
  speaker: Speaker,
  { action }: InvokeValue<'adaptiveCard/action'>,
): Promise<InvokeAnswer> {
  const data = action.data ?? {};
  const press = readPress(data);
  const asked = press?.do === 'refresh' ? speaker : withKey(speaker, activity);
  const presser = { ...asked, caller: { ...asked.caller, on: messageOf(activity) } };
  const outcome = await act(means, presser, press, data);
  const { locale } = speaker;
  const personal = isPersonal(activity);
  switch (outcome.kind) {
    case 'none':
      return ownCard(means, activity, speaker);
    case 'form': {
      const suggestions = await suggestionsFor(means, speaker, outcome.form);
      return inPlace(
        formToCard(outcome.form, { ...standIn(means, locale, 'card'), errors: outcome.errors, suggestions }),
      );
    }
    case 'refused':
      return inPlace(refusedToCard(outcome.text, outcome.typed, standIn(means, locale, 'card')));
    case 'done':
    case 'card': {
      const everyone = outcome.kind === 'card' && outcome.visible === 'everyone';
      if (personal || everyone) {
        await sayHere(means, activity, speaker, outcome.card, personal);
        return ownCard(means, activity, speaker);
      }
      const viewer = await viewerOf(means, speaker, outcome.card);
      return inPlace(cardToMessage(outcome.card, { ...drawingFor(means, locale, viewer), back: true }).card);
    }
  }
}

const placeIn = ({ serviceUrl, conversation }: TeamsActivity) => ({
  serviceUrl,
  conversationId: channelOf(conversation.id),
});

/** The message whose card was pressed. */
const messageOf = ({ conversation, replyToId }: TeamsActivity): MessageRef => ({
  conversationId: conversation.id,
  messageId: replyToId ?? '',
});

const inPlace = (card: object): InvokeAnswer => ok({ statusCode: 200, type: ADAPTIVE_CARD, value: card });

/** The card as it is now, with this viewer's buttons. */
async function ownCard(means: Means, activity: TeamsActivity, speaker: Speaker): Promise<InvokeAnswer> {
  const { once: _, ...caller } = speaker.caller;
  const shown = await means.chat.show(caller, messageOf(activity));
  if (!shown) {
    const text = teamsTexts(speaker.locale)('done.text');
    return ok({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text });
  }
  const refreshFor = isPersonal(activity) ? [] : await refreshersOf(means, viewersOf(shown.card), placeIn(activity));
  const drawing = { ...drawingFor(means, speaker.locale, shown.readerId), refreshFor };
  return inPlace(cardToMessage(shown.card, drawing).card);
}

/** Teams' ids of the people whose buttons stand on a card in this channel; who is no member of it sees it without. */
export async function refreshersOf(
  { people, municipalityId }: Means,
  personIds: string[],
  where: { serviceUrl: string; conversationId: string },
): Promise<string[]> {
  return personIds.length === 0 ? [] : people.userIds(municipalityId, personIds, where);
}

/** What a press changes happens once, however often Teams delivers it. */
function withKey(speaker: Speaker, activity: TeamsActivity): Speaker {
  const once = onceKey(activity);
  return once === undefined ? speaker : { ...speaker, caller: { ...speaker.caller, once } };
}

async function onSuggest(
  { chat }: Means,
  { caller }: Speaker,
  { dataset, queryText }: InvokeValue<'application/search'>,
): Promise<InvokeAnswer> {
  const options = await chat.suggest(caller, dataset, queryText ?? '');
  return ok({
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: toChoices(options.slice(0, SUGGESTIONS)) },
  });
}

async function onSearch(
  means: Means,
  speaker: Speaker,
  { commandId, parameters }: InvokeValue<'composeExtension/query'>,
): Promise<InvokeAnswer> {
  if (commandId && commandId !== SEARCH_COMMAND) return { status: 501 };
  const typed = parameters?.find(({ name }) => name === SEARCH_PARAMETER)?.value;
  const hits = await means.chat.search(speaker.caller, typeof typed === 'string' ? typed.slice(0, 200) : '');
  if (hits.length === 0) {
    return ok({ composeExtension: { type: 'message', text: teamsTexts(speaker.locale)('search.none') } });
  }
  const attachments = hits.map(({ title, text, url }) => {
    const preview = {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title: literal(title), text: literal(text), tap: { type: 'invoke', value: { url } } },
    };
    return { ...preview, preview };
  });
  return ok(found(attachments));
}

/** A thumbnail card reads HTML. */
function literal(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A link to one of our pages: a preview with what everybody there may see. */
async function unfurl(means: Means, speaker: Speaker, url: string): Promise<object> {
  const card = await means.chat.preview(speaker.caller, url);
  if (!card) return found([]);
  const content = cardToAdaptive(card, drawingFor(means, speaker.locale));
  const [heading] = card.parts.flatMap((part) => (part.kind === 'heading' ? [part.text] : []));
  const preview = {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title: literal(heading ?? card.summary) },
  };
  return found([{ contentType: ADAPTIVE_CARD, content, preview }]);
}

function found(attachments: object[]): object {
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

/** In words, when the deadline nears: the work goes on, and sending again does nothing twice. */
export function lateAnswer(means: Means, { activity }: RequestContext, name: InvokeName): InvokeAnswer {
  const locale = means.people.localeOf(activity.from.id);
  const t = teamsTexts(locale);
  const value = activity.value as {
    data?: Record<string, unknown>;
    action?: { data?: Record<string, unknown> };
  } | null;
  switch (name) {
    case 'task/fetch':
    case 'composeExtension/fetchTask':
      return ok(messageBox(t('late.open')));
    case 'task/submit':
    case 'composeExtension/submitAction': {
      const press = readPress(value?.data);
      const card =
        press?.do === 'submit'
          ? againToCard(press, valuesOf(press, value?.data ?? {}), standIn(means, locale, 'dialog'))
          : undefined;
      return ok(card ? dialog(t('message.title'), card) : messageBox(t('late.press')));
    }
    case 'adaptiveCard/action': {
      const data = value?.action?.data ?? {};
      const press = readPress(data);
      if (press?.do === 'submit')
        return inPlace(againToCard(press, valuesOf(press, data), standIn(means, locale, 'card')));
      return ok({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: t('late.press') });
    }
    case 'application/search':
      return ok({
        statusCode: 200,
        type: 'application/vnd.microsoft.search.searchResponse',
        value: { results: [] },
      });
    case 'composeExtension/query':
    case 'composeExtension/selectItem':
    case 'composeExtension/queryLink':
    case 'composeExtension/anonymousQueryLink':
      return ok(found([]));
  }
}

/** An invoke that went wrong unexpectedly: the same places, with what the person was told. */
export function failedAnswer(name: InvokeName, text: string, stand: Stand): InvokeAnswer {
  switch (name) {
    case 'adaptiveCard/action':
      return inPlace(wordsToCard(text, stand));
    case 'task/fetch':
    case 'task/submit':
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction':
      return ok(messageBox(text));
    case 'application/search':
    case 'composeExtension/query':
    case 'composeExtension/selectItem':
    case 'composeExtension/queryLink':
    case 'composeExtension/anonymousQueryLink':
      return ok(found([]));
  }
}
