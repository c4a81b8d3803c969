import { z } from 'zod';
import type { Card, CardPart } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import { sayProgress, sayStatus, sayWhere } from '../signals/describe.js';
import { signalLink } from '../signals/owner-card.js';
import { findSignal, readTimeline, type SignalDetail } from '../signals/read-signals.js';
import { describeTimeline } from '../signals/timeline-card.js';
import { stopButton, startButton } from './buttons.js';
import { describeFollow } from './describe-follow.js';
import { followingSubscription } from './subscription.js';
import { followingTexts } from './texts.js';

/** A new signal in a neighbourhood or with words that somebody follows: its neutral text, never who filed it. */
export const newSignal = defineMessage({
  id: 'following.new',
  params: z.object({ signalId: z.uuid(), followId: z.uuid(), later: z.literal('yes').optional() }),
  subscription: followingSubscription,
  async render(context, { signalId, followId, later }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    if (!signal) return null;
    const t = followingTexts(context.locale);
    const what = await describeFollow(context, followId);
    const heading = what ? t(later ? 'new.later' : 'new', { what }) : t('new.once');
    return card(context, signal, heading, [
      { kind: 'text', text: sayWhere(signal, context.locale) },
      { kind: 'text', style: 'quote', text: signal.description },
      {
        kind: 'buttons',
        buttons: [
          startButton(context.locale, signal.id),
          ...(what ? [stopButton(context.locale, followId, what)] : []),
        ],
      },
    ]);
  },
});

/** A step of a signal that somebody follows, as everyone may read it. */
export const followedStep = defineMessage({
  id: 'following.step',
  params: z.object({ signalId: z.uuid(), entryId: z.uuid(), followId: z.uuid(), followedId: z.uuid() }),
  subscription: followingSubscription,
  async render(context, { signalId, entryId, followId, followedId }) {
    const { db, municipality, locale } = context;
    const signal = await findSignal(db, municipality.id, signalId);
    if (!signal) return null;
    const entries = await readTimeline(db, municipality.id, signalId);
    const entry = entries.filter(({ id }) => id === entryId);
    const [line] = describeTimeline(context, entry, 'everyone');
    const followed = signalId === followedId ? signal : await findSignal(db, municipality.id, followedId);
    if (!line || !followed) return null;
    const t = followingTexts(locale);
    const ended = entry[0]?.toStatus === 'withdrawn';
    return card(context, signal, t('step', { what: line.what }), [
      ...line.facts.map((text): CardPart => ({ kind: 'text', text })),
      ...(line.text ? [{ kind: 'text' as const, style: 'quote' as const, text: line.text }] : []),
      ...(followed.id === signal.id
        ? []
        : [
            {
              kind: 'text' as const,
              style: 'subtle' as const,
              text: t('step.merged', { own: followed.reference, reference: signal.reference }),
            },
          ]),
      ended
        ? { kind: 'text', style: 'subtle', text: t('step.ended') }
        : { kind: 'buttons', buttons: [stopButton(locale, followId, followed.reference)] },
    ]);
  },
});

function card(context: ViewContext, signal: SignalDetail, heading: string, parts: CardPart[]): Card {
  const { locale } = context;
  const urgent = signal.acute ? '‼ ' : '';
  return {
    summary: `${urgent}${signal.reference}: ${heading}`,
    parts: [
      { kind: 'text', style: 'subtle', text: heading },
      { kind: 'heading', text: `${urgent}${signal.reference} · ${signal.title}` },
      {
        kind: 'text',
        text: [sayProgress(signal.status, locale), sayStatus(signal.status, locale)].filter(Boolean).join(' · '),
      },
      ...parts,
      signalLink(context, signal),
    ],
  };
}
