import { z } from 'zod';
import { localIsoDay } from '../calendar/local-day.js';
import { defineForm } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import { may } from '../people/roles.js';
import { guardTexts } from '../signals/guard-texts.js';
import { noteAttendance, recordTrack, sendReport } from './close-forum.js';
import { peopleSource } from './guests.js';
import { done, sayRefusal } from './plan-form.js';
import { agendaOf, readForum } from './read-forums.js';
import { forumTexts } from './texts.js';
import { signalSource } from './topic-forms.js';

const About = z.object({ forumId: z.uuid() });
/** Slack takes so many options in one list. */
const LISTED = 100;
const TITLE_MAX = 120;
const TEXT_MAX = 2_000;
/** One section of a Slack message. */
const REPORT_MAX = 2_800;

export const attendanceForm = defineForm({
  id: 'forums.attendance-form',
  params: About,
  values: z.object({ present: z.array(z.uuid()).default([]) }),
  async view({ db, locale, municipality }, { forumId }) {
    const t = forumTexts(locale);
    const attendees = await db.forumAttendee.findMany({
      where: { municipalityId: municipality.id, forumId },
      include: { person: { select: { name: true } } },
      // Who said to come stands first: "coming" is before "declined", and "invited" goes to the end.
      orderBy: [{ answeredAt: 'desc' }],
    });
    const likely = attendees.toSorted((a, b) => Number(b.answer === 'coming') - Number(a.answer === 'coming'));
    return {
      title: t('attendance.title'),
      submitLabel: t('form.save'),
      parts: [
        {
          id: 'present',
          kind: 'multiselect',
          label: t('attendance.label'),
          options: likely.slice(0, LISTED).map(({ personId, person }) => ({ value: personId, label: person.name })),
          value: likely
            .filter(({ attended, answer }) => attended ?? answer === 'coming')
            .slice(0, LISTED)
            .map(({ personId }) => personId),
        },
      ],
    };
  },
  async submit(context, { params, values }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const result = await noteAttendance(context, params.forumId, values.present);
    return result.ok ? done(t('done.attendance')) : { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});

export const trackForm = defineForm({
  id: 'forums.track-form',
  params: About,
  values: z.object({
    title: z.string().trim().min(1).max(TITLE_MAX),
    text: z.string().trim().min(1).max(TEXT_MAX),
    signals: z.array(z.string()).default([]),
    owner: z.string().optional(),
    due: z.iso.date().optional(),
  }),
  async view({ db, locale, municipality }, { forumId }) {
    const t = forumTexts(locale);
    const forum = await readForum(db, municipality.id, forumId);
    const agenda = forum ? agendaOf(forum) : [];
    return {
      title: t('track.title'),
      submitLabel: t('form.save'),
      parts: [
        { id: 'title', kind: 'text', label: t('track.name'), required: true, maxLength: TITLE_MAX },
        { id: 'text', kind: 'multiline', label: t('track.text'), required: true, maxLength: TEXT_MAX },
        {
          id: 'signals',
          kind: 'search',
          source: signalSource.id,
          multiple: true,
          label: t('track.signals'),
          value: agenda.flatMap(({ signal }) =>
            signal ? [{ value: signal.id, label: `${signal.reference} ${signal.title}` }] : [],
          ),
        },
        {
          id: 'owner',
          kind: 'search',
          source: peopleSource.id,
          multiple: false,
          label: t('track.owner'),
          hint: t('track.owner.hint'),
        },
        { id: 'due', kind: 'date', label: t('track.due') },
      ],
    };
  },
  async submit(context, { params, values, raw }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const { title, text, signals, owner: ownerId, due } = values;
    if (signals.some((id) => !z.uuid().safeParse(id).success))
      return { kind: 'again', errors: { signals: t('error.signals') } };
    if (ownerId && signals.length === 0) return { kind: 'again', errors: { signals: t('error.owner.signals') } };
    if (ownerId && (!due || due < localIsoDay(context.now, context.municipality.zone)))
      return { kind: 'again', errors: { due: t('error.due') } };
    if (ownerId && !z.uuid().safeParse(ownerId).success)
      return { kind: 'again', errors: { owner: sayRefusal(context.locale, 'TRACK.NOBODY') } };
    const problems = guardTexts(context, { title, text }, raw);
    if (problems) return problems;
    const result = await recordTrack(context, params.forumId, {
      title,
      description: text,
      signalIds: signals,
      ...(ownerId && due && { owner: { id: ownerId, due } }),
    });
    if (result.ok) return done(t('done.track'));
    if (result.code === 'TRACK.NOBODY')
      return { kind: 'again', errors: { owner: sayRefusal(context.locale, result.code) } };
    if (result.code === 'TOPIC.UNKNOWN') return { kind: 'again', errors: { signals: t('error.signals') } };
    return { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});

export const reportForm = defineForm({
  id: 'forums.report-form',
  params: About,
  values: z.object({ report: z.string().trim().min(1).max(REPORT_MAX) }),
  view({ locale }) {
    const t = forumTexts(locale);
    return Promise.resolve({
      title: t('report.title'),
      submitLabel: t('form.send'),
      parts: [
        {
          id: 'report',
          kind: 'multiline',
          label: t('report.label'),
          hint: t('report.hint'),
          required: true,
          maxLength: REPORT_MAX,
        },
      ],
    });
  },
  async submit(context, { params, values, raw }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await sendReport(context, params.forumId, values.report);
    return result.ok ? done(t('done.report')) : { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});
