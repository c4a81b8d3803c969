import type { Card } from './card.js';
import type { Reply } from './feature.js';

export function sayOnlyToYou(text: string): Reply & { kind: 'card' } {
  return { kind: 'card', card: textCard(text), visible: 'only-you' };
}

/** @param quoted what somebody typed, given back to them. */
export function textCard(text: string, ...quoted: string[]): Card {
  return {
    summary: text,
    parts: [
      { kind: 'text', text },
      ...quoted.map((quote) => ({ kind: 'text' as const, style: 'quote' as const, text: quote })),
    ],
  };
}
