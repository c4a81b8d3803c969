import { z } from 'zod';
import type { Card, CardPart } from '../../chat/card.js';
import type { Context } from '../../chat/feature.js';
import { DESCRIPTION_MAX, MATTERS } from './file-values.js';
import { sayOwn } from '../own-words.js';
import { signalTexts } from '../texts.js';

/** A complaint or a question about one person needs no more than knowing that it is one. */
export const NotASignal = z.object({ matter: z.enum(MATTERS).exclude(['signal', 'draft']) });
type Matter = z.output<typeof NotASignal>['matter'];

/** The municipality's link for each; a question about one client goes to a colleague or the wijkregisseur. */
const LINKS = { complaint: 'complaints', client: 'clients', resident: 'residents' } as const;

/** Not a signal: where it does belong, with the text to take along. Nothing is written. */
export function sayWhereItBelongs({ locale, municipality }: Context, matter: Matter, typed: unknown): Card {
  const t = signalTexts(locale);
  const link = municipality.settings.links[LINKS[matter]];
  const say = sayOwn({ municipality, locale }, `redirect.${matter}`);
  const text = typeof typed === 'string' ? typed.trim().slice(0, DESCRIPTION_MAX) : '';
  const parts: CardPart[] = [
    { kind: 'text', text: say },
    ...(link ? [{ kind: 'link' as const, label: link.label, url: link.url }] : []),
    ...(text
      ? [
          { kind: 'text' as const, text: t('redirect.keep'), style: 'subtle' as const },
          { kind: 'text' as const, text, style: 'quote' as const },
        ]
      : []),
  ];
  return { summary: say, parts };
}
