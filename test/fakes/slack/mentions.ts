import { isObject, type Json, type JsonObject } from './json.js';
import type { Ephemeral, Message } from './types.js';

/** Something in a message that Slack makes more of than text. */
interface Sign {
  kind: 'broadcast' | 'group' | 'person' | 'channel' | 'link';
  /** As it stands in the message. */
  text: string;
}

const BROADCASTS = ['channel', 'here', 'everyone'];

/**
 * Every mention and link that Slack would make of a message: in `text`, in mrkdwn and in rich text. A bare web or mail
 * address in text that is not `verbatim` counts too, since Slack links it. For tests that user text stays text.
 */
export function signsIn(message: Pick<Message | Ephemeral, 'text' | 'blocks'>): Sign[] {
  return [...signsInMarkup(message.text, false), ...message.blocks.flatMap(signsInPart)];
}

function signsInPart(value: Json | undefined): Sign[] {
  if (Array.isArray(value)) return value.flatMap(signsInPart);
  if (!isObject(value)) return [];
  if (value.type === 'mrkdwn') return signsInMarkup(String(value.text), value.verbatim === true);
  const own = signInRichText(value);
  return own === undefined ? Object.values(value).flatMap(signsInPart) : [own];
}

function signInRichText(value: JsonObject): Sign | undefined {
  switch (String(value.type)) {
    case 'user':
      return { kind: 'person', text: String(value.user_id) };
    case 'usergroup':
      return { kind: 'group', text: String(value.usergroup_id) };
    case 'channel':
      return { kind: 'channel', text: String(value.channel_id) };
    case 'broadcast':
      return { kind: 'broadcast', text: String(value.range) };
    case 'link':
      return { kind: 'link', text: String(value.url) };
    default:
      return undefined;
  }
}

function signsInMarkup(text: string, verbatim: boolean): Sign[] {
  const marked = [...text.matchAll(/<([^<>]+)>/g)].flatMap((match) => signOf(match[1] ?? ''));
  if (verbatim) return marked;
  const rest = text.replaceAll(/<[^<>]+>/g, ' ');
  const bare = [...rest.matchAll(/\b(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+\.[a-z]{2,}\b/gi)];
  return [...marked, ...bare.map((match): Sign => ({ kind: 'link', text: match[0] }))];
}

function signOf(inner: string): Sign[] {
  const [target = ''] = inner.split('|');
  if (/^@[UW]/.test(target)) return [{ kind: 'person', text: target }];
  if (/^#C/.test(target)) return [{ kind: 'channel', text: target }];
  if (target.startsWith('!subteam^')) return [{ kind: 'group', text: target }];
  if (BROADCASTS.some((one) => target === `!${one}`)) return [{ kind: 'broadcast', text: target }];
  return /^(https?:|mailto:|slack:|tel:)/.test(target) ? [{ kind: 'link', text: target }] : [];
}
