import { z } from 'zod';
import { sayInstant } from '../calendar/local-day.js';
import type { Card, CardPart } from '../chat/card.js';
import { defineMessage, type MessageView, type ViewContext } from '../chat/feature.js';
import { sayLate } from '../scheduling/say-late.js';
import { calendarEntry } from './calendar.js';
import { forumCard } from './cards.js';
import { linkParts } from './describe.js';
import { answerOf, findForum, readForum, type ForumDetail } from './read-forums.js';
import { forumSubscription } from './subscription.js';
import { forumTexts } from './texts.js';

const About = z.object({ forumId: z.uuid() });
const ToSomebody = About.extend({ personId: z.uuid() });

/** The forum's card for one person, under a heading of its own. */
async function cardFor(
  context: ViewContext,
  { forumId, personId }: z.output<typeof ToSomebody>,
  heading: (forum: ForumDetail) => string,
  extra: (forum: ForumDetail) => CardPart[] = () => [],
): Promise<Card | null> {
  const { db, municipality } = context;
  const forum = await readForum(db, municipality.id, forumId);
  const person = await db.person.findUnique({
    where: { municipalityId_id: { municipalityId: municipality.id, id: personId } },
  });
  if (!forum || !person) return null;
  const card = forumCard(context, forum, {
    person,
    answer: await answerOf(db, forum, personId),
    heading: heading(forum),
  });
  return { ...card, parts: [...extra(forum), ...card.parts] };
}

/** The same, with what it changes in the calendar of who gets it by mail. */
async function invitationFor(
  context: ViewContext,
  ...about: [...Tail<Parameters<typeof cardFor>>]
): Promise<Card | null> {
  const card = await cardFor(context, ...about);
  const forum = card && (await findForum(context.db, context.municipality.id, about[0].forumId));
  return card && forum && { ...card, calendar: calendarEntry(context, forum) };
}
type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

const invitation = defineMessage({
  id: 'forums.invitation',
  subscription: forumSubscription,
  params: ToSomebody,
  render: (context, params) =>
    invitationFor(context, params, ({ title }) => forumTexts(context.locale)('invitation', { title })),
});

/** In a channel: the facts, nobody's answer. */
const announcement = defineMessage({
  id: 'forums.announcement',
  params: About,
  async render(context, { forumId }) {
    const forum = await readForum(context.db, context.municipality.id, forumId);
    const t = forumTexts(context.locale);
    return forum && forumCard(context, forum, { heading: t('announcement', { title: forum.title }) });
  },
});

const reminder = defineMessage({
  id: 'forums.reminder',
  subscription: forumSubscription,
  params: ToSomebody.extend({ days: z.coerce.number(), due: z.string().default('') }),
  render(context, { days, due, ...about }) {
    const t = forumTexts(context.locale);
    return cardFor(
      context,
      about,
      // Late, or moved to a working day before: how many days it is cannot be said by the rule alone.
      ({ title }) => (due || days > 1 ? t('remind.soon', { title }) : t('remind', { title, count: days })),
      () => sayLate(context, due),
    );
  },
});

const seat = defineMessage({
  id: 'forums.seat',
  params: ToSomebody,
  render: (context, params) => invitationFor(context, params, () => forumTexts(context.locale)('seat.heading')),
});

const moved = defineMessage({
  id: 'forums.moved',
  params: ToSomebody.extend({ before: z.string() }),
  render(context, { before, ...about }) {
    const t = forumTexts(context.locale);
    const { zone } = context.municipality;
    return invitationFor(
      context,
      about,
      ({ title }) => t('moved.heading', { title }),
      ({ startsAt }) =>
        startsAt.toISOString() === before
          ? []
          : [{ kind: 'text', text: t('moved.before', { at: sayInstant(new Date(before), zone, context.locale) }) }],
    );
  },
});

const cancelled = defineMessage({
  id: 'forums.cancelled',
  params: ToSomebody,
  render: (context, params) =>
    invitationFor(context, params, ({ title }) => forumTexts(context.locale)('cancelled.heading', { title })),
});

