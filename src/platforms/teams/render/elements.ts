/**
 * Adaptive Cards as Teams renders them: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
 * What people typed goes out in `TextRun`s alone: they show a text as it is, where a `TextBlock` makes links and lists of it.
 */
export const LIMITS = {
  /** Teams shows no more on one card. */
  actions: 6,
  /** Of a message with its card; Teams refuses more than 28 KB, and what is around the card counts. */
  cardBytes: 25_000,
  /** Of `refresh`. */
  viewers: 60,
  summary: 300,
  title: 100,
} as const;

export interface Element {
  type: string;
  [property: string]: unknown;
}

export interface AdaptiveCard extends Element {
  type: 'AdaptiveCard';
  body: Element[];
}

export function adaptiveCard(body: Element[], actions: Element[], more: object = {}): AdaptiveCard {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    msteams: { width: 'Full' },
    body,
    ...(actions.length > 0 && { actions }),
    ...more,
  };
}

type Style = 'heading' | 'subtle' | 'bold' | 'error' | undefined;

const RUNS: Record<NonNullable<Style>, object> = {
  heading: { size: 'Large', weight: 'Bolder' },
  subtle: { isSubtle: true, size: 'Small' },
  bold: { weight: 'Bolder' },
  error: { color: 'Attention', weight: 'Bolder' },
};

/** Teams shows no empty text: a line without words still takes its place. */
const BLANK = '\u00a0';

/** Text that stays what it is, a block for each of its lines. */
export function plainLines(text: string, style?: Style): Element[] {
  return text.split('\n').map((line, index) => ({
    type: 'RichTextBlock',
    ...(index > 0 && { spacing: 'None' }),
    inlines: [{ type: 'TextRun', text: line === '' ? BLANK : line, ...(style && RUNS[style]) }],
  }));
}

/** A name in front of a text. */
export function namedLines(name: string, text: string): Element[] {
  const [first = '', ...rest] = text.split('\n');
  return [
    {
      type: 'RichTextBlock',
      spacing: 'Small',
      inlines: [
        { type: 'TextRun', text: `${name}: `, weight: 'Bolder' },
        { type: 'TextRun', text: first.trim() === '' && rest.length === 0 ? '–' : first || BLANK },
      ],
    },
    ...plainLines(rest.join('\n'))
      .map((line) => ({ ...line, spacing: 'None' }))
      .slice(0, rest.length),
  ];
}

export function container(items: Element[], more: object = {}): Element {
  return { type: 'Container', items, ...more };
}

/** Cuts between characters, never in the middle of one, and shows that something is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  // A lone first half of a surrogate pair would show as a question mark.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

export function sizeOf(card: object): number {
  return Buffer.byteLength(JSON.stringify(card));
}
