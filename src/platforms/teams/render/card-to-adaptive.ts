import type { Button, Card, CardPart } from '../../../chat/card.js';
import type { Locale } from '../../../chat/texts.js';
import { encodePress } from '../../../chat/press-text.js';
import type { TeamsMessage } from '../connector.js';
import { teamsTexts } from '../texts.js';
import {
  adaptiveCard,
  container,
  LIMITS,
  namedLines,
  plainLines,
  shorten,
  sizeOf,
  type AdaptiveCard,
  type Element,
} from './elements.js';
import { pressData, type Press } from './press.js';

/** For whom a card is drawn. */
export interface Drawing {
  locale: Locale;
  /** Where our own pages are: Teams takes whole addresses alone. */
  baseUrl: string;
  /** Id of the one person who sees it; undefined where many do: then buttons that are for some only are left out. */
  viewer?: string | undefined;
  /** Teams' ids of those who get their own card, with their buttons, when they look at it. */
  refreshFor?: string[] | undefined;
  /** A way back to the card that this one stands in the place of. */
  back?: boolean;
}

/**
 * A card in one message. What does not fit is left out between the words and the buttons, with a link to the whole; the
 * buttons and links at the end always stay.
 */
export function cardToMessage(card: Card, drawing: Drawing): TeamsMessage {
  const drawn = cardToAdaptive(card, drawing);
  return { summary: summaryOf(card), card: sizeOf(drawn) <= LIMITS.cardBytes ? drawn : shortened(card, drawing) };
}

/** A card in as many messages as it needs; for answers that are never edited. */
export function cardToMessages(card: Card, drawing: Drawing): TeamsMessage[] {
  const groups: CardPart[][] = [[]];
  for (const part of card.parts.flatMap(inPieces)) {
    const last = groups.at(-1) ?? [];
    const together = [...last, part];
    const fits =
      sizeOf(cardToAdaptive({ ...card, parts: together }, drawing)) <= LIMITS.cardBytes &&
      keepsButtons(together, drawing);
    if (fits || last.length === 0) last.push(part);
    else groups.push([part]);
  }
  return groups.map((parts) => ({ summary: summaryOf(card), card: cardToAdaptive({ ...card, parts }, drawing) }));
}

/** In a list each line's button stays beside its line: a menu under them all would not say which is whose. */
function keepsButtons(parts: CardPart[], { viewer }: Drawing): boolean {
  const shown = parts.filter((part) => part.kind === 'buttons' && isForViewer(part, viewer));
  const count = shown.flatMap((part) =>
    part.kind === 'buttons' ? [...part.buttons, ...(part.more ?? [])] : [],
  ).length;
  return shown.length < 2 || count < LIMITS.actions;
}

function summaryOf({ summary }: Card): string {
  return shorten(summary.trim() === '' ? '–' : summary, LIMITS.summary);
}

/** A long text as several, none of which fills a card by itself. */
function inPieces(part: CardPart): CardPart[] {
  if (part.kind !== 'text' || part.text.length <= PIECE) return [part];
  const pieces: CardPart[] = [];
  for (let rest = part.text; rest.length > 0;) {
    const space = rest.lastIndexOf(' ', PIECE) + 1;
    const end = rest.length <= PIECE ? rest.length : space > PIECE / 2 ? space : PIECE;
    pieces.push({ ...part, text: rest.slice(0, end) });
    rest = rest.slice(end);
  }
  return pieces;
}
const PIECE = 6_000;

/** A card's parts, in order. Exhaustive: a new kind of part does not compile until it is drawn here. */
export function cardToAdaptive(card: Card, drawing: Drawing): AdaptiveCard {
  const t = teamsTexts(drawing.locale);
  const parts = card.parts.filter((part) => isForViewer(part, drawing.viewer));
  const links = parts.filter((part) => part.kind === 'link');
  const main = links.at(-1) ?? { label: t('site.link'), url: '/' };
  const selects = parts.filter((part) => part.kind === 'select' && part.options.length > 0).length;
  const room = LIMITS.actions - 1 - selects - Number(drawing.back ?? false);
  const menu = new Menu(parts, Math.max(room, 1));
  const body: Element[] = [];
  let divided = false;
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'divider') {
      divided = body.length > 0;
      continue;
    }
    const drawn = part === links.at(-1) ? [] : partToElements(part, index, drawing, menu);
    const [first, ...rest] = drawn;
    if (!first) continue;
    body.push(divided ? { ...first, separator: true, spacing: 'Medium' } : first, ...rest);
    divided = false;
  }
  const userIds = drawing.refreshFor?.slice(0, LIMITS.viewers) ?? [];
  return adaptiveCard(
    body.length > 0 ? body : plainLines(card.summary),
    [
      ...(drawing.back ? [execute(t('card.back'), { do: 'refresh' })] : []),
      openUrl(main.label || main.url, new URL(main.url, drawing.baseUrl).href),
    ],
    userIds.length > 0 ? { refresh: { action: execute('', { do: 'refresh' }), userIds } } : {},
  );
}

function isForViewer(part: CardPart, viewer: string | undefined): boolean {
  return part.kind !== 'buttons' || !part.onlyFor || (viewer !== undefined && part.onlyFor.includes(viewer));
}

/** People's ids whose buttons stand on this card for them alone. */
export function viewersOf({ parts }: Card): string[] {
  return [...new Set(parts.flatMap((part) => (part.kind === 'buttons' ? (part.onlyFor ?? []) : [])))];
}

/** Teams shows six actions on a card: the first buttons are buttons, what does not fit stands in a menu. */
class Menu {
  readonly shown: Set<Button>;
  readonly folded: Button[];

