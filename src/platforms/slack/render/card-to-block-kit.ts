import type { ActionsBlock, ActionsBlockElement, KnownBlock, RichTextBlock, RichTextText } from '@slack/web-api';
import type { Button, ButtonsPart, Card, CardPart, Fact } from '../../../chat/card.js';
import type { Locale } from '../../../chat/texts.js';
import { encodePress } from '../../../chat/press-text.js';
import { slackTexts } from '../texts.js';
import { pressId } from './press.js';
import { LIMITS, notification, pieces, plain, shorten } from './text.js';

/** For whom a card is drawn. */
export interface Drawing {
  locale: Locale;
  /** Where our own pages are: Slack takes whole addresses alone. */
  baseUrl: string;
}

/** A message as Slack takes it: the line for notifications, and the blocks people see. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
}

/**
 * A card in one message. What does not fit is left out between the words and the buttons, with a link to the whole; the
 * buttons and links at the end always stay.
 */
export function cardToMessage(card: Card, drawing: Drawing): SlackMessage {
  const blocks = cardToBlocks(card.parts, drawing);
  return { text: notification(card.summary), blocks: fits(blocks) ? blocks : shortened(card, drawing) };
}

/** A card in as many messages as it needs; for answers that only one person sees and that are never edited. */
export function cardToMessages(card: Card, drawing: Drawing): SlackMessage[] {
  const messages: KnownBlock[][] = [[]];
  for (const block of cardToBlocks(card.parts, drawing)) {
    const last = messages.at(-1) ?? [];
    if (fits([...last, block])) last.push(block);
    else messages.push([block]);
  }
  const continued = slackTexts(drawing.locale)('list.continues');
  return messages.map((blocks, index) => ({
    text: notification(index === 0 ? card.summary : `${card.summary} (${continued})`),
    blocks,
  }));
}

/** Blocks of a card's parts, in order. Exhaustive: a new kind of part does not compile until it is drawn here. */
export function cardToBlocks(parts: CardPart[], drawing: Drawing): KnownBlock[] {
  const numbers = { next: 0 };
  return parts.flatMap((part) => partToBlocks(part, drawing, numbers));
}

function partToBlocks(part: CardPart, { locale, baseUrl }: Drawing, numbers: { next: number }): KnownBlock[] {
  switch (part.kind) {
    case 'heading':
      // A header holds 150 characters; bold text holds any heading whole.
      return part.text.length <= LIMITS.headerText
        ? [{ type: 'header', text: plain(part.text, LIMITS.headerText) }]
        : [richText([{ type: 'text', text: part.text, style: { bold: true } }])];
    case 'text':
      return textToBlocks(part.text, part.style);
    case 'facts':
      return part.facts.length > 0 ? [richText(part.facts.flatMap(factToText))] : [];
    case 'image':
      return [
        {
          type: 'image',
          image_url: new URL(part.url, baseUrl).href,
          alt_text: shorten(part.alt || '–', LIMITS.altText),
        },
      ];
    case 'divider':
      return [{ type: 'divider' }];
    case 'buttons':
      return buttonsToBlocks(part, locale, numbers);
    case 'select': {
      const options = part.options.slice(0, LIMITS.options).map(({ value, label }) => ({
        text: plain(label, LIMITS.optionText),
        value: encodePress(part.action, { ...part.payload, value }),
      }));
      if (options.length === 0) return [];
      const element: ActionsBlockElement = {
        type: 'static_select',
        action_id: pressId(numbers.next++),
        placeholder: plain(part.label, LIMITS.placeholder),
        options,
      };
      return [{ type: 'actions', elements: [element] }];
    }
    case 'link': {
      const url = new URL(part.url, baseUrl).href;
      return [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url, text: part.label || url }] }],
        },
      ];
    }
  }
}

