import { z } from 'zod';
import { defineAction, defineForm, type Context, type Reply } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import { may, type Permission } from '../people/roles.js';
import { correctStatus } from './correct-status.js';
import { correctText } from './correct-text.js';
import { sayStatus } from './describe.js';
import { DESCRIPTION_MAX, TITLE_MAX } from './file-values.js';
import { confirmation, guardTexts, isConfirmed } from './guard-texts.js';
import { findFilers } from './posts.js';
import { findSignal } from './read-signals.js';
import { describeRefusal, sayDone, sayRefusal } from './replies.js';
import { addNote, answerQuestion, sendFeedback } from './say-on-signal.js';
import { STEP_TEXT_MAX } from './step-inputs.js';
import { signalTexts } from './texts.js';
import { timelineCard } from './timeline-card.js';
import { refuseUnlessMay, type StepResult } from './work-on-signal.js';

const OnSignal = z.object({ signalId: z.uuid(), seen: z.int() });
const OneText = z.object({ text: z.string().min(1).max(STEP_TEXT_MAX) });

/** What the forms below have in common after their fields are checked. */
function finish(context: Context, result: StepResult, done: (reference: string) => string): FormOutcome {
  if (!result.ok) return { kind: 'refused', text: describeRefusal(context, result) };
  const text = done(result.signal.reference);
  return { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } };
}

export const noteForm = defineForm({
  id: 'signals.note',
  params: OnSignal,
  values: OneText,
  view: ({ locale }) => {
    const t = signalTexts(locale);
    return Promise.resolve({
      title: t('note.title'),
      submitLabel: t('note.submit'),
      parts: [
        {
          kind: 'multiline',
          id: 'text',
          label: t('note.field'),
          hint: t('note.hint'),
          required: true,
          maxLength: STEP_TEXT_MAX,
        },
      ],
    });
  },
  async submit(context, { params, values, raw }) {
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await addNote(context, { signalId: params.signalId, text: values.text, inThread: true });
    return finish(context, result, (reference) => signalTexts(context.locale)('note.done', { reference }));
  },
});

/** Feedback is shown first as the filers will read it, and goes out when that is confirmed. */
export const feedbackForm = defineForm({
  id: 'signals.feedback',
  params: OnSignal,
  values: OneText,
  view: ({ locale }) => {
    const t = signalTexts(locale);
    return Promise.resolve({
      title: t('feedback.title'),
      submitLabel: t('feedback.submit'),
      parts: [
        {
          kind: 'multiline',
          id: 'text',
          label: t('feedback.field'),
          hint: t('step.hint.told'),
          required: true,
          maxLength: STEP_TEXT_MAX,
        },
      ],
    });
  },
  async submit(context, { params, values, raw }) {
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const t = signalTexts(context.locale);
    if (!isConfirmed(raw, values.text)) {
      const filers = await findFilers(context.db, context.municipality.id, params.signalId);
      const preview = t('feedback.preview', { count: filers.length, text: values.text });
      return {
        kind: 'again',
        errors: {},
        add: confirmation(values.text, preview, t('feedback.confirm'), context.locale),
      };
    }
    const result = await sendFeedback(context, { signalId: params.signalId, text: values.text });
    return finish(context, result, (reference) => t('feedback.done', { reference }));
  },
});

