import { sayInstant } from '../calendar/local-day.js';
import type { Button, Card, CardPart } from '../chat/card.js';
import type { Context, ViewContext } from '../chat/feature.js';
import { startButton, stopButton } from '../following/buttons.js';
import { mayOnSignal } from '../people/relations.js';
import { may } from '../people/roles.js';
import type { Locale } from '../chat/texts.js';
import type { Person, SignalStatus } from '../storage/database.js';
import { sayEntryData, sayProgress, sayStatus, sayWhere } from './describe.js';
import { findFilers } from './posts.js';
import { longTexts, neutralFacts, ownerButtons, signalLink } from './owner-card.js';
import { readTimeline, type SignalDetail, type SignalLine, type Timeline } from './read-signals.js';
import { EntryData } from './step-inputs.js';
import { signalTexts } from './texts.js';
import { ENDED } from './transitions.js';

/** How much of a timeline somebody sees. */
export type TimelineReader = 'everyone' | 'filer' | 'triage';

function readerOf(person: Person, signal: Pick<SignalDetail, 'filers'>): TimelineReader {
  if (may(person, 'read internal notes')) return 'triage';
  const filed = signal.filers.some((filer) => filer.personId === person.id);
  return may(person, 'read words to the filers', filed ? ['filer'] : []) ? 'filer' : 'everyone';
}

/** "INTERN" or "VOOR DE MELDERS"; empty for what everyone may read. In words, so that no colour is needed to see it. */
function sayVisibility({ visibility }: Pick<TimelineLine, 'visibility'>, locale: Locale): string {
  return visibility === 'public' ? '' : signalTexts(locale)(`timeline.${visibility}`);
}

/** One timeline entry in words, for cards and pages alike. */
export interface TimelineLine {
  at: Date;
  /** What happened: a status, or the kind of entry. */
  what: string;
  /** Null where the reader may not know who: a filer's name is for triage. */
  by: string | null;
  /** From where it was done; null where the reader may not know who, and in the demo. */
  platform: string | null;
  visibility: Timeline[number]['visibility'];
  /** What was said, as it was typed. */
  text: string | null;
  facts: string[];
}

/** The entries this reader may see, in order. */
export function describeTimeline(
  context: Pick<ViewContext, 'locale' | 'municipality'>,
  entries: Timeline,
  reader: TimelineReader,
  readerId?: string,
): TimelineLine[] {
  const maySee = ({ visibility }: Timeline[number]) =>
    visibility === 'public' || reader === 'triage' || (visibility === 'filers' && reader === 'filer');
  return entries.flatMap((entry): TimelineLine[] => {
    if (maySee(entry)) {
      const by = sayBy(context, entry, reader, readerId);
      return [
        {
          at: entry.at,
          what: sayWhat(context, entry),
          by,
          platform: by && sayPlatform(entry.platform, context.locale),
          visibility: entry.visibility,
          text: entry.text,
          facts: [...sayEntryData(entry.data, context), ...(reader === 'triage' ? sayForTriage(context, entry) : [])],
        },
      ];
    }
    // A question and its answer are between filer and owner; that the signal went there and back is for everyone.
    if (!entry.toStatus) return [];
    const what = sayStatus(entry.toStatus, context.locale);
    return [{ at: entry.at, what, by: null, platform: null, visibility: 'public', text: null, facts: [] }];
  });
}

/** What people do as colleagues in the field, not in their function. */
const AS_FILER: readonly Timeline[number]['kind'][] = [
  'filed',
  'answer',
  'helps',
  'helps_not',
  'amended',
  'endorsed',
  'endorsement_undone',
  'tested',
  'enriched',
];

function sayWhat({ locale }: Pick<ViewContext, 'locale'>, entry: Timeline[number]): string {
  const t = signalTexts(locale);
  if (entry.kind === 'status' && entry.toStatus) return sayStatus(entry.toStatus, locale);
  if (entry.kind === 'corrected')
    return t('timeline.corrected', { status: entry.toStatus ? sayStatus(entry.toStatus, locale) : '' });
  return t(`timeline.${entry.kind === 'status' ? 'corrected' : entry.kind}`);
}

