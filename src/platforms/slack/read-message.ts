import type { SlackMessageContent } from './envelope.js';

/**
 * Slack's own signs in what somebody typed, as words: `&amp;`, `<@U1|naam>`, `<#C1|kanaal>`, `<https://x|woord>`.
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving
 *
 * @param nameOf a colleague's name, where it is known.
 */
export function readSlackText(text: string, nameOf: (userId: string) => string | undefined = () => undefined): string {
  return text
    .replaceAll(/<([^<>]*)>/g, (_whole, sign: string) => readSign(sign, nameOf))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function readSign(sign: string, nameOf: (userId: string) => string | undefined): string {
  const [target = '', label] = sign.split('|');
  if (target.startsWith('@')) return `@${label ?? nameOf(target.slice(1)) ?? 'collega'}`;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!subteam^')) return label ?? '@groep';
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  const url = target.replace(/^mailto:/, '');
  return label === undefined || label === url ? url : `${label} (${url})`;
}

/**
 * The words of a message. Of an app's message the text can be empty while everything stands in blocks or attachments.
 */
export function readMessage(message: SlackMessageContent, nameOf?: (userId: string) => string | undefined): string {
  const text = message.text?.trim();
  if (text) return readSlackText(text, nameOf);
  const words = [...textsIn(message.blocks), ...textsIn(message.attachments)].filter((each) => each.trim() !== '');
  return words.map((each) => readSlackText(each, nameOf)).join('\n');
}

/** Keys under which blocks and attachments keep what people read; `fallback` only repeats the others. */
const WORDS = ['text', 'title', 'pretext', 'value'] as const;
const INSIDE = ['blocks', 'elements', 'fields', 'attachments', 'accessory', 'rows'] as const;

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    // The pieces of one rich text line belong together.
    const pieces = value.map((each) => pieceOf(each));
    if (pieces.length > 0 && pieces.every((piece) => piece !== undefined)) return [pieces.join('')];
    return value.flatMap((each) => textsIn(each));
  }
  if (typeof value !== 'object' || value === null) return [];
  const own = WORDS.flatMap((key) => {
    const words: unknown = Reflect.get(value, key);
    if (typeof words === 'string') return [words];
    return typeof words === 'object' ? textsIn(words) : [];
  });
  return [...own, ...INSIDE.flatMap((key) => textsIn(Reflect.get(value, key)))];
}

/** An element of a rich text line as text in Slack's signs; undefined when it is none. */
function pieceOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const at = (key: string): string => {
    const found: unknown = Reflect.get(value, key);
    return typeof found === 'string' ? found : '';
  };
  switch (value.type) {
    case 'text':
      return escape(at('text'));
    case 'link':
      return at('text') ? `<${at('url')}|${escape(at('text'))}>` : `<${at('url')}>`;
    case 'user':
      return `<@${at('user_id')}>`;
    case 'channel':
      return `<#${at('channel_id')}>`;
    case 'usergroup':
      return `<!subteam^${at('usergroup_id')}>`;
    case 'broadcast':
      return `<!${at('range')}>`;
    case 'emoji':
      return `:${at('name')}:`;
    default:
      return undefined;
  }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
