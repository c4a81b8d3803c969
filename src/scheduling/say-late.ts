import { sayInstant } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import type { ViewContext } from '../chat/feature.js';
import { defineTexts } from '../chat/texts.js';

const lateTexts = defineTexts(
  { late: 'Dit bericht komt later dan gepland: het was bedoeld voor {{at}}.' },
  { late: 'This message is later than planned: it was meant for {{at}}.' },
);

/**
 * The line that a late message starts with.
 *
 * @param at when it was due, as ISO text in the message's `params`; undefined or empty: it is in time, and nothing is said.
 */
export function sayLate(
  { municipality, locale }: Pick<ViewContext, 'municipality' | 'locale'>,
  at?: string,
): CardPart[] {
  if (!at) return [];
  const text = lateTexts(locale)('late', { at: sayInstant(new Date(at), municipality.zone, locale) });
  return [{ kind: 'text', style: 'subtle', text }];
}
