import { z } from 'zod';
import { localIsoDay, sayDay } from '../calendar/local-day.js';
import { defineForm, type Context } from '../chat/feature.js';
import type { Field, FormOutcome, FormPart } from '../chat/form.js';
import { memberSource } from '../people/member-source.js';
import { may } from '../people/roles.js';
import { toIso } from '../signals/clock.js';
import { guardTexts } from '../signals/guard-texts.js';
import { wordsField } from '../signals/signal-form.js';
import { nameOf } from './messages.js';
import { checkPeriod, meets } from './rules.js';
import { cancelLeave, changeLeave, takeLeave, type LeaveRefusal, type LeaveResult } from './save-leave.js';
import { leaveTexts } from './texts.js';

const NOTE_MAX = 500;

export const standIns = memberSource('leave.people', { able: 'follow up signals' });

/** At which field a refusal is shown that another answer there would solve. */
const FIELD: Partial<Record<LeaveRefusal['code'], string>> = {
  'LEAVE.OVERLAPS': 'from',
  'LEAVE.UNFIT': 'person',
  'LEAVE.ITSELF': 'replacement',
  'LEAVE.REPLACEMENT_AWAY': 'replacement',
  'LEAVE.REPLACEMENT_UNFIT': 'replacement',
  'LEAVE.COORDINATOR_ALONE': 'replacement',
};

function describe({ locale }: Pick<Context, 'locale'>, refusal: LeaveRefusal): string {
  const t = leaveTexts(locale);
  if (refusal.code !== 'LEAVE.OVERLAPS' && refusal.code !== 'LEAVE.REPLACEMENT_AWAY') {
    return t(`refused.${refusal.code}`);
  }
  const words = { from: sayDay(refusal.from, locale), until: sayDay(refusal.until, locale) };
  return refusal.code === 'LEAVE.OVERLAPS'
    ? t('refused.LEAVE.OVERLAPS', words)
    : t('refused.LEAVE.REPLACEMENT_AWAY', { ...words, name: refusal.name });
}

async function finish(
  context: Context,
  result: LeaveResult,
  fields: Partial<Record<LeaveRefusal['code'], string>>,
  cancelled = false,
): Promise<FormOutcome> {
  if (!result.ok) {
    const text = describe(context, result);
    const field = fields[result.code];
    return field ? { kind: 'again', errors: { [field]: text } } : { kind: 'refused', text };
  }
  const { locale } = context;
  const t = leaveTexts(locale);
  const { leave, person } = result;
  const [from, until] = [sayDay(toIso(leave.from), locale), sayDay(toIso(leave.until), locale)];
  const lines = cancelled
    ? [t('change.cancelled', { person: person.name })]
    : [
        t('take.done', { person: person.name, from, until, who: await sayWho(context, leave.replacementId) }),
        ...(await sayAlsoReplaces(context, leave)),
      ];
  return {
    kind: 'done',
    card: { summary: lines.join(' '), parts: lines.map((text) => ({ kind: 'text', text })) },
  };
}

async function sayWho(context: Context, replacementId: string | null): Promise<string> {
  const t = leaveTexts(context.locale);
  return replacementId ? t('who.replacement', { name: await nameOf(context, replacementId) }) : t('who.coordinator');
}

/** Who goes away while standing in for others leaves those to the coordinator: that is said at once. */
async function sayAlsoReplaces(
  context: Context,
  leave: { personId: string; from: Date; until: Date },
): Promise<string[]> {
  const { db, municipality, locale } = context;
  const others = await db.leave.findMany({
    where: {
      municipalityId: municipality.id,
      replacementId: leave.personId,
      ...meets({ from: toIso(leave.from), until: toIso(leave.until) }),
    },
    include: { person: { select: { name: true } } },
  });
  if (others.length === 0) return [];
  const person = await nameOf(context, leave.personId);
  return [leaveTexts(locale)('also.replaces', { person, others: others.map((one) => one.person.name).join(', ') })];
}

function replacementField({ locale }: Pick<Context, 'locale'>, value?: { value: string; label: string }): Field {
  const t = leaveTexts(locale);
  return {
    kind: 'search',
    id: 'replacement',
    label: t('take.replacement'),
    hint: t('take.replacement.hint'),
    source: standIns.id,
    multiple: false,
    ...(value && { value: [value] }),
  };
}

