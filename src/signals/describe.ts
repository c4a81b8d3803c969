import { localIsoDay, sayDay } from '../calendar/local-day.js';
import type { ViewContext } from '../chat/feature.js';
import type { Choice } from '../municipality/municipality-settings.js';
import type { Locale } from '../chat/texts.js';
import type { SignalStatus } from '../storage/database.js';
import { dueDay, isOverdue, toIso, type ClockColumns } from './clock.js';
import { EntryData } from './step-inputs.js';
import { signalTexts } from './texts.js';
import { PHASES, phaseOf, type Transition } from './transitions.js';

/** Words for facts of a signal, shared by cards, notices and pages. */

export function sayStatus(status: SignalStatus, locale: Locale): string {
  return signalTexts(locale)(`status.${status}`);
}

/** "●●○○○○○○ Stap 2 van 8: verzamelen"; empty for a withdrawn signal, which left the way. */
export function sayProgress(status: SignalStatus, locale: Locale): string {
  const phase = phaseOf(status);
  if (!phase) return '';
  const t = signalTexts(locale);
  const step = PHASES.indexOf(phase) + 1;
  const dots = '●'.repeat(step) + '○'.repeat(PHASES.length - step);
  return `${dots} ${t('progress', { step, phase: t(`phase.${phase}`) })}`;
}

/** The neighbourhoods' names, or "heel de stad". */
export function sayWhere(
  signal: { cityWide: boolean; neighbourhoods: { neighbourhood: { name: string } }[] },
  locale: Locale,
): string {
  if (signal.cityWide) return signalTexts(locale)('file.cityWide');
  return signal.neighbourhoods.map(({ neighbourhood }) => neighbourhood.name).join(', ');
}

/** A choice's words; a key that the municipality no longer has is shown as it is. */
export function sayChoice(choices: Choice[], key: string | null | undefined, locale: Locale): string | undefined {
  if (!key) return undefined;
  return choices.find((choice) => choice.key === key)?.[locale] ?? key;
}

/** What a button says that takes a signal from one status to another. */
export function sayStep(transition: Pick<Transition, 'to' | 'by'>, from: SignalStatus, locale: Locale): string {
  const t = signalTexts(locale);
  const { to } = transition;
  if (to === 'in_review') {
    if (from === 'received' || from === 'needs_info' || from === 'merged') return t(`step.in_review.${from}`);
    return t('step.in_review.ended');
  }
  if (to === 'accepted' && from !== 'in_review' && from !== 'needs_info') return t('step.accepted.back');
  if (to === 'received') throw new Error('No step leads to received.');
  return t(`step.${to}`);
}

/** The facts a step was given, each as one sentence. */
export function sayEntryData(
  raw: unknown,
  { municipality, locale }: Pick<ViewContext, 'municipality' | 'locale'>,
): string[] {
  const data = EntryData.parse(raw ?? {});
  const t = signalTexts(locale);
  const due = data.due ? sayDay(data.due, locale) : '';
  return [
    data.meeting && t('timeline.meeting', { meeting: data.meeting, due }),
    data.lead && (due ? t('timeline.lead', { lead: data.lead, due }) : t('timeline.lead.only', { lead: data.lead })),
    data.level && t('timeline.level', { level: t(`level.${data.level}`), due }),
    data.reason &&
      t('timeline.reason', { reason: sayChoice(municipality.settings.declineReasons, data.reason, locale) ?? '' }),
    data.snoozedUntil === 'never' && t('timeline.snoozed.never'),
    data.snoozedUntil &&
      data.snoozedUntil !== 'never' &&
      t('timeline.snoozed.until', { day: sayDay(data.snoozedUntil, locale) }),
    data.verdict && t(`verdict.${data.verdict}`),
    data.mergedInto && t('timeline.mergedInto', { reference: data.mergedInto }),
    data.joined && t('timeline.joinedBy', { reference: data.joined }),
    data.destination && t('timeline.destination', { where: t(`destination.${data.destination}`) }),
    data.owner && t('timeline.owner', { owner: data.owner }),
    data.linked && data.link && t(`timeline.link.${data.link}`, { reference: data.linked }),
    data.parts && t('timeline.parts', { parts: data.parts }),
    data.splitFrom && t('timeline.splitFrom', { reference: data.splitFrom }),
    data.assignee && t('timeline.assignee', { assignee: data.assignee, due }),
    data.partner && t('timeline.partner', { partner: data.partner }),
  ].filter((line) => typeof line === 'string' && line !== '') as string[];
}

/**
 * By when the next step is due, for who triages: "17 maart 2026", marked when that is past, and until when its reminder was
 * put off. Undefined where no clock runs.
 */
export function sayDue(
  signal: ClockColumns,
  { municipality, locale, now }: Pick<ViewContext, 'municipality' | 'locale' | 'now'>,
): string | undefined {
  const { settings, zone } = municipality;
  const due = dueDay(signal, settings);
  if (due === undefined) return undefined;
  const t = signalTexts(locale);
  return [
    isOverdue(signal, settings, localIsoDay(now, zone))
      ? t('due.late', { day: sayDay(due, locale) })
      : sayDay(due, locale),
    signal.snoozedUntil && t('due.snoozed', { day: sayDay(toIso(signal.snoozedUntil), locale) }),
    signal.neverRemind && t('due.never'),
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ');
}

/** A reference of this municipality as an example. */
export function exampleReference({ municipality, now }: Pick<ViewContext, 'municipality' | 'now'>): string {
  return `${municipality.reference}-${now.getUTCFullYear()}-0042`;
}
