import type { Card } from '../chat/card.js';
import type { ViewContext } from '../chat/feature.js';
import { sayStatus } from '../signals/describe.js';
import { signalLink } from '../signals/owner-card.js';
import type { EndorseResult } from './endorse.js';
import { endorsementTexts } from './texts.js';

/** Why it was not written, with what can be done instead. */
export function sayEndorseRefusal(
  { locale }: Pick<ViewContext, 'locale'>,
  refusal: Exclude<EndorseResult, { ok: true }>,
): string {
  const t = endorsementTexts(locale);
  if (refusal.code !== 'ENDORSE.ENDED') return t(refusal.code);
  return refusal.mergedInto
    ? t('ENDORSE.ENDED.merged', { other: refusal.mergedInto })
    : t('ENDORSE.ENDED', { status: sayStatus(refusal.status, locale) });
}

/** What whoever joined a signal reads, with the way to it. */
export function endorsedCard(context: ViewContext, signal: { reference: string }): Card {
  const t = endorsementTexts(context.locale);
  const done = t('endorse.done', { reference: signal.reference });
  return {
    summary: done,
    parts: [
      { kind: 'text', text: done },
      { kind: 'text', text: t('endorse.next'), style: 'subtle' },
      signalLink(context, signal),
    ],
  };
}
