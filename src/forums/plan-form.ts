import { DateTime } from 'luxon';
import { z } from 'zod';
import { localIsoDay } from '../calendar/local-day.js';
import { defineForm, type Context } from '../chat/feature.js';
import type { Field, FormOutcome, FormPart } from '../chat/form.js';
import type { Locale } from '../chat/texts.js';
import { may } from '../people/roles.js';
import { instantAt, wallClock } from '../calendar/wall-clock.js';
import { halfHours } from '../settings/times-of-day.js';
import { guardTexts } from '../signals/guard-texts.js';
import type { Forum } from '../storage/database.js';
import { cancelForum, changeForum, planForum, type ForumPlan } from './plan-forum.js';
import { findAudience, findForum } from './read-forums.js';
import { forumTexts } from './texts.js';

const HOURS = [1, 1.5, 2, 3, 4, 6, 8];
const TITLE_MAX = 120;
const PLACE_MAX = 200;
const MAX_PEOPLE = 10_000;

const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .optional()
    .transform((text) => text || undefined);

export const PlanValues = z.object({
  title: z.string().trim().min(1).max(TITLE_MAX),
  on: z.iso.date(),
  at: z.string().regex(/^([01]\d|2[0-3]):(00|30)$/),
  hours: z.coerce.number().min(0.5).max(12).default(2),
  place: optional(PLACE_MAX),
  online: optional(500),
  capacity: optional(10),
});

/** What a filled-in plan says, or what is wrong with it, by field. */
export function readPlan(
  values: z.output<typeof PlanValues>,
  { locale, municipality, now }: Pick<Context, 'locale' | 'municipality' | 'now'>,
): { ok: true; plan: ForumPlan } | { ok: false; errors: Record<string, string> } {
  const t = forumTexts(locale);
  const errors: Record<string, string> = {};
  const [hour = 0, minute = 0] = values.at.split(':').map(Number);
  const startsAt = instantAt(values.on, { hour, minute }, municipality.zone);
  if (startsAt <= now) errors['on'] = t('error.past');
  if (!values.place && !values.online) errors['place'] = t('error.where');
  if (values.online && !z.url({ protocol: /^https$/ }).safeParse(values.online).success)
    errors['online'] = t('error.link');
  const capacity = values.capacity === undefined ? undefined : Number(values.capacity);
  if (capacity !== undefined && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= MAX_PEOPLE))
    errors['capacity'] = t('error.capacity');
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { title, place, online: onlineLink } = values;
  return { ok: true, plan: { title, startsAt, minutes: values.hours * 60, place, onlineLink, capacity } };
}

const sayHours = (hours: number, locale: Locale) =>
  forumTexts(locale)('form.hours', { hours: hours.toLocaleString(locale === 'en' ? 'en-GB' : 'nl-BE') });

/** The fields of a plan, with what was planned before. */
export function planFields(locale: Locale, zone: string, forum?: Forum): Field[] {
  const t = forumTexts(locale);
  const start = forum && wallClock(forum.startsAt, zone);
  return [
    {
      id: 'title',
      kind: 'text',
      label: t('form.title'),
      required: true,
      maxLength: TITLE_MAX,
      value: forum?.title ?? '',
    },
    { id: 'on', kind: 'date', label: t('form.on'), required: true, ...(start && { value: start.slice(0, 10) }) },
    {
      id: 'at',
      kind: 'select',
      label: t('form.at'),
      required: true,
      options: halfHours('07:00', '21:30'),
      value: start?.slice(11) ?? '14:00',
    },
    {
      id: 'hours',
      kind: 'select',
      label: t('form.minutes'),
      required: true,
      options: HOURS.map((hours) => ({ value: String(hours), label: sayHours(hours, locale) })),
      value: String(forum ? forum.minutes / 60 : 2),
    },
    { id: 'place', kind: 'text', label: t('form.place'), maxLength: PLACE_MAX, value: forum?.place ?? '' },
    { id: 'online', kind: 'text', label: t('form.online'), maxLength: 500, value: forum?.onlineLink ?? '' },
    {
      id: 'capacity',
      kind: 'text',
      label: t('form.capacity'),
      hint: t('form.capacity.hint'),
      maxLength: 5,
      value: forum?.capacity?.toString() ?? '',
    },
  ];
}

