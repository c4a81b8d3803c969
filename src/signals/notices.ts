import { z } from 'zod';
import { sayDay } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import type { Person, TimelineEntry } from '../storage/database.js';
import { sayChoice, sayProgress, sayStatus } from './describe.js';
import { signalLink } from './owner-card.js';
import { findSignal, type SignalDetail } from './read-signals.js';
import { EntryData } from './step-inputs.js';
import { signalTexts } from './texts.js';
import { answerFromThread } from './thread-replies.js';

/** The filer's receipt: stays current, so that it shows how far the signal is. */
export const receipt = defineMessage({
  id: 'signals.receipt',
  params: z.object({ signalId: z.uuid() }),
  async render(context, { signalId }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    if (!signal) return null;
    const t = signalTexts(context.locale);
    const days = context.municipality.settings.acknowledgement.workingDays;
    const owner = signal.owner.name;
    return {
      summary: t('filed.done', { reference: signal.reference }),
      parts: [
        { kind: 'heading', text: t('receipt.heading') },
        { kind: 'text', text: t('notice.about', { reference: signal.reference, title: signal.title }) },
        {
          kind: 'text',
          text: [sayProgress(signal.status, context.locale), sayStatus(signal.status, context.locale)]
            .filter(Boolean)
            .join(' · '),
        },
        {
          kind: 'text',
          text: days === 'never' ? t('receipt.what.noClock', { owner }) : t('receipt.what', { owner, days }),
        },
        ...(await sayTypedBy(context, signal)),
        { kind: 'text', style: 'subtle', text: t('receipt.status', { reference: signal.reference }) },
        signalLink(context, signal),
      ],
    };
  },
  onReply: answerFromThread,
});

/** Who typed it, when that was a colleague. */
async function sayTypedBy({ db, municipality, locale }: ViewContext, signal: SignalDetail): Promise<CardPart[]> {
  const filed = await db.timelineEntry.findFirst({
    where: { municipalityId: municipality.id, signalId: signal.id, kind: 'filed' },
    select: { personId: true, person: { select: { name: true } } },
  });
  const own = signal.filers.some((filer) => filer.personId === filed?.personId);
  if (own || !filed?.person) return [];
  return [{ kind: 'text', text: signalTexts(locale)('receipt.behalf', { by: filed.person.name }) }];
}

/** What a filer hears of one step, in plain words. */
export const notice = defineMessage({
  id: 'signals.notice',
  params: z.object({ signalId: z.uuid(), entryId: z.uuid(), personId: z.uuid() }),
  async render(context, { signalId, entryId, personId }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    const entry = await findEntry(context, entryId);
    if (!signal || !entry) return null;
    const t = signalTexts(context.locale);
    const words = sayStepToFiler(context, signal, entry);
    const parts: CardPart[] = [
      { kind: 'heading', text: t('notice.about', { reference: signal.reference, title: signal.title }) },
      { kind: 'text', text: words },
      ...(entry.text ? [{ kind: 'text' as const, style: 'quote' as const, text: entry.text }] : []),
    ];
    if (entry.kind === 'question') {
      parts.push(
        {
          kind: 'buttons',
          buttons: [
            { label: t('card.answer'), action: 'signals.answer', payload: { signalId, entryId }, style: 'primary' },
          ],
          onlyFor: [personId],
        },
        { kind: 'text', style: 'subtle', text: t('notice.question.how') },
      );
    }
    if (await hasConfirmed(context, signalId, personId)) {
      parts.push({ kind: 'text', style: 'subtle', text: t('notice.viaConfirmed') });
    }
    const own = await findOwnMerged(context, signal, personId);
    if (own) {
      parts.push({ kind: 'text', style: 'subtle', text: t('notice.viaMerged', { own, reference: signal.reference }) });
    }
    return { summary: `${signal.reference}: ${words}`, parts: [...parts, signalLink(context, signal)] };
  },
  onReply: (context, params, text) => answerFromThread(context, params, text),
});

/** An entry as it stands in the thread under the owner's card. */
export const threadEntry = defineMessage({
  id: 'signals.thread-entry',
  params: z.object({ signalId: z.uuid(), entryId: z.uuid() }),
  async render(context, { entryId }) {
    const entry = await findEntry(context, entryId);
    if (!entry) return null;
    const t = signalTexts(context.locale);
    const by = entry.person?.name ?? t('timeline.system');
    const { organisation = '' } = EntryData.parse(entry.data ?? {});
    const words = sayInThread(entry.kind, by, organisation, context);
    return {
      summary: words,
      parts: [
        { kind: 'text', text: words },
        ...(entry.text ? [{ kind: 'text' as const, style: 'quote' as const, text: entry.text }] : []),
      ],
    };
  },
});