/**
 * Owners act in their function and are named; who filed, answered or withdrew is named to triage and to themselves,
 * a regisseur who filed too.
 */
function sayBy(
  { locale }: Pick<ViewContext, 'locale'>,
  entry: Timeline[number],
  reader: TimelineReader,
  readerId: string | undefined,
): string | null {
  if (!entry.person) return signalTexts(locale)('timeline.system');
  const asFiler = AS_FILER.includes(entry.kind) || entry.toStatus === 'withdrawn';
  const inFunction = may({ roles: entry.person.roles, active: true }, 'be named on the timeline') && !asFiler;
  return inFunction || reader === 'triage' || entry.person.id === readerId ? entry.person.name : null;
}

function sayForTriage({ locale }: Pick<ViewContext, 'locale'>, entry: Timeline[number]): string[] {
  const { before, organisation } = EntryData.parse(entry.data ?? {});
  return [
    ...(organisation ? [organisation] : []),
    ...Object.values(before ?? {}).map((text) => signalTexts(locale)('timeline.before', { before: text })),
  ];
}

/** Null for what was done nowhere: the demo's steps. */
function sayPlatform(platform: string, locale: Locale): string | null {
  const t = signalTexts(locale);
  switch (platform) {
    case 'slack':
      return 'Slack';
    case 'teams':
      return 'Teams';
    case 'playground':
    case 'web':
    case 'system':
      return t(`platform.${platform}`);
    case 'demo':
      return null;
    default:
      return platform;
  }
}

/**
 * The whole way of one signal, as far as this person may see it.
 *
 * @param inPublic others read along: what everyone may see, and nothing to press.
 */
export async function timelineCard(context: Context, signal: SignalDetail, inPublic = false): Promise<Card> {
  const { locale, municipality, person } = context;
  const t = signalTexts(locale);
  const reader = inPublic ? 'everyone' : readerOf(person, signal);
  const entries = await readTimeline(context.db, municipality.id, signal.id);
  const lines = describeTimeline(context, entries, reader, inPublic ? undefined : person.id);
  const steps = lines.flatMap((line): CardPart[] => [
    {
      kind: 'text',
      text: `${[sayVisibility(line, locale), line.what].filter(Boolean).join(' · ')}\n${[
        sayInstant(line.at, municipality.zone, locale),
        line.by,
        line.platform,
      ]
        .filter(Boolean)
        .join(' · ')}`,
    },
    ...line.facts.map((text): CardPart => ({ kind: 'text', text, style: 'subtle' })),
    ...(line.text ? [{ kind: 'text' as const, text: line.text, style: 'quote' as const }] : []),
  ]);
  return {
    summary: `${signal.reference} · ${sayStatus(signal.status, locale)}`,
    parts: [
      { kind: 'heading', text: `${signal.reference} · ${signal.title}` },
      {
        kind: 'text',
        text: [sayProgress(signal.status, locale), sayStatus(signal.status, locale)].filter(Boolean).join(' · '),
      },
      { kind: 'text', text: signal.description, style: 'quote' },
      {
        kind: 'facts',
        facts: [...neutralFacts(context, signal), { label: t('card.owner'), value: signal.owner.name }],
      },
      ...longTexts(context, signal),
      { kind: 'divider' },
      { kind: 'heading', text: t('timeline.heading') },
      ...steps,
      ...(inPublic ? [] : await buttonsFor(context, signal, entries, reader)),
      signalLink(context, signal),
    ],
  };
}

/** Who filed and follows a signal too sees the owner's buttons: more than six do not fit, and an owner can do it all. */
async function buttonsFor(
  context: Context,
  signal: SignalDetail,
  entries: Timeline,
  reader: TimelineReader,
): Promise<CardPart[]> {
  const triage = await triageButtons(context, signal);
  if (triage.length > 0) return triage;
  return [
    ...filerButtons(context, signal, entries),
    ...(await endorseButton(context, signal, reader)),
    ...(await followButton(context, signal)),
  ];
}

