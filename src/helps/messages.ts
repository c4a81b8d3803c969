import { z } from 'zod';
import { sayDay } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import { defineMessage } from '../chat/feature.js';
import { findThoseWhoMay } from '../people/relations.js';
import { sayLate } from '../scheduling/say-late.js';
import { sayStatus, sayStep } from '../signals/describe.js';
import { signalLink } from '../signals/owner-card.js';
import { findSignal } from '../signals/read-signals.js';
import { findTransition } from '../signals/transitions.js';
import { findAnswer } from './answer.js';
import { isAsked } from './ask-filers.js';
import { helpsTexts } from './texts.js';

/** The question, and once answered what was answered: a second press finds no buttons. */
export const question = defineMessage({
  id: 'helps.question',
  params: z.object({ signalId: z.uuid(), personId: z.uuid(), endedOn: z.iso.date(), late: z.string() }),
  async render(context, { signalId, personId, endedOn, late }) {
    const { db, municipality, locale } = context;
    const signal = await findSignal(db, municipality.id, signalId);
    if (!signal) return null;
    const t = helpsTexts(locale);
    const answer = await findAnswer(db, signal, personId, endedOn);
    const payload = { signalId, endedOn };
    const ask: CardPart[] = isAsked(signal, endedOn)
      ? [
          {
            kind: 'buttons',
            onlyFor: [personId],
            buttons: [
              { label: t('yes'), action: 'helps.yes', payload, style: 'primary' },
              { label: t('no'), action: 'helps.no', payload },
            ],
          },
        ]
      : [{ kind: 'text', style: 'subtle', text: t('over') }];
    return {
      summary: t('summary', { reference: signal.reference }),
      parts: [
        ...sayLate(context, late),
        { kind: 'heading', text: t('heading') },
        { kind: 'text', text: `${signal.reference} · ${signal.title}` },
        {
          kind: 'text',
          text: t('question', { day: sayDay(endedOn, locale), status: sayStatus(signal.status, locale) }),
        },
        ...(answer
          ? [
              {
                kind: 'text' as const,
                style: 'subtle' as const,
                text: t(`answered.${answer.kind === 'helps' ? 'yes' : 'no'}`),
              },
            ]
          : ask),
        signalLink(context, signal),
      ],
    };
  },
});

/** What whoever answers for it hears, with the way to reopen. */
export const told = defineMessage({
  id: 'helps.told',
  params: z.object({ signalId: z.uuid(), entryId: z.uuid() }),
  async render(context, { signalId, entryId }) {
    const { db, municipality, locale, now } = context;
    const signal = await findSignal(db, municipality.id, signalId);
    const entry = await db.timelineEntry.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: entryId } },
    });
    if (!signal || !entry) return null;
    const t = helpsTexts(locale);
    const reopen = findTransition(signal.status, 'in_review');
    return {
      summary: t('told.summary', { reference: signal.reference }),
      parts: [
        { kind: 'heading', text: t('told.heading') },
        { kind: 'text', text: `${signal.reference} · ${signal.title}` },
        { kind: 'text', text: t('told.text', { status: sayStatus(signal.status, locale) }) },
        ...(entry.text ? [{ kind: 'text' as const, style: 'quote' as const, text: entry.text }] : []),
        ...(reopen?.event === 'reopened'
          ? [
              {
                kind: 'buttons' as const,
                buttons: [
                  {
                    label: sayStep(reopen, signal.status, locale),
                    action: 'signals.step',
                    payload: { signalId, seen: signal.version, to: 'in_review' },
                    style: 'primary' as const,
                  },
                ],
                onlyFor: await findThoseWhoMay(db, municipality, 'take a step', signal.ownerId, now),
              },
            ]
          : []),
        { kind: 'text', style: 'subtle', text: t('told.how') },
        signalLink(context, signal),
      ],
    };
  },
});
