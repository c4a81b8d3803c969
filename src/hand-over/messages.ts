import { z } from 'zod';
import type { CardPart } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import { handOverTexts } from './texts.js';

const Params = z.object({ signalIds: z.string().transform((ids) => ids.split(' ')), why: z.string() });

/** Signals listed in one message: each takes two of Slack's fifty blocks. */
const SHOWN = 20;

/** One message about all the signals that changed hands together. */
function defineTold(kind: 'received' | 'given' | 'filer') {
  return defineMessage({
    id: `hand-over.${kind}`,
    params: Params,
    async render(context, { signalIds, why }) {
      const t = handOverTexts(context.locale);
      const signals = await readSignals(context, signalIds);
      if (signals.length === 0) return null;
      const heading = t(`${kind}.heading`, { count: signals.length });
      return {
        summary: heading,
        parts: [
          { kind: 'heading', text: heading },
          { kind: 'text', text: t(`${kind}.text`) },
          { kind: 'text', style: 'quote', text: why },
          ...signals.slice(0, SHOWN).flatMap(({ reference, title, owner, acute }): CardPart[] => [
            {
              kind: 'link',
              label: `${acute ? '‼ ' : ''}${reference} · ${title}`,
              url: context.url(`/signalen/${reference}`),
            },
            ...(kind === 'received'
              ? []
              : [{ kind: 'text' as const, style: 'subtle' as const, text: t('now', { owner: owner.name }) }]),
          ]),
          ...(signals.length > SHOWN
            ? [{ kind: 'text' as const, text: t('more', { count: signals.length - SHOWN }) }]
            : []),
        ],
      };
    },
  });
}

function readSignals({ db, municipality }: ViewContext, signalIds: string[]) {
  return db.signal.findMany({
    where: { municipalityId: municipality.id, id: { in: signalIds } },
    orderBy: [{ acute: 'desc' }, { filedAt: 'asc' }, { id: 'asc' }],
    select: { reference: true, title: true, acute: true, owner: { select: { name: true } } },
  });
}

export const handOverMessages = [defineTold('received'), defineTold('given'), defineTold('filer')];
