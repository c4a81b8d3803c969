import { z } from 'zod';
import { sayInstant } from '../calendar/local-day.js';
import type { Card } from '../chat/card.js';
import {
  defineAction,
  type Action,
  type Answer,
  type Command,
  type Context,
  type FormDefinition,
  type Reply,
} from '../chat/feature.js';
import { may, type Permission } from '../people/roles.js';
import { attendanceForm, reportForm, trackForm } from './after-forms.js';
import { forumCard, manageCard } from './cards.js';
import { guestsForm } from './guests.js';
import { decideMembership, leaveForum } from './membership.js';
import { membershipForm, membershipParts } from './membership-form.js';
import { cancelForm, changeForm, planForm, sayRefusal } from './plan-form.js';
import { answerOf, listComing, readForum } from './read-forums.js';
import { answerInvitation, invitationKey } from './seats.js';
import { forumTexts } from './texts.js';
import { agendaForm, suggestForm, voteForm } from './topic-forms.js';

const onlyToYou = (card: Card): Reply => ({ kind: 'card', card, visible: 'only-you' });
const say = (text: string): Reply => onlyToYou({ summary: text, parts: [{ kind: 'text', text }] });

const About = z.object({ forumId: z.uuid() });
/** A card that was shown before a change carries what it showed. */
const Seen = About.extend({ seen: z.coerce.number().int().default(0) });

/** The next forum with this person's answer, later ones by date, and membership where there is one. */
async function showForums(context: Context): Promise<Reply> {
  const { db, locale, municipality, now, person } = context;
  const t = forumTexts(locale);
  const organiser = may(person, 'organise forums');
  const [next, ...later] = await listComing(db, municipality.id, now);
  const forum = next && (await readForum(db, municipality.id, next.id));
  const plan = organiser
    ? [
        {
          kind: 'buttons' as const,
          buttons: [{ label: t('plan-next.button'), action: 'forums.plan', payload: {} }],
        },
      ]
    : [];
  const membership = await membershipParts(context);
  if (!forum) {
    const text = t(organiser ? 'none.organiser' : 'none');
    return onlyToYou({ summary: text, parts: [{ kind: 'text', text }, ...membership, ...plan] });
  }
  const card = forumCard(context, forum, { person, answer: await answerOf(db, forum, person.id) });
  const dates = later.map(({ title, startsAt }) => `• ${title}, ${sayInstant(startsAt, municipality.zone, locale)}`);
  return onlyToYou({
    ...card,
    parts: [
      ...card.parts,
      ...(dates.length > 0 ? [{ kind: 'text' as const, text: `${t('more.heading')}\n${dates.join('\n')}` }] : []),
      ...membership,
      ...plan,
    ],
  });
}

const open =
  <P extends Record<string, string | number | boolean>>(form: FormDefinition, permission: Permission) =>
  async (context: Context, payload: P): Promise<Reply> => {
    const t = forumTexts(context.locale);
    if (!may(context.person, permission)) return say(t(permission === 'file a signal' ? 'not.worker' : 'not.yours'));
    return { kind: 'form', form: await context.openForm(form, payload) };
  };

const openPlan = open(planForm, 'organise forums');

export const forumCommands: Command[] = [
  {
    name: 'signaal',
    subcommand: { words: ['forum'], accepts: (rest) => rest === '' },
    help: (locale) => ({ usage: forumTexts(locale)('usage'), does: forumTexts(locale)('does') }),
    run: showForums,
  },
  {
    name: 'signaal',
    subcommand: { words: ['forum'], accepts: (rest) => rest === 'plan' },
    help: (locale) => ({ usage: forumTexts(locale)('plan.usage'), does: forumTexts(locale)('plan.does') }),
    isFor: ({ person }) => may(person, 'organise forums'),
    run: (context) => openPlan(context, {}),
  },
];

async function answer(context: Context, forumId: string, comes: boolean): Promise<Answer> {
  const result = await answerInvitation(context, forumId, comes);
  if (!result.ok) return say(sayRefusal(context.locale, result.code));
  const text = forumTexts(context.locale)(`answer.${result.answer}`);
  return { kind: 'shown', on: [invitationKey(forumId, context.person.id)], text };
}

async function manage(context: Context, { forumId }: z.output<typeof About>): Promise<Reply> {
  const { db, locale, municipality, person } = context;
  if (!may(person, 'organise forums')) return say(forumTexts(locale)('not.yours'));
  const forum = await readForum(db, municipality.id, forumId);
  if (!forum) return say(sayRefusal(locale, 'FORUM.GONE'));
  const guests = await db.forumAttendee.findMany({
    where: { municipalityId: municipality.id, forumId, part: { not: 'participant' } },
    include: { person: { select: { name: true } } },
    orderBy: { answeredAt: 'asc' },
  });
  return onlyToYou(
    manageCard(
      context,
      forum,
      guests.map(({ person: guest }) => guest.name),
    ),
  );
}

export const forumActions: Action[] = [
  defineAction('forums.open', z.object({}), (context) => showForums(context)),
  defineAction('forums.come', About, (context, { forumId }) => answer(context, forumId, true)),
  defineAction('forums.decline', About, (context, { forumId }) => answer(context, forumId, false)),
  defineAction('forums.vote', About, open(voteForm, 'file a signal')),
  defineAction('forums.suggest', About, open(suggestForm, 'file a signal')),
  defineAction('forums.manage', About, manage),
  defineAction('forums.plan', z.object({}), openPlan),
  defineAction('forums.change', Seen, open(changeForm, 'organise forums')),
  defineAction('forums.cancel', Seen, open(cancelForm, 'organise forums')),
  defineAction('forums.agenda', Seen, open(agendaForm, 'organise forums')),
  defineAction('forums.guests', Seen, open(guestsForm, 'organise forums')),
  defineAction('forums.attendance', Seen, open(attendanceForm, 'organise forums')),
  defineAction('forums.track', Seen, open(trackForm, 'organise forums')),
  defineAction('forums.report', Seen, open(reportForm, 'organise forums')),
  defineAction('forums.join', z.object({}), open(membershipForm, 'file a signal')),
  defineAction('forums.leave', z.object({}), async (context) => {
    const result = await leaveForum(context);
    return say(result.ok ? forumTexts(context.locale)('member.left') : sayRefusal(context.locale, result.code));
  }),
  defineAction('forums.decide', z.object({ personId: z.uuid(), accepts: z.boolean() }), async (context, payload) => {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'decide on membership')) return say(t('not.yours'));
    const result = await decideMembership(context, payload.personId, payload.accepts);
    return say(result.ok ? t('member.decided.now') : sayRefusal(context.locale, result.code));
  }),
];
