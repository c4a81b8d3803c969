import type { Button, Card, CardPart } from '../chat/card.js';
import type { ViewContext } from '../chat/feature.js';
import { may } from '../people/roles.js';
import type { ForumAnswer, Person } from '../storage/database.js';
import { factsOf, linkParts, topicParts } from './describe.js';
import type { ForumDetail } from './read-forums.js';
import { forumTexts } from './texts.js';

type Reader = Pick<Person, 'id' | 'roles' | 'active'>;

/** A forum as one person sees it: their answer, and what they can do about it. */
export function forumCard(
  context: ViewContext,
  forum: ForumDetail,
  { person, answer, heading }: { person?: Reader; answer?: ForumAnswer | undefined; heading?: string },
): Card {
  const { locale, municipality, now } = context;
  const t = forumTexts(locale);
  const state =
    forum.status === 'cancelled'
      ? [t('cancelled'), forum.report ?? ''].filter(Boolean).join('\n')
      : forum.startsAt <= now
        ? t('over')
        : answer && t(`answer.${answer}`);
  const title = heading ?? forum.title;
  return {
    summary: title,
    parts: [
      { kind: 'heading', text: title },
      ...(heading ? [{ kind: 'text' as const, text: forum.title }] : []),
      { kind: 'facts', facts: factsOf(forum, municipality.zone, locale) },
      ...(state ? [{ kind: 'text' as const, text: state }] : []),
      ...topicParts(forum, locale),
      ...buttonsFor(context, forum, person, answer),
      ...(forum.status === 'cancelled' ? [] : linkParts(context, forum.id)),
    ],
  };
}

function buttonsFor(
  { locale, now }: ViewContext,
  forum: ForumDetail,
  person: Reader | undefined,
  answer: ForumAnswer | undefined,
): CardPart[] {
  if (!person || forum.status === 'cancelled') return [];
  const t = forumTexts(locale);
  const payload = { forumId: forum.id };
  const open = forum.status === 'planned' && forum.startsAt > now;
  const buttons: Button[] = [];
  if (open && answer !== 'coming' && answer !== 'waiting')
    buttons.push({ label: t('come'), action: 'forums.come', payload, style: 'primary' });
  if (open && answer !== 'declined') buttons.push({ label: t('decline'), action: 'forums.decline', payload });
  // A guest comes to listen and to advise; what is discussed is chosen by who files and works on signals.
  if (open && may(person, 'file a signal')) {
    if (forum.topics.length > 0) buttons.push({ label: t('vote'), action: 'forums.vote', payload });
    buttons.push({ label: t('suggest'), action: 'forums.suggest', payload });
  }
  if (may(person, 'organise forums')) buttons.push({ label: t('manage'), action: 'forums.manage', payload });
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
}

/** What an organiser can do now: preparing before it begins, keeping what came of it after. */
export function manageCard(
  { locale, now }: Pick<ViewContext, 'locale' | 'now'>,
  forum: ForumDetail,
  guests: string[],
): Card {
  const t = forumTexts(locale);
  const payload = { forumId: forum.id, seen: forum.sequence };
  const button = (what: 'change' | 'guests' | 'agenda' | 'cancel' | 'attendance' | 'track' | 'report'): Button => ({
    label: t(`do.${what}`),
    action: `forums.${what}`,
    payload,
  });
  const buttons =
    forum.status === 'cancelled'
      ? []
      : forum.startsAt > now
        ? [button('change'), button('guests'), button('agenda'), { ...button('cancel'), style: 'danger' as const }]
        : [button('attendance'), button('track'), ...(forum.status === 'reported' ? [] : [button('report')])];
  const title = t('manage.heading', { title: forum.title });
  return {
    summary: title,
    parts: [
      { kind: 'heading', text: title },
      { kind: 'text', text: t('manage.counts', { ...forum.counts }) },
      ...(guests.length > 0 ? [{ kind: 'text' as const, text: t('manage.guests', { names: guests.join(', ') }) }] : []),
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
  };
}
