import { z } from 'zod';
import { sayDay } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import { defineMessage, type Context, type ViewContext } from '../chat/feature.js';
import { toLocale } from '../chat/texts.js';
import type { Person, SignalStatus, TimelineEntry } from '../storage/database.js';
import { sayChoice, sayEntryData, sayProgress, sayStatus } from './describe.js';
import { signalLink } from './owner-card.js';
import { findFilers } from './posts.js';
import { findSignal, type SignalDetail } from './read-signals.js';
import { EntryData } from './step-inputs.js';
import { signalTexts } from './texts.js';
import { answerFromThread } from './triage/thread-replies.js';

/** From here a signal goes back to `accepted` with an outcome. */
const BACK_FROM: readonly SignalStatus[] = ['on_agenda', 'at_policy', 'in_action'];

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
        ...(signal.status === 'received'
          ? [
              {
                kind: 'buttons' as const,
                buttons: [
                  { label: t('card.amend'), action: 'signals.amend', payload: { signalId, seen: signal.version } },
                ],
                onlyFor: signal.filers.map((filer) => filer.personId),
              },
            ]
          : []),
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
    const parts = noticeParts(context, signal, entry);
    if (entry.kind === 'question') {
      parts.push(
        {
          kind: 'buttons',
          buttons: [
            {
              label: t('card.answer'),
              action: 'signals.answer',
              payload: { signalId, entryId },
              style: 'primary',
              opensForm: true,
            },
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

type Told = Pick<TimelineEntry, 'kind' | 'fromStatus' | 'toStatus' | 'text' | 'data'> & {
  person: Pick<Person, 'name'> | null;
};

/** The words of a notice, before what can be pressed. */
function noticeParts(context: Words, signal: SignalDetail, entry: Told): CardPart[] {
  const link = destinationLink(context, entry);
  return [
    {
      kind: 'heading',
      text: signalTexts(context.locale)('notice.about', { reference: signal.reference, title: signal.title }),
    },
    { kind: 'text', text: sayStepToFiler(context, signal, entry) },
    ...(entry.text ? [{ kind: 'text' as const, style: 'quote' as const, text: entry.text }] : []),
    ...(link ? [link] : []),
  ];
}

/** Where the complaints service or the wijkregisseur is found, when the signal was redirected there. */
function destinationLink({ municipality }: Words, { data }: Told): CardPart | undefined {
  const { destination } = EntryData.parse(data ?? {});
  if (destination !== 'complaints' && destination !== 'residents') return undefined;
  const link = municipality.settings.links[destination];
  return link && { kind: 'link', ...link };
}

/**
 * Feedback as its filers will read it, word for word, before it is sent: in the filer's language where there is one
 * filer, otherwise in the municipality's.
 */
export async function previewFeedback(context: Context, signal: SignalDetail, text: string): Promise<string> {
  const { db, municipality, person } = context;
  const filerIds = await findFilers(db, municipality.id, signal.id);
  const filers = await db.person.findMany({
    where: { municipalityId: municipality.id, id: { in: filerIds } },
    select: { locale: true },
  });
  const [only] = filers.length === 1 ? filers : [];
  const locale = only?.locale ? toLocale(only.locale) : municipality.locale;
  const entry: Told = { kind: 'feedback', fromStatus: null, toStatus: null, text, data: null, person };
  const lines = noticeParts({ municipality, locale }, signal, entry).flatMap((part) =>
    part.kind === 'heading'
      ? [part.text]
      : part.kind === 'text'
        ? [part.style === 'quote' ? `“${part.text}”` : part.text]
        : [],
  );
  return [signalTexts(context.locale)('feedback.preview', { count: filers.length }), ...lines].join('\n');
}

/** An entry as it stands in the thread under the owner's card. */
export const threadEntry = defineMessage({
  id: 'signals.thread-entry',
  params: z.object({ signalId: z.uuid(), entryId: z.uuid() }),
  async render(context, { entryId }) {
    const entry = await findEntry(context, entryId);
    if (!entry) return null;
    const t = signalTexts(context.locale);
    const by = entry.person?.name ?? t('timeline.system');
    const words = sayInThread(entry, by, context);
    const facts = sayEntryData(entry.data, context);
    return {
      summary: words,
      parts: [
        { kind: 'text', text: words },
        ...(entry.text ? [{ kind: 'text' as const, style: 'quote' as const, text: entry.text }] : []),
        ...facts.map((text): CardPart => ({ kind: 'text', style: 'subtle', text })),
      ],
    };
  },
});

type EntryWithPerson = TimelineEntry & { person: Pick<Person, 'name'> | null };
type Words = Pick<ViewContext, 'locale' | 'municipality'>;

async function findEntry({ db, municipality }: ViewContext, id: string): Promise<EntryWithPerson | null> {
  return db.timelineEntry.findUnique({
    where: { municipalityId_id: { municipalityId: municipality.id, id } },
    include: { person: { select: { name: true } } },
  });
}

function sayInThread(entry: TimelineEntry, by: string, { locale }: ViewContext): string {
  const t = signalTexts(locale);
  const { kind } = entry;
  const { organisation = '' } = EntryData.parse(entry.data ?? {});
  switch (kind) {
    case 'question':
    case 'answer':
    case 'feedback':
    case 'note':
    case 'transferred':
    case 'split':
    case 'joined':
    case 'linked':
    case 'lead_chosen':
    case 'task_given':
    case 'task_done':
    case 'partner_asked':
    case 'partner_ended':
    case 'helps':
    case 'helps_not':
      return t(`thread.${kind}`, { by });
    case 'partner_answered':
      return t('thread.partner_answered');
    case 'status':
      return entry.toStatus === 'in_review' ? t('thread.takenOn', { by }) : t('thread.withdrawn');
    case 'filed':
    case 'corrected':
    case 'reopened':
    case 'text_corrected':
    case 'amended':
    case 'solution_track':
    case 'snoozed':
      return t(`timeline.${kind}`, { status: '' });
    case 'tested':
      return t('thread.tested', { by });
    case 'enriched':
      return t('thread.enriched', { by });
    case 'endorsed':
    case 'endorsement_undone':
      return t(`thread.${kind}`, { by, organisation });
  }
}

function sayStepToFiler(context: Words, signal: SignalDetail, entry: Told): string {
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
    case 'solution_track':
      return t(`notice.${entry.kind}`);
    case 'transferred':
      return t('notice.transferred', { owner: data.owner ?? signal.owner.name });
    case 'split':
      return data.splitFrom
        ? t('notice.split.part', { from: data.splitFrom })
        : t('notice.split', { parts: data.parts ?? '' });
    case 'lead_chosen':
      return t('notice.lead_chosen', { lead: data.lead ?? '' });
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
    case 'joined':
    case 'linked':
    case 'task_given':
    case 'task_done':
    case 'partner_asked':
    case 'partner_answered':
    case 'partner_ended':
    case 'snoozed':
    case 'helps':
    case 'helps_not':
      throw new Error(`A filer gets no notice of an entry of kind ${entry.kind}.`);
    case 'status':
  }
  switch (entry.toStatus) {
    case 'in_review':
      if (entry.fromStatus === 'merged') return t('notice.in_review.unmerged');
      return entry.fromStatus === 'needs_info' ? t('notice.in_review.answered') : t('notice.in_review', { by });
    case 'accepted':
      return entry.fromStatus && BACK_FROM.includes(entry.fromStatus)
        ? t('notice.accepted.back')
        : t('notice.accepted');
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
    case 'redirected':
      return data.destination && data.destination !== 'other'
        ? t('notice.redirected.to', { where: t(`destination.${data.destination}`) })
        : t('notice.redirected');
    case 'withdrawn':
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