export const correctStatusForm = defineForm({
  id: 'signals.correct-status',
  params: OnSignal,
  values: OneText,
  async view(context, { signalId }) {
    const { db, locale, municipality } = context;
    const t = signalTexts(locale);
    const last = await db.timelineEntry.findFirst({
      where: { municipalityId: municipality.id, signalId, fromStatus: { not: null } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    });
    const note =
      last?.fromStatus && last.toStatus
        ? t('correctStatus.note', { from: sayStatus(last.fromStatus, locale), to: sayStatus(last.toStatus, locale) })
        : t('refused.SIGNAL.NOTHING_TO_CORRECT');
    return {
      title: t('correctStatus.title'),
      submitLabel: t('correctStatus.submit'),
      parts: [
        { kind: 'note', tone: 'info', text: note },
        {
          kind: 'multiline',
          id: 'text',
          label: t('correctStatus.why'),
          hint: t('step.hint.told'),
          required: true,
          maxLength: STEP_TEXT_MAX,
        },
      ],
    };
  },
  async submit(context, { params, values, raw }) {
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await correctStatus(context, {
      signalId: params.signalId,
      seenVersion: params.seen,
      why: values.text,
    });
    return finish(context, result, (reference) =>
      signalTexts(context.locale)('step.done', {
        reference,
        status: result.ok ? sayStatus(result.signal.status, context.locale) : '',
      }),
    );
  },
});

export const correctTextForm = defineForm({
  id: 'signals.correct-text',
  params: OnSignal,
  values: z.object({
    title: z.string().min(1).max(TITLE_MAX),
    description: z.string().min(1).max(DESCRIPTION_MAX),
    why: z.string().min(1).max(STEP_TEXT_MAX),
  }),
  async view(context, { signalId }) {
    const t = signalTexts(context.locale);
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    return {
      title: t('correctText.title'),
      submitLabel: t('correctText.submit'),
      parts: [
        {
          kind: 'text',
          id: 'title',
          label: t('file.title.field'),
          required: true,
          maxLength: TITLE_MAX,
          value: signal?.title,
        },
        {
          kind: 'multiline',
          id: 'description',
          label: t('file.description'),
          required: true,
          maxLength: DESCRIPTION_MAX,
          value: signal?.description,
        },
        {
          kind: 'multiline',
          id: 'why',
          label: t('correctText.why'),
          hint: t('step.hint.told'),
          required: true,
          maxLength: STEP_TEXT_MAX,
        },
      ],
    };
  },
  async submit(context, { params, values, raw }) {
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await correctText(context, { signalId: params.signalId, ...values });
    return finish(context, result, (reference) => signalTexts(context.locale)('correctText.done', { reference }));
  },
});

export const answerForm = defineForm({
  id: 'signals.answer',
  params: z.object({ signalId: z.uuid(), entryId: z.uuid() }),
  values: OneText,
  async view({ db, locale, municipality }, { entryId }) {
    const t = signalTexts(locale);
    const question = await db.timelineEntry.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: entryId } },
    });
    return {
      title: t('answer.title'),
      submitLabel: t('answer.submit'),
      parts: [
        { kind: 'note', tone: 'info', text: t('answer.question', { question: question?.text ?? '' }) },
        { kind: 'multiline', id: 'text', label: t('answer.field'), required: true, maxLength: STEP_TEXT_MAX },
      ],
    };
  },
  async submit(context, { params, values, raw }) {
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await answerQuestion(context, { signalId: params.signalId, text: values.text });
    return finish(context, result, (reference) => signalTexts(context.locale)('answer.done', { reference }));
  },
});

/** Opens a form on the signal, for who may triage it. */
function openingForm(id: string, action: Permission, form: Parameters<Context['openForm']>[0]) {
  return defineAction(id, OnSignal, async (context, params): Promise<Reply> => {
    const signal = await findSignal(context.db, context.municipality.id, params.signalId);
    if (!signal) return sayRefusal(context, { code: 'SIGNAL.GONE' });
    const refusal = await refuseUnlessMay(context.db, context, action, signal);
    if (refusal) return sayRefusal(context, refusal);
    return { kind: 'form', form: await context.openForm(form, params) };
  });
}

export const ownerActions = [
  openingForm('signals.note', 'write an internal note', noteForm),
  openingForm('signals.feedback', 'send feedback', feedbackForm),
  openingForm('signals.correct-status', 'correct a step or text', correctStatusForm),
  openingForm('signals.correct-text', 'correct a step or text', correctTextForm),
  defineAction(
    'signals.note-as-feedback',
    z.object({ signalId: z.uuid(), entryId: z.uuid() }),
    async (context, { signalId, entryId }): Promise<Reply> => {
      const municipalityId = context.municipality.id;
      const signal = await findSignal(context.db, municipalityId, signalId);
      const note = await context.db.timelineEntry.findUnique({
        where: { municipalityId_id: { municipalityId, id: entryId }, signalId, kind: 'note' },
      });
      if (!signal || !note) return sayRefusal(context, { code: 'SIGNAL.GONE' });
      const refusal = await refuseUnlessMay(context.db, context, 'send feedback', signal);
      if (refusal) return sayRefusal(context, refusal);
      const params = { signalId, seen: signal.version };
      return { kind: 'form', form: await context.openForm(feedbackForm, params, { text: note.text ?? '' }) };
    },
  ),
  defineAction('signals.timeline', OnSignal, async (context, { signalId }): Promise<Reply> => {
    if (!may(context.person, 'read signals')) return sayDone(signalTexts(context.locale)('error.notYours'));
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    if (!signal) return sayRefusal(context, { code: 'SIGNAL.GONE' });
    return { kind: 'card', card: await timelineCard(context, signal), visible: 'only-you' };
  }),
  defineAction(
    'signals.answer',
    z.object({ signalId: z.uuid(), entryId: z.uuid() }),
    async (context, params): Promise<Reply> => {
      const filers = await findFilers(context.db, context.municipality.id, params.signalId);
      if (!filers.includes(context.person.id)) return sayRefusal(context, { code: 'SIGNAL.GONE' });
      return { kind: 'form', form: await context.openForm(answerForm, params) };
    },
  ),
];
