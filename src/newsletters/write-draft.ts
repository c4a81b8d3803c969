import { DateTime } from 'luxon';
import { sayDay } from '../calendar/local-day.js';
import type { MunicipalityInfo, NewsletterItem } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import { SMALLEST_SHOWN, type Count } from './hide-small-counts.js';
import { PART_MAX, type NewsletterText } from './newsletter.js';
import {
  NOT_SAID,
  WHOLE_CITY,
  type Figures,
  type Outcome,
  type Period,
  type Story,
  type Table,
} from './read-figures.js';
import { draftTexts, TIPS } from './texts-draft.js';

/** Lines of one table that are named; the others are counted together. */
const LINES_NAMED = 8;
const STORY_MAX = 500;
const ITEMS_MAX = 8;

export interface DraftInput {
  municipality: MunicipalityInfo;
  period: Period;
  figures: Figures;
  stories: Story[];
  items: NewsletterItem[];
  /** Names by id. */
  neighbourhoods: ReadonlyMap<string, string>;
  /** How many issues of this series came before: the tips take turns. */
  number: number;
}

/** Puts the figures of an issue into words, in the municipality's language. */
export function writeDraft(input: DraftInput): NewsletterText {
  const { municipality, period, figures } = input;
  const { locale, zone } = municipality;
  const t = draftTexts(locale);
  const days = { from: day(period.from, zone, locale), until: day(period.until, zone, locale) };
  const text: NewsletterText = {
    foreword: t('foreword', { ...days, municipality: municipality.name }),
    came: sayCame(input, days),
    moved: sayMoves(figures, locale),
    became: sayOutcomes(figures, locale),
    solved: input.stories
      .map(({ title, reference, text: words }) => t('story', { title, reference, text: shorten(words, STORY_MAX) }))
      .join('\n\n'),
    upcoming: sayItems(input.items, locale),
    tip: TIPS[locale][input.number % TIPS[locale].length] ?? '',
  };
  for (const [part, words] of Object.entries(text)) text[part as keyof NewsletterText] = shorten(words, PART_MAX);
  return text;
}

/** "december 2025 - februari 2026" would be exact; the month it comes out is what people call it. */
export function titleOf(series: { title: string }, sendAt: Date, { zone, locale }: MunicipalityInfo): string {
  const month = DateTime.fromJSDate(sendAt, { zone })
    .setLocale(locale === 'en' ? 'en-GB' : 'nl-BE')
    .toFormat('LLLL yyyy');
  return draftTexts(locale)('title', { series: series.title, month });
}

export function sayCount(count: Count, locale: Locale): string {
  return count === 'few' ? draftTexts(locale)('few', { smallest: SMALLEST_SHOWN }) : String(count);
}

function sayCame({ figures, municipality, neighbourhoods }: DraftInput, days: { from: string; until: string }): string {
  const { locale, settings } = municipality;
  const t = draftTexts(locale);
  const { filed } = figures;
  if (filed === 0) return t('came.none', days);
  if (filed === 'few') return t('came.few', { ...days, smallest: SMALLEST_SHOWN });
  const choice = (choices: { key: string; nl: string; en: string }[]) => (key: string) =>
    key === NOT_SAID ? t('none') : (choices.find((each) => each.key === key)?.[locale] ?? key);
  const place = (key: string) => placeName(key, neighbourhoods, locale);
  const tables = [
    ['came.places', sayTable(figures.places, place, locale)],
    ['came.domains', sayTable(figures.domains, choice(settings.lifeDomains), locale)],
    ['came.rights', sayTable(figures.rights, choice(settings.fundamentalRights), locale)],
  ] as const;
  return [
    t('came', { ...days, count: filed }),
    ...tables.flatMap(([key, lines]) => (lines ? [t(key, { lines })] : [])),
    ...(tables.some(([, lines]) => lines) ? [t('came.note')] : []),
  ].join('\n');
}

export function placeName(key: string, neighbourhoods: ReadonlyMap<string, string>, locale: Locale): string {
  return key === WHOLE_CITY ? draftTexts(locale)('city') : (neighbourhoods.get(key) ?? key);
}

function sayTable({ lines, rest }: Table, label: (key: string) => string, locale: Locale): string {
  const t = draftTexts(locale);
  const named = lines.slice(0, LINES_NAMED);
  const others = lines.slice(LINES_NAMED).reduce((sum, { count }) => sum + count, rest);
  return [
    ...named.map(({ key, count }) => t('line', { label: label(key), count })),
    ...(others > 0 ? [t('rest', { count: others })] : []),
  ].join(', ');
}

function sayMoves({ moves }: Figures, locale: Locale): string {
  const t = draftTexts(locale);
  const happened = moves.filter(({ count }) => count !== 0);
  if (happened.length === 0) return '';
  const lines = happened.map(({ key, count }) =>
    t('bullet', { label: t(`move.${key}`), count: sayCount(count, locale) }),
  );
  return [t('moved'), ...lines].join('\n');
}

function sayOutcomes({ outcomes }: Figures, locale: Locale): string {
  const t = draftTexts(locale);
  if (outcomes.lines.length === 0) return '';
  const lines = outcomes.lines.map(({ key, count }) => t('bullet', { label: t(`outcome.${key as Outcome}`), count }));
  const rest = outcomes.rest > 0 ? [`• ${t('rest', { count: outcomes.rest })}`] : [];
  return [t('became'), ...lines, ...rest].join('\n');
}

function sayItems(items: NewsletterItem[], locale: Locale): string {
  const t = draftTexts(locale);
  return items
    .toSorted((a, b) => (a.day ?? '9999').localeCompare(b.day ?? '9999'))
    .slice(0, ITEMS_MAX)
    .map(({ day: on, text }) => (on ? t('item', { day: sayDay(on, locale), text }) : t('item.undated', { text })))
    .join('\n');
}

function day(at: Date, zone: string, locale: Locale): string {
  return sayDay(DateTime.fromJSDate(at, { zone }).toISODate() ?? '', locale);
}

function shorten(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1).trimEnd()}…` : text;
}