/** For who does not hear of it anyway, as a filer. */
async function followButton(context: Context, signal: SignalDetail): Promise<CardPart[]> {
  const { db, municipality, person, locale } = context;
  if (signal.status === 'withdrawn' || !may(person, 'read signals')) return [];
  if ((await findFilers(db, municipality.id, signal.id)).includes(person.id)) return [];
  const followed = await db.follow.findFirst({
    where: { municipalityId: municipality.id, personId: person.id, signalId: signal.id },
  });
  const button = followed ? stopButton(locale, followed.id, signal.reference) : startButton(locale, signal.id);
  return [{ kind: 'buttons', buttons: [button], onlyFor: [person.id] }];
}

/** Who follows the signal can work on it from here too, also when its card scrolled away long ago. */
async function triageButtons(context: Context, signal: SignalDetail): Promise<CardPart[]> {
  const { db, municipality, now, person } = context;
  if (!(await mayOnSignal(db, municipality, person, 'take a step', signal.ownerId, now))) return [];
  return [{ kind: 'buttons', buttons: ownerButtons(context, signal), onlyFor: [person.id] }];
}

const WITHDRAWABLE: readonly SignalStatus[] = ['received', 'in_review', 'needs_info'];

function filerButtons({ locale, person }: Context, signal: SignalDetail, entries: Timeline): CardPart[] {
  if (!signal.filers.some((filer) => filer.personId === person.id)) return [];
  const t = signalTexts(locale);
  const question = entries.findLast((entry) => entry.kind === 'question');
  const buttons: Button[] = [];
  if (signal.status === 'needs_info' && question) {
    buttons.push({
      label: t('card.answer'),
      action: 'signals.answer',
      payload: { signalId: signal.id, entryId: question.id },
      style: 'primary',
      opensForm: true,
    });
  }
  if (signal.status === 'received') {
    buttons.push({
      label: t('card.amend'),
      action: 'signals.amend',
      payload: { signalId: signal.id, seen: signal.version },
    });
  }
  if (WITHDRAWABLE.includes(signal.status) && signal.filers.length === 1 && signal.confirmed === 0) {
    buttons.push({
      label: t('step.withdrawn'),
      action: 'signals.step',
      payload: { signalId: signal.id, seen: signal.version, to: 'withdrawn' },
      style: 'danger',
    });
  }
  return buttons.length > 0 ? [{ kind: 'buttons', buttons, onlyFor: [person.id] }] : [];
}

/** "Ook bij ons", for who may file and did not file this one; who said so can take it back. */
async function endorseButton(context: Context, signal: SignalDetail, reader: TimelineReader): Promise<CardPart[]> {
  const { db, locale, municipality, person } = context;
  const filed = signal.filers.some((filer) => filer.personId === person.id);
  if (reader === 'triage' || filed || !may(person, 'file a signal')) return [];
  const where = { municipalityId: municipality.id, signalId: signal.id, personId: person.id, undoneAt: null };
  const confirmed = (await db.endorsement.count({ where })) > 0;
  if (!confirmed && ENDED.includes(signal.status)) return [];
  const t = signalTexts(locale);
  const button: Button = confirmed
    ? { label: t('card.endorse.undo'), action: 'endorsements.undo', payload: { signalId: signal.id } }
    : { label: t('card.endorse'), action: 'endorsements.endorse', payload: { signalId: signal.id } };
  return [{ kind: 'buttons', buttons: [button], onlyFor: [person.id] }];
}

/** A list of signals with their status; each line opens the signal. */
export function listParts(context: ViewContext, lines: SignalLine[]): CardPart[] {
  const t = signalTexts(context.locale);
  return lines.flatMap((line): CardPart[] => [
    {
      kind: 'link',
      label: `${line.acute ? '‼ ' : ''}${line.title}`,
      url: context.url(`/signalen/${line.reference}`),
    },
    {
      kind: 'text',
      style: 'subtle',
      text: t('list.line', {
        reference: line.reference,
        status: sayStatus(line.status, context.locale),
        where: sayWhere(line, context.locale),
      }),
    },
  ]);
}