type EntryWithPerson = TimelineEntry & { person: Pick<Person, 'name'> | null };

async function findEntry({ db, municipality }: ViewContext, id: string): Promise<EntryWithPerson | null> {
  return db.timelineEntry.findUnique({
    where: { municipalityId_id: { municipalityId: municipality.id, id } },
    include: { person: { select: { name: true } } },
  });
}

function sayInThread(kind: TimelineEntry['kind'], by: string, organisation: string, { locale }: ViewContext): string {
  const t = signalTexts(locale);
  switch (kind) {
    case 'question':
    case 'answer':
    case 'feedback':
    case 'note':
      return t(`thread.${kind}`, { by });
    case 'status':
      return t('thread.withdrawn');
    case 'filed':
    case 'corrected':
    case 'reopened':
    case 'text_corrected':
    case 'amended':
    case 'tested':
    case 'enriched':
      return t(`timeline.${kind}`, { status: '' });
    case 'endorsed':
    case 'endorsement_undone':
      return t(`thread.${kind}`, { by, organisation });
  }
}

function sayStepToFiler(context: ViewContext, signal: SignalDetail, entry: EntryWithPerson): string {
  const { locale, municipality } = context;
  const t = signalTexts(locale);
  const by = entry.person?.name ?? t('timeline.system');
  const data = EntryData.parse(entry.data ?? {});
  const due = data.due ? sayDay(data.due, locale) : '';
  switch (entry.kind) {
    case 'question':
    case 'feedback':
      return t(`notice.${entry.kind}`, { by });
    case 'reopened':
    case 'text_corrected':
      return t(`notice.${entry.kind}`);
    case 'corrected':
      return t('notice.corrected', { status: sayStatus(entry.toStatus ?? signal.status, locale) });
    case 'filed':
    case 'answer':
    case 'note':
    case 'amended':
    case 'endorsed':
    case 'endorsement_undone':
    case 'tested':
    case 'enriched':
      throw new Error(`A filer gets no notice of an entry of kind ${entry.kind}.`);
    case 'status':
  }
  switch (entry.toStatus) {
    case 'in_review':
      if (entry.fromStatus === 'merged') return t('notice.in_review.unmerged');
      return entry.fromStatus === 'needs_info' ? t('notice.in_review.answered') : t('notice.in_review', { by });
    case 'accepted':
      return entry.text ? t('notice.accepted.back') : t('notice.accepted');
    case 'merged':
      return t('notice.merged', { other: data.mergedInto ?? '' });
    case 'declined':
      return t('notice.declined', {
        reason: sayChoice(municipality.settings.declineReasons, data.reason, locale) ?? '',
      });
    case 'on_agenda':
      return t('notice.on_agenda', { meeting: data.meeting ?? '', due });
    case 'in_action':
      return t('notice.in_action', { lead: data.lead ?? '', due });
    case 'at_policy':
      return t('notice.at_policy', { level: data.level ? t(`level.${data.level}`) : '', due });
    case 'withdrawn':
    case 'redirected':
    case 'resolved':
    case 'closed':
      return t(`notice.${entry.toStatus}`);
    case 'received':
    case 'needs_info':
    case null:
      throw new Error(`No notice for a step to ${entry.toStatus}.`);
  }
}

async function hasConfirmed({ db, municipality }: ViewContext, signalId: string, personId: string): Promise<boolean> {
  const where = { municipalityId: municipality.id, signalId, personId, undoneAt: null };
  return (await db.endorsement.count({ where })) > 0;
}

/** The reference of this person's own signal when they hear of another one that it was merged into. */
async function findOwnMerged(
  { db, municipality }: ViewContext,
  signal: SignalDetail,
  personId: string,
): Promise<string | undefined> {
  if (signal.filers.some((filer) => filer.personId === personId)) return undefined;
  const own = await db.signalFiler.findFirst({
    where: { municipalityId: municipality.id, personId, signal: { status: 'merged' } },
    orderBy: { at: 'desc' },
    select: { signal: { select: { reference: true } } },
  });
  return own?.signal.reference;
}