  constructor(parts: CardPart[], room: number) {
    const groups = parts.flatMap((part) => (part.kind === 'buttons' ? [part] : []));
    const first = groups.flatMap(({ buttons }) => buttons);
    const all = [...first, ...groups.flatMap(({ more }) => more ?? [])];
    const shown = all.length <= room ? all : first.slice(0, room - 1);
    this.shown = new Set(shown);
    this.folded = all.filter((button) => !this.shown.has(button));
  }

  /** The menu stands under the last buttons, once. */
  take(): Button[] {
    return this.folded.splice(0);
  }
}

function partToElements(
  part: Exclude<CardPart, { kind: 'divider' }>,
  index: number,
  drawing: Drawing,
  menu: Menu,
): Element[] {
  const t = teamsTexts(drawing.locale);
  switch (part.kind) {
    case 'heading':
      return plainLines(part.text, 'heading');
    case 'text':
      switch (part.style) {
        case 'quote':
          return [container(plainLines(part.text.trim() === '' ? '–' : part.text), { style: 'emphasis' })];
        case 'subtle':
          return [container(plainLines(part.text, 'subtle'), { spacing: 'Small' })];
        case undefined:
          return [container(plainLines(part.text))];
      }
    // falls through: every style returned
    case 'facts':
      return part.facts.length > 0
        ? [container(part.facts.flatMap(({ label, value }) => namedLines(label, value)))]
        : [];
    case 'image':
      return [{ type: 'Image', url: new URL(part.url, drawing.baseUrl).href, altText: part.alt || '–', size: 'Auto' }];
    case 'buttons': {
      const shown = [...part.buttons, ...(part.more ?? [])].filter((button) => menu.shown.has(button));
      const isLast = [...part.buttons, ...(part.more ?? [])].some((button) => menu.folded.includes(button));
      const folded = isLast ? menu.take() : [];
      return [
        ...(shown.length > 0 ? [{ type: 'ActionSet', actions: shown.map(buttonToAction) }] : []),
        ...(folded.length > 0
          ? choice(
              `more:${index}`,
              t('more.buttons'),
              t('more.go'),
              folded.map(({ label, action, payload }) => ({
                title: label,
                value: encodePress(action, payload),
              })),
            )
          : []),
      ];
    }
    case 'select': {
      const choices = part.options.map(({ value, label }) => ({
        title: label,
        value: encodePress(part.action, { ...part.payload, value }),
      }));
      return choices.length > 0 ? choice(`select:${index}`, part.label, t('more.go'), choices) : [];
    }
    case 'link': {
      const url = new URL(part.url, drawing.baseUrl).href;
      const run = { type: 'TextRun', text: part.label || url, color: 'Accent', weight: 'Bolder' };
      const open = { type: 'Action.OpenUrl', url };
      return [{ type: 'RichTextBlock', inlines: [{ ...run, selectAction: open }] }];
    }
  }
}

function choice(id: string, label: string, go: string, choices: { title: string; value: string }[]): Element[] {
  return [
    { type: 'Input.ChoiceSet', id, label, style: 'compact', choices },
    {
      type: 'ActionSet',
      spacing: 'Small',
      actions: [execute(go, { do: 'chosen', input: id }, { associatedInputs: 'auto' })],
    },
  ];
}

/** For phones that show a card without its other actions, and for cards that are about no page of ours. */
export function siteLink({ locale, baseUrl }: Pick<Drawing, 'locale' | 'baseUrl'>): Element {
  return openUrl(teamsTexts(locale)('site.link'), new URL('/', baseUrl).href);
}

function openUrl(title: string, url: string): Element {
  return { type: 'Action.OpenUrl', title: shorten(title, LIMITS.title), url };
}

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

function buttonToAction({ label, action, payload, style, opensForm }: Button): Element {
  const looks = style ? { style: STYLES[style] } : {};
  const press: Press = { do: 'press', action, payload };
  return opensForm ? openDialog(label, press, looks) : execute(label, press, looks);
}

export function execute(title: string, press: Press, more: object = {}): Element {
  const named = title ? { title: shorten(title, LIMITS.title) } : {};
  return {
    type: 'Action.Execute',
    ...named,
    verb: press.do,
    data: pressData(press),
    associatedInputs: 'none',
    ...more,
  };
}

/** A button that opens a window at once; Teams then asks for what stands in it. */
export function openDialog(title: string, press: Press, more: object = {}): Element {
  return {
    type: 'Action.Submit',
    title: shorten(title, LIMITS.title),
    data: { msteams: { type: 'task/fetch' }, ...pressData(press) },
    associatedInputs: 'none',
    ...more,
  };
}

function shortened(card: Card, drawing: Drawing): AdaptiveCard {
  const t = teamsTexts(drawing.locale);
  const parts = card.parts.filter((part) => isForViewer(part, drawing.viewer));
  const lastWords = parts.findLastIndex(({ kind }) => !['buttons', 'select', 'link'].includes(kind));
  const tail = parts.slice(lastWords + 1);
  const note: CardPart[] = [{ kind: 'text', style: 'subtle', text: t('cut.text') }];
  const words = parts.slice(0, lastWords + 1);
  for (let count = words.length - 1; count >= 0; count -= 1) {
    const drawn = cardToAdaptive({ ...card, parts: [...words.slice(0, count), ...note, ...tail] }, drawing);
    if (sizeOf(drawn) <= LIMITS.cardBytes) return drawn;
  }
  return cardToAdaptive({ ...card, parts: [...note, ...tail] }, drawing);
}
