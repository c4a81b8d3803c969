import { sayMoment } from '../calendar/local-day.js';
import type { CardPart, Fact } from '../chat/card.js';
import type { ViewContext } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import { agendaOf, type ForumDetail, type Topic } from './read-forums.js';
import { forumTexts } from './texts.js';

/** So many topics stand on a card; the page has them all. */
const SHOWN = 6;

export const forumPath = (id: string) => `/forum/${id}`;
/** The calendar of one forum, and of all of a municipality's. */
const eventPath = (municipalityId: string, id: string) => `/forum/${municipalityId}/${id}.ics`;
export const calendarPath = (municipalityId: string) => `/forum/${municipalityId}.ics`;

/** A topic in one line: a signal's reference and title, or the theme. */
export function sayTopic({ signal, theme }: Pick<Topic, 'signal' | 'theme'>): string {
  return signal ? `${signal.reference} ${signal.title}` : (theme ?? '');
}

/** When, where and how full. The link to join stands on the page alone, behind signing in. */
export function factsOf(forum: ForumDetail, zone: string, locale: Locale): Fact[] {
  const t = forumTexts(locale);
  const { coming, waiting } = forum.counts;
  const seats =
    forum.capacity === null
      ? t('seats.open', { coming })
      : waiting > 0
        ? t('seats.waiting', { coming, capacity: forum.capacity, count: waiting })
        : t('seats.taken', { coming, capacity: forum.capacity });
  return [
    { label: t('when'), value: sayMoment(forum.startsAt, zone, locale) },
    ...(forum.place ? [{ label: t('where'), value: forum.place }] : []),
    ...(forum.onlineLink ? [{ label: t('online'), value: t('online.yes') }] : []),
    { label: t('seats'), value: seats },
  ];
}

/** The agenda, or as long as there is none what was put forward. */
export function topicParts(forum: ForumDetail, locale: Locale): CardPart[] {
  const t = forumTexts(locale);
  const agenda = agendaOf(forum);
  const topics = agenda.length > 0 ? agenda : forum.topics;
  if (topics.length === 0) return [];
  const lines = topics
    .slice(0, SHOWN)
    .map((topic) =>
      agenda.length > 0
        ? `• ${sayTopic(topic)}`
        : `• ${t('topic.votes', { what: sayTopic(topic), count: topic.votes })}`,
    );
  const more = topics.length - SHOWN;
  if (more > 0) lines.push(t('topics.more', { count: more }));
  return [{ kind: 'text', text: `${t(agenda.length > 0 ? 'agenda' : 'shortlist')}\n${lines.join('\n')}` }];
}

/** Where everything stands, and the file for one's own calendar: it opens without signing in, as calendars do. */
export function linkParts({ locale, municipality, url }: ViewContext, forumId: string): CardPart[] {
  const t = forumTexts(locale);
  return [
    { kind: 'link', label: t('details'), url: url(forumPath(forumId)) },
    { kind: 'link', label: t('calendar'), url: url(eventPath(municipality.id, forumId), 'signed') },
  ];
}