/** To the owner of a signal that was chosen: the step is theirs to take. */
const chosen = defineMessage({
  id: 'forums.chosen',
  params: About.extend({ signalId: z.uuid() }),
  async render(context, { forumId, signalId }) {
    const { db, locale, municipality } = context;
    const t = forumTexts(locale);
    const forum = await readForum(db, municipality.id, forumId);
    const topic = forum?.topics.find(({ signal }) => signal?.id === signalId);
    if (!forum || !topic?.signal) return null;
    const { reference, title, status, version } = topic.signal;
    const heading = t('chosen.heading', { reference });
    return {
      summary: heading,
      parts: [
        { kind: 'heading', text: heading },
        { kind: 'text', text: `${title}\n${forum.title}, ${sayInstant(forum.startsAt, municipality.zone, locale)}` },
        ...(status === 'accepted'
          ? [
              { kind: 'text' as const, text: t('chosen.text') },
              {
                kind: 'buttons' as const,
                buttons: [
                  {
                    label: t('chosen.step'),
                    action: 'signals.step',
                    payload: { signalId, to: 'on_agenda', seen: version },
                    style: 'primary' as const,
                  },
                ],
              },
            ]
          : []),
        ...linkParts(context, forum.id),
      ],
    };
  },
});

const report = defineMessage({
  id: 'forums.report',
  subscription: forumSubscription,
  params: About,
  async render(context, { forumId }) {
    const { db, locale, municipality } = context;
    const t = forumTexts(locale);
    const forum = await readForum(db, municipality.id, forumId);
    if (!forum?.report) return null;
    const heading = t('report.heading', { title: forum.title });
    return {
      summary: heading,
      parts: [
        { kind: 'heading', text: heading },
        { kind: 'text', text: sayInstant(forum.startsAt, municipality.zone, locale), style: 'subtle' },
        { kind: 'text', text: forum.report },
        ...(forum.tracks.length > 0 ? [{ kind: 'heading' as const, text: t('report.tracks') }] : []),
        ...forum.tracks.map((track): CardPart => {
          const references = track.signals.map(({ reference }) => reference).join(', ');
          const about = references ? `\n${t('report.about', { references })}` : '';
          return { kind: 'text', text: `${track.title}\n${track.description}${about}` };
        }),
        ...linkParts(context, forum.id).slice(0, 1),
      ],
    };
  },
});

const planNext = defineMessage({
  id: 'forums.plan-next',
  params: z.object({}),
  render(context) {
    const t = forumTexts(context.locale);
    const { perYear } = context.municipality.settings.forum;
    const heading = t('plan-next.heading');
    return Promise.resolve({
      summary: heading,
      parts: [
        { kind: 'heading', text: heading },
        { kind: 'text', text: t('plan-next.text', { perYear }) },
        {
          kind: 'buttons',
          buttons: [{ label: t('plan-next.button'), action: 'forums.plan', payload: {}, style: 'primary' }],
        },
      ],
    });
  },
});

const membershipRequest = defineMessage({
  id: 'forums.membership-request',
  params: z.object({ personId: z.uuid(), requestedAt: z.string() }),
  async render({ db, locale, municipality }, { personId, requestedAt }) {
    const t = forumTexts(locale);
    const membership = await db.forumMembership.findUnique({
      where: { municipalityId_personId: { municipalityId: municipality.id, personId } },
      include: { person: { select: { name: true, organisation: true } } },
    });
    if (!membership) return null;
    const { name, organisation } = membership.person;
    const heading = t('member.request', { name: organisation ? `${name} (${organisation})` : name });
    const open = membership.status === 'requested' && membership.requestedAt.toISOString() === requestedAt;
    return {
      summary: heading,
      parts: [
        { kind: 'heading', text: heading },
        ...(membership.motivation
          ? [{ kind: 'text' as const, text: membership.motivation, style: 'quote' as const }]
          : []),
        open
          ? {
              kind: 'buttons' as const,
              buttons: [
                {
                  label: t('member.accept'),
                  action: 'forums.decide',
                  payload: { personId, accepts: true },
                  style: 'primary' as const,
                },
                { label: t('member.refuse'), action: 'forums.decide', payload: { personId, accepts: false } },
              ],
            }
          : { kind: 'text' as const, text: t('member.decided') },
      ],
    };
  },
});

const membershipDecided = defineMessage({
  id: 'forums.membership-decided',
  params: z.object({ accepted: z.string() }),
  render({ locale }, { accepted }) {
    const text = forumTexts(locale)(accepted ? 'member.accepted' : 'member.refused');
    return Promise.resolve({ summary: text, parts: [{ kind: 'text', text }] });
  },
});

export const forumMessages: MessageView[] = [
  invitation,
  announcement,
  reminder,
  seat,
  moved,
  cancelled,
  chosen,
  report,
  planNext,
  membershipRequest,
  membershipDecided,
];
