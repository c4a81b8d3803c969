/** Text as Slack takes it. What people typed goes out as `plain_text` or as literal `rich_text`: neither mentions, links nor formats. */

/** Lengths are Slack's own, in UTF-16 units: docs.slack.dev/reference/block-kit */
export const LIMITS = {
  blocksInMessage: 50,
  blocksInView: 100,
  /** Undocumented; `msg_blocks_too_long` was measured from 12,000 on, over all texts of a message together. */
  textInMessage: 12_000,
  sectionText: 3_000,
  headerText: 150,
  viewTitle: 24,
  buttonText: 75,
  buttonValue: 2_000,
  optionText: 75,
  optionValue: 150,
  options: 100,
  overflowOptions: 5,
  elements: 25,
  label: 2_000,
  placeholder: 150,
  input: 3_000,
  privateMetadata: 3_000,
  altText: 2_000,
} as const;

export interface PlainText {
  type: 'plain_text';
  text: string;
  emoji: false;
}

/** Text that stays what it is: `:smile:`, `*x*`, `<!channel>` and addresses included. */
export function plain(text: string, max: number): PlainText {
  return { type: 'plain_text', text: shorten(visible(text), max), emoji: false };
}

/** Cuts between characters, never in the middle of one, and shows that something is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  // A lone first half of a surrogate pair would show as a question mark.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Pieces of at most `max` that together are the whole text, broken behind a line end or a space where there is one. */
export function pieces(text: string, max: number): string[] {
  const result: string[] = [];
  let rest = visible(text);
  while (rest.length > max) {
    const window = rest.slice(0, max);
    const at = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' ')) + 1;
    const end = at > max / 2 ? at : /[\uD800-\uDBFF]$/.test(window) ? max - 1 : max;
    result.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...result, rest].filter((piece) => piece.trim() !== '');
}

/**
 * The line Slack shows in notifications. It is the one text that Slack reads as mrkdwn: escaped as its documentation
 * asks, and with an invisible character in every `@name` and web address, so that no client makes more of them.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function notification(text: string): string {
  return shorten(visible(text), LIMITS.sectionText)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '@\u200B')
    .replaceAll(/\b(https?:|www)(?=\/\/|\.)/gi, '$1\u200B');
}

/** Slack refuses empty texts. */
function visible(text: string): string {
  return text.trim() === '' ? '–' : text;
}
