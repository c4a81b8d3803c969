import type { ModalView } from '@slack/web-api';
import type { Logger } from '../../operations/log.js';
import type { Card } from '../../chat/card.js';
import type { Reply } from '../../chat/feature.js';
import { textCard } from '../../chat/say-text.js';
import { cardToMessages, type Drawing, type SlackMessage } from './render/card-to-block-kit.js';
import { cardToModal, formToModal } from './render/form-to-modal.js';
import { isLateForm, platformError, toSendResult } from './slack-errors.js';
import { slackTexts } from './texts.js';
import { respond } from './web-api.js';
import type { Workspace } from './workspaces.js';

/** Slack takes five answers through one `response_url`. */
const ANSWERS_LIMIT = 5;

/** Where somebody did something, and how they can be answered there. */
export interface Stage {
  workspace: Workspace;
  drawing: Drawing;
  log: Logger;
  /** Opens one form, within three seconds. */
  trigger: string;
  /** A form is open already: the next goes on top of it. */
  onModal: boolean;
  /** Undefined where there is no conversation: then a card opens in a window. */
  say?: (answers: SlackAnswer[]) => Promise<void>;
  /** What was pressed is seen by this person alone: this comes in its place. */
  sayInstead?: (answers: SlackAnswer[]) => Promise<void>;
  /** What was typed with the command; given back when its form cannot open. */
  typed?: string;
}

/** A message as an answer to an interaction. */
export interface SlackAnswer extends SlackMessage {
  response_type: 'ephemeral' | 'in_channel';
  replace_original?: false;
  thread_ts?: string;
  unfurl_links: false;
  unfurl_media: false;
}

/** Shows what the product answered. */
export async function show(stage: Stage, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'none':
      return;
    case 'form':
      return openModal(stage, formToModal(reply.form, { locale: stage.drawing.locale }));
    case 'card':
      return reply.instead && stage.sayInstead
        ? stage.sayInstead(answersOf(stage, reply.card, 'ephemeral'))
        : sayCard(stage, reply.card, reply.visible === 'everyone' ? 'in_channel' : 'ephemeral');
  }
}

export async function sayCard(stage: Stage, card: Card, response_type: SlackAnswer['response_type']): Promise<void> {
  const { drawing } = stage;
  if (!stage.say) {
    return openModal(stage, cardToModal(card, { ...drawing, title: slackTexts(drawing.locale)('card.title') }));
  }
  await stage.say(answersOf(stage, card, response_type));
}

function answersOf({ drawing }: Stage, card: Card, response_type: SlackAnswer['response_type']): SlackAnswer[] {
  const messages = cardToMessages(card, drawing).slice(0, ANSWERS_LIMIT);
  return messages.map((message) => ({ ...message, response_type, unfurl_links: false, unfurl_media: false }));
}

/** Answers through a `response_url`, in the thread where the person stands; `instead`: in place of what was pressed. */
export function sayThrough(responseUrl: string, thread?: string, instead = false): NonNullable<Stage['say']> {
  return async (answers) => {
    for (const [index, answer] of answers.entries()) {
      const replace_original = instead && index === 0;
      await respond(responseUrl, { ...answer, replace_original, ...(thread && { thread_ts: thread }) });
    }
  };
}

async function openModal(stage: Stage, view: ModalView): Promise<void> {
  const { workspace, trigger, onModal, drawing, typed, log } = stage;
  try {
    await (onModal ? workspace.api.pushView(trigger, view) : workspace.api.openView(trigger, view));
  } catch (error) {
    if (!stage.say) throw error;
    const t = slackTexts(drawing.locale);
    const text = isLateForm(error) ? t('late.open') : whyNot(error, t);
    if (text === undefined) throw error;
    log.warn({ code: platformError(error) }, 'slack opened no form');
    await sayCard(stage, typed ? textCard(`${text} ${t('typed')}`, typed) : textCard(text), 'ephemeral');
  }
}

/** Undefined where the form itself was wrong: that is a fault of ours. */
function whyNot(error: unknown, t: ReturnType<typeof slackTexts>): string | undefined {
  const failure = toSendResult(error);
  if (failure.kind !== 'rejected') return t('unreachable');
  return failure.unreachable ? t('refused', { code: platformError(error) ?? failure.reason }) : undefined;
}