/** `/regisseur verlof` */
export const takeForm = defineForm({
  id: 'leave.take',
  params: z.object({}),
  values: z.object({
    person: z.uuid().optional(),
    from: z.iso.date(),
    until: z.iso.date(),
    replacement: z.uuid().optional(),
    note: z.string().max(NOTE_MAX).optional(),
  }),
  view(context) {
    const { locale, person } = context;
    const t = leaveTexts(locale);
    const parts: FormPart[] = [
      { kind: 'note', tone: 'info', text: t('take.note') },
      // For somebody else: who may for anybody.
      ...(may(person, 'arrange leave')
        ? [
            {
              kind: 'search' as const,
              id: 'person',
              label: t('take.who'),
              required: true,
              source: standIns.id,
              multiple: false,
              value: [{ value: person.id, label: person.name }],
            },
          ]
        : []),
      { kind: 'date', id: 'from', label: t('take.from'), required: true },
      { kind: 'date', id: 'until', label: t('take.until'), required: true },
      replacementField(context),
      {
        ...wordsField('note', t('take.words'), { hint: t('take.words.hint'), required: false }),
        maxLength: NOTE_MAX,
      } as Field,
    ];
    return Promise.resolve({ title: t('take.title'), submitLabel: t('take.submit'), parts });
  },
  async submit(context, { values, raw }) {
    const t = leaveTexts(context.locale);
    const { person: personId = context.person.id, from, until, replacement: replacementId, note } = values;
    const problem = checkPeriod({ from, until }, localIsoDay(context.now, context.municipality.zone));
    if (problem) return { kind: 'again', errors: { [problem.split('.')[0] ?? '']: t(`error.${problem}`) } };
    const guarded = guardTexts(context, { note }, raw);
    if (guarded) return guarded;
    return finish(context, await takeLeave(context, { personId, from, until, replacementId, note }), FIELD);
  },
});

/** Another last day or replacement, or not at all. */
export const changeForm = defineForm({
  id: 'leave.change',
  params: z.object({ leaveId: z.uuid() }),
  values: z.object({
    until: z.iso.date(),
    replacement: z.uuid().optional(),
    cancel: z.boolean().optional(),
  }),
  async view(context, { leaveId }) {
    const { db, municipality, locale } = context;
    const t = leaveTexts(locale);
    const leave = await db.leave.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: leaveId } },
      include: { person: { select: { name: true } }, replacement: { select: { id: true, name: true } } },
    });
    const title = { title: t('change.title'), submitLabel: t('change.submit') };
    if (!leave) return { ...title, parts: [{ kind: 'note', tone: 'warning', text: t('refused.LEAVE.GONE') }] };
    const [from, until] = [toIso(leave.from), toIso(leave.until)];
    const note = t('change.note', {
      person: leave.person.name,
      from: sayDay(from, locale),
      until: sayDay(until, locale),
    });
    const standIn = leave.replacement && { value: leave.replacement.id, label: leave.replacement.name };
    return {
      ...title,
      parts: [
        { kind: 'note', tone: 'info', text: note },
        { kind: 'date', id: 'until', label: t('change.until'), required: true, value: until },
        replacementField(context, standIn ?? undefined),
        { kind: 'tick', id: 'cancel', label: t('change.cancel'), statement: t('change.cancel.statement') },
      ],
    };
  },
  async submit(context, { params: { leaveId }, values }) {
    if (values.cancel) return finish(context, await cancelLeave(context, leaveId), {}, true);
    const t = leaveTexts(context.locale);
    const { db, municipality, now } = context;
    const leave = await db.leave.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: leaveId } },
      select: { from: true },
    });
    if (!leave) return { kind: 'refused', text: t('refused.LEAVE.GONE') };
    const { until, replacement: replacementId } = values;
    const today = localIsoDay(now, municipality.zone);
    const problem = checkPeriod({ from: toIso(leave.from), until }, today, true);
    if (problem) return { kind: 'again', errors: { until: t(`error.${problem}`) } };
    const result = await changeLeave(context, { leaveId, until, replacementId });
    return finish(context, result, { ...FIELD, 'LEAVE.OVERLAPS': 'until' });
  },
});
