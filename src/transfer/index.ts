import { z } from 'zod';
import type { Card, CardPart } from '../chat/card.js';
import { defineMessage, type Feature } from '../chat/feature.js';
import { memberSource } from '../people/member-source.js';
import { signalLink } from '../signals/owner-card.js';
import { findSignal, type SignalDetail } from '../signals/read-signals.js';
import { defineSignalForm, finish, wordsField } from '../signals/signal-form.js';
import { noteFromThread } from '../signals/triage/thread-replies.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { transferTexts } from './texts.js';
import { transferSignal } from './transfer-signal.js';

/** Who may follow up signals, to hand one to. */
const recipients = memberSource('transfer.recipients', { able: 'follow up signals' });

const form = defineSignalForm({
  id: 'transfer.signal',
  allows: 'transfer a signal',
  values: z.object({ to: z.uuid(), why: z.string().min(1).max(STEP_TEXT_MAX) }),
  words: (locale) => ({ title: transferTexts(locale)('title'), submit: transferTexts(locale)('submit') }),
  fields: ({ locale }) => {
    const t = transferTexts(locale);
    return [
      {
        kind: 'search',
        id: 'to',
        label: t('to'),
        hint: t('to.hint'),
        required: true,
        source: recipients.id,
        multiple: false,
      },
      wordsField('why', t('why'), { hint: t('why.hint') }),
    ];
  },
  texts: ['why'],
  async save(context, { signalId, seenVersion, values }) {
    const result = await transferSignal(context, { signalId, seenVersion, toPersonId: values.to, why: values.why });
    const owner = result.ok ? await findSignal(context.db, context.municipality.id, signalId) : null;
    return finish(
      context,
      result,
      ({ signal: { reference } }) =>
        transferTexts(context.locale)('done', { reference, owner: owner?.owner.name ?? '' }),
      {
        'TRANSFER.UNKNOWN': 'to',
        'TRANSFER.INACTIVE': 'to',
        'TRANSFER.NO_REGISSEUR': 'to',
        'TRANSFER.SAME': 'to',
      },
    );
  },
});

/** What stays of the card with who owned the signal before: which one, who follows it, and no buttons. */
const movedCard = defineMessage({
  id: 'transfer.moved-card',
  params: z.object({ signalId: z.uuid() }),
  async render(context, { signalId }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    if (!signal) return null;
    const text = transferTexts(context.locale)('moved', { owner: signal.owner.name });
    return about(signal, text, [signalLink(context, signal)]);
  },
  onReply: noteFromThread,
});

/** To the former and the new owner, each in person, unless they did it. */
const told = defineMessage({
  id: 'transfer.told',
  params: z.object({ signalId: z.uuid(), entryId: z.uuid() }),
  async render(context, { signalId, entryId }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    const entry = await context.db.timelineEntry.findUnique({
      where: { municipalityId_id: { municipalityId: context.municipality.id, id: entryId } },
      include: { person: { select: { name: true } } },
    });
    if (!signal || !entry) return null;
    const words = { by: entry.person?.name ?? '', owner: signal.owner.name };
    return about(signal, transferTexts(context.locale)('told', words), [
      ...(entry.text ? [{ kind: 'text' as const, style: 'quote' as const, text: entry.text }] : []),
      signalLink(context, signal),
    ]);
  },
});

function about(signal: SignalDetail, text: string, more: CardPart[]): Card {
  const heading = `${signal.reference} · ${signal.title}`;
  return {
    summary: `${heading}: ${text}`,
    parts: [{ kind: 'heading', text: heading }, { kind: 'text', text }, ...more],
  };
}

/** A signal goes from one owner to another. */
export const transfer: Feature = {
  name: 'transfer',
  actions: [form.action],
  forms: [form.form],
  messages: [movedCard, told],
  sources: [recipients],
};