const refused = (context: Context, code: Parameters<typeof sayRefusal>[1]): FormOutcome => ({
  kind: 'refused',
  text: sayRefusal(context.locale, code),
});

export function sayRefusal(
  locale: Locale,
  code:
    | 'FORUM.GONE'
    | 'FORUM.CANCELLED'
    | 'FORUM.OVER'
    | 'FORUM.CHANGED'
    | 'FORUM.NOT_YET'
    | 'FORUM.REPORTED'
    | 'TOPIC.THERE'
    | 'TOPIC.TOO_MANY'
    | 'TOPIC.UNKNOWN'
    | 'TRACK.NOBODY'
    | 'MEMBERSHIP.ASKED'
    | 'MEMBERSHIP.MEMBER'
    | 'MEMBERSHIP.DECIDED'
    | 'MEMBERSHIP.NONE',
): string {
  return forumTexts(locale)(`refused.${code}`);
}

export const done = (text: string): FormOutcome => ({
  kind: 'done',
  card: { summary: text, parts: [{ kind: 'text', text }] },
});

export const planForm = defineForm({
  id: 'forums.plan-form',
  params: z.object({}),
  values: PlanValues,
  async view(context) {
    const t = forumTexts(context.locale);
    const { municipality, locale, now, db } = context;
    const invited = (await findAudience(db, municipality)).length;
    const note: FormPart = {
      kind: 'note',
      tone: invited > 0 ? 'info' : 'warning',
      text: invited > 0 ? t('form.invites', { count: invited }) : t('form.invites.nobody'),
    };
    const soon = DateTime.fromJSDate(now).plus({ weeks: 6 }).toJSDate();
    return {
      title: t('form.plan'),
      submitLabel: t('form.save'),
      parts: [
        ...planFields(locale, municipality.zone).map((field) =>
          field.id === 'on' && field.kind === 'date'
            ? { ...field, value: localIsoDay(soon, municipality.zone) }
            : field,
        ),
        note,
      ],
    };
  },
  async submit(context, { values, raw }) {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const read = readPlan(values, context);
    if (!read.ok) return { kind: 'again', errors: read.errors };
    const problems = guardTexts(context, { title: values.title, place: values.place }, raw);
    if (problems) return problems;
    const forum = await planForum(context, read.plan);
    return done(t('done.planned', { title: forum.title }));
  },
});

const Seen = z.object({ forumId: z.uuid(), seen: z.coerce.number().int() });

export const changeForm = defineForm({
  id: 'forums.change-form',
  params: Seen,
  values: PlanValues,
  async view({ db, locale, municipality }, { forumId }) {
    const t = forumTexts(locale);
    const forum = await findForum(db, municipality.id, forumId);
    return {
      title: t('form.change'),
      submitLabel: t('form.save'),
      parts: planFields(locale, municipality.zone, forum ?? undefined),
    };
  },
  async submit(context, { params, values, raw }) {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const read = readPlan(values, context);
    if (!read.ok) return { kind: 'again', errors: read.errors };
    const problems = guardTexts(context, { title: values.title, place: values.place }, raw);
    if (problems) return problems;
    const result = await changeForum(context, params.forumId, params.seen, read.plan);
    return result.ok ? done(t('done.changed')) : refused(context, result.code);
  },
});

export const cancelForm = defineForm({
  id: 'forums.cancel-form',
  params: Seen,
  values: z.object({ why: z.string().trim().min(1).max(1_000) }),
  view({ locale }) {
    const t = forumTexts(locale);
    return Promise.resolve({
      title: t('cancel.title'),
      submitLabel: t('form.send'),
      parts: [
        {
          id: 'why',
          kind: 'multiline',
          label: t('cancel.why'),
          hint: t('cancel.hint'),
          required: true,
          maxLength: 1_000,
        },
      ],
    });
  },
  async submit(context, { params, values, raw }) {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await cancelForum(context, params.forumId, values.why);
    return result.ok ? done(t('done.cancelled')) : refused(context, result.code);
  },
});