function textToBlocks(text: string, style: 'subtle' | 'quote' | undefined): KnownBlock[] {
  switch (style) {
    case 'quote':
      return pieces(text.trim() === '' ? '–' : text, LIMITS.sectionText).map((piece) => ({
        type: 'rich_text',
        elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: piece }] }],
      }));
    case 'subtle':
      return pieces(text, LIMITS.sectionText).map((piece) => ({
        type: 'context',
        elements: [plain(piece, LIMITS.sectionText)],
      }));
    case undefined:
      return pieces(text, LIMITS.sectionText).map((piece) => ({
        type: 'section',
        text: plain(piece, LIMITS.sectionText),
      }));
  }
}

function factToText({ label, value }: Fact, index: number): RichTextText[] {
  return [
    { type: 'text', text: `${index > 0 ? '\n' : ''}${label}: `, style: { bold: true } },
    { type: 'text', text: value.trim() === '' ? '–' : value },
  ];
}

function richText(elements: RichTextText[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function buttonsToBlocks(part: ButtonsPart, locale: Locale, numbers: { next: number }): KnownBlock[] {
  const more = part.more ?? [];
  const asOptions = more.every(({ action, payload }) => encodePress(action, payload).length <= LIMITS.optionValue);
  const elements: ActionsBlockElement[] = [...part.buttons, ...(asOptions ? [] : more)].map((button) =>
    buttonToElement(button, numbers),
  );
  if (asOptions && more.length > 0) elements.push(menuOf(more, locale, numbers));
  const blocks: ActionsBlock[] = [];
  for (let at = 0; at < elements.length; at += LIMITS.elements) {
    blocks.push({ type: 'actions', elements: elements.slice(at, at + LIMITS.elements) });
  }
  return blocks;
}

function buttonToElement({ label, action, payload, style }: Button, numbers: { next: number }): ActionsBlockElement {
  const value = encodePress(action, payload);
  if (value.length > LIMITS.buttonValue) throw new Error(`A button of ${action} carries more than Slack takes.`);
  return {
    type: 'button',
    action_id: pressId(numbers.next++),
    text: plain(label, LIMITS.buttonText),
    value,
    ...(style && { style }),
  };
}

/** An overflow menu holds five; a longer list becomes a menu that opens downwards. */
function menuOf(buttons: Button[], locale: Locale, numbers: { next: number }): ActionsBlockElement {
  const options = buttons.slice(0, LIMITS.options).map(({ label, action, payload }) => ({
    text: plain(label, LIMITS.optionText),
    value: encodePress(action, payload),
  }));
  const action_id = pressId(numbers.next++);
  if (options.length <= LIMITS.overflowOptions) return { type: 'overflow', action_id, options };
  const placeholder = plain(slackTexts(locale)('more.buttons'), LIMITS.placeholder);
  return { type: 'static_select', action_id, placeholder, options };
}

function fits(blocks: KnownBlock[]): boolean {
  return blocks.length <= LIMITS.blocksInMessage && textLength(blocks) <= LIMITS.textInMessage;
}

/** All texts together, as Slack counts them for `msg_blocks_too_long`. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  );
}

function shortened(card: Card, drawing: Drawing): KnownBlock[] {
  const t = slackTexts(drawing.locale);
  const lastWords = card.parts.findLastIndex(({ kind }) => !['buttons', 'select', 'link'].includes(kind));
  const tail = card.parts.slice(lastWords + 1);
  const whole = card.parts.findLast((part) => part.kind === 'link');
  const note: CardPart[] = [
    { kind: 'text', style: 'subtle', text: t('cut.text') },
    ...(whole ? [{ ...whole, label: t('cut.link') }] : []),
  ];
  const words = card.parts.slice(0, lastWords + 1);
  for (let count = words.length - 1; count >= 0; count -= 1) {
    const blocks = cardToBlocks([...words.slice(0, count), ...note, ...tail], drawing);
    if (fits(blocks)) return blocks;
  }
  return cardToBlocks([...note, ...tail], drawing).slice(0, LIMITS.blocksInMessage);
}
