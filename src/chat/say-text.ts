import type { Card } from './card.js';
import type { Reply } from './feature.js';

export function sayOnlyToYou(text: string): Reply & { kind: 'card' } {
  return { kind: 'card', card: textCard(text), visible: 'only-you' };
}

export function textCard(text: string): Card {
  return { summary: text, parts: [{ kind: 'text', text }] };
}
