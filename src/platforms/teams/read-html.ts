import { parseFragment, type DefaultTreeAdapterMap } from 'parse5';
import type { TeamsActivity } from './envelope.js';

type Node = DefaultTreeAdapterMap['node'];

/** Each begins on a line of its own. */
const BLOCKS = new Set(['p', 'div', 'br', 'li', 'tr', 'h1', 'h2', 'h3', 'blockquote', 'table', 'ul', 'ol', 'pre']);
const SILENT = new Set(['script', 'style', 'head', 'title']);

/** The words of a message as Teams keeps it (HTML), lines kept, everything else gone. */
export function wordsInHtml(html: string): string {
  return tidy(textOf(parseFragment(html)));
}

/**
 * A message that quotes another, as people answer a message in a chat without threads: which one, and what they wrote
 * under it. Undefined when it quotes nothing. The plain text of such a message runs quote and answer together.
 */
export function readQuote({ attachments }: TeamsActivity): { messageId: string; words: string } | undefined {
  for (const { contentType, content } of attachments ?? []) {
    if (contentType !== 'text/html' || typeof content !== 'string') continue;
    const fragment = parseFragment(content);
    const quote = find(fragment, (node) => node.nodeName === 'blockquote' && attribute(node, 'itemtype') === REPLY);
    const messageId = quote && attribute(quote, 'itemid');
    if (messageId) return { messageId, words: tidy(textOf(fragment, quote)) };
  }
  return undefined;
}
const REPLY = 'http://schema.skype.com/Reply';

function textOf(node: Node, without?: Node): string {
  if (node === without || SILENT.has(node.nodeName)) return '';
  if (node.nodeName === '#text' && 'value' in node) return node.value.replaceAll(/[\s\u00a0]+/g, ' ');
  const inside = 'childNodes' in node ? node.childNodes.map((child) => textOf(child, without)).join('') : '';
  return BLOCKS.has(node.nodeName) ? `\n${inside}${node.nodeName === 'br' ? '' : '\n'}` : inside;
}

function find(node: Node, is: (node: Node) => boolean): Node | undefined {
  if (is(node)) return node;
  for (const child of 'childNodes' in node ? node.childNodes : []) {
    const found = find(child, is);
    if (found) return found;
  }
  return undefined;
}

function attribute(node: Node, name: string): string | undefined {
  return 'attrs' in node ? node.attrs.find((each) => each.name === name)?.value : undefined;
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
