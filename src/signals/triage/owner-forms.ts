import { z } from 'zod';
import { defineAction, defineForm, type Reply } from '../../chat/feature.js';
import type { Field } from '../../chat/form.js';
import type { Locale } from '../../chat/texts.js';
import { may } from '../../people/roles.js';
import { correctStatus } from './correct-status.js';
import { correctText } from './correct-text.js';
import { sayStatus } from '../describe.js';
import { DESCRIPTION_MAX, TITLE_MAX } from '../filing/file-values.js';
import { confirmation, isConfirmed } from '../guard-texts.js';
import { previewFeedback } from '../notices.js';
import { findFilers } from '../posts.js';
import { findSignal } from '../read-signals.js';
import { describeRefusal, sayDone, sayRefusal } from '../replies.js';
import { addNote, answerQuestion, sendFeedback } from './say-on-signal.js';
import { checkTyped, defineSignalForm, finish, wordsField } from '../signal-form.js';
import { STEP_TEXT_MAX } from '../step-inputs.js';
import { signalTexts } from '../texts.js';
import { sayAnswered, sayNoted } from './thread-replies.js';
import { timelineCard } from '../timeline-card.js';
import { refuseUnlessMay } from '../work-on-signal.js';

const OnSignal = z.object({ signalId: z.uuid(), seen: z.int() });
const words = z.string().min(1).max(STEP_TEXT_MAX);
const OneText = z.object({ text: words });

const note = defineSignalForm({
  id: 'signals.note',
  allows: 'write an internal note',
  values: OneText,
  words: (locale) => ({ title: signalTexts(locale)('note.title'), submit: signalTexts(locale)('note.submit') }),
  fields: ({ locale }) => [
    wordsField('text', signalTexts(locale)('note.field'), { hint: signalTexts(locale)('note.hint') }),
  ],
  texts: ['text'],
  async save(context, { signalId, values }) {
    const result = await addNote(context, { signalId, text: values.text, inThread: true });
    return finish(context, result, (noted) => sayNoted(noted, context.locale));
  },
});

/** Feedback is shown first as the filers will read it, and goes out when that is confirmed. */
const feedback = defineSignalForm({
  id: 'signals.feedback',
  allows: 'send feedback',
  values: OneText,
  words: (locale) => ({ title: signalTexts(locale)('feedback.title'), submit: signalTexts(locale)('feedback.submit') }),
  fields: ({ locale }) => [toldField('text', 'feedback.field', locale)],
  texts: ['text'],
  async save(context, { signalId, values, raw }) {
    const t = signalTexts(context.locale);
    if (!isConfirmed(raw, values.text)) {
      const signal = await findSignal(context.db, context.municipality.id, signalId);
      if (!signal) return { kind: 'refused', text: describeRefusal(context, { code: 'SIGNAL.GONE' }) };
      const refusal = await refuseUnlessMay(context.db, context, 'send feedback', signal);
      if (refusal) return { kind: 'refused', text: describeRefusal(context, refusal) };
      const preview = await previewFeedback(context, signal, values.text);
      return {
        kind: 'again',
        errors: {},
        add: confirmation(values.text, preview, t('feedback.confirm'), context.locale),
      };
    }
    const result = await sendFeedback(context, { signalId, text: values.text });
    return finish(context, result, ({ signal: { reference } }) => t('feedback.done', { reference }));
  },
});

const correctStatusForm = defineSignalForm({
  id: 'signals.correct-status',
  allows: 'correct a step or text',
  values: OneText,
  words: (locale) => ({
    title: signalTexts(locale)('correctStatus.title'),
    submit: signalTexts(locale)('correctStatus.submit'),
  }),
  async fields({ db, locale, municipality }, signal) {
    const t = signalTexts(locale);
    const last =
      signal &&
      (await db.timelineEntry.findFirst({
        where: { municipalityId: municipality.id, signalId: signal.id, fromStatus: { not: null } },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
      }));
    const note =
      last?.fromStatus && last.toStatus
        ? t('correctStatus.note', { from: sayStatus(last.fromStatus, locale), to: sayStatus(last.toStatus, locale) })
        : t('refused.SIGNAL.NOTHING_TO_CORRECT');
    return [{ kind: 'note', tone: 'info', text: note }, toldField('text', 'correctStatus.why', locale)];
  },
  texts: ['text'],
  async save(context, { signalId, seenVersion, values }) {
    const result = await correctStatus(context, { signalId, seenVersion, why: values.text });
    return finish(context, result, ({ signal: { reference, status } }) =>
      signalTexts(context.locale)('step.done', { reference, status: sayStatus(status, context.locale) }),
    );
  },
});

const correctTextForm = defineSignalForm({
  id: 'signals.correct-text',
  allows: 'correct a step or text',
  values: z.object({
    title: z.string().min(1).max(TITLE_MAX),
    description: z.string().min(1).max(DESCRIPTION_MAX),
    why: words,
  }),
  words: (locale) => ({
    title: signalTexts(locale)('correctText.title'),
    submit: signalTexts(locale)('correctText.submit'),
  }),
  fields: ({ locale }, signal) => [
    {
      kind: 'text',
      id: 'title',
      label: signalTexts(locale)('file.title.field'),
      required: true,
      maxLength: TITLE_MAX,
      value: signal?.title,
    },
    {
      kind: 'multiline',
      id: 'description',
      label: signalTexts(locale)('file.description'),
      required: true,
      maxLength: DESCRIPTION_MAX,
      value: signal?.description,
    },
    toldField('why', 'correctText.why', locale),
  ],
  texts: ['title', 'description', 'why'],
  async save(context, { signalId, values }) {
    const result = await correctText(context, { signalId, ...values });
    return finish(context, result, ({ signal: { reference } }) =>
      signalTexts(context.locale)('correctText.done', { reference }),
    );
  },
});

/** A field whose words every filer reads. */
function toldField(
  id: string,
  label: 'feedback.field' | 'correctStatus.why' | 'correctText.why',
  locale: Locale,
): Field {
  const t = signalTexts(locale);
  return wordsField(id, t(label), { hint: t('step.hint.told') });
}

const answerForm = defineForm({
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
        wordsField('text', t('answer.field')),
      ],
    };
  },
  async submit(context, { params, values, raw }) {
    const problems = checkTyped(context, values, raw, ['text'], []);
    if (problems) return problems;
    const result = await answerQuestion(context, { signalId: params.signalId, text: values.text });
    return finish(context, result, (answered) => sayAnswered(answered, context.locale));
  },
});

export const ownerActions = [
  ...[note, feedback, correctStatusForm, correctTextForm].map(({ action }) => action),
  defineAction(
    'signals.note-as-feedback',
    z.object({ signalId: z.uuid(), entryId: z.uuid() }),
    async (context, { signalId, entryId }): Promise<Reply> => {
      const municipalityId = context.municipality.id;
      const signal = await findSignal(context.db, municipalityId, signalId);
      const written = await context.db.timelineEntry.findUnique({
        where: { municipalityId_id: { municipalityId, id: entryId }, signalId, kind: 'note' },
      });
      if (!signal || !written) return sayRefusal(context, { code: 'SIGNAL.GONE' });
      const refusal = await refuseUnlessMay(context.db, context, 'send feedback', signal);
      if (refusal) return sayRefusal(context, refusal);
      const params = { signalId, seen: signal.version };
      return { kind: 'form', form: await context.openForm(feedback.form, params, { text: written.text ?? '' }) };
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

export const ownerForms = [...[note, feedback, correctStatusForm, correctTextForm].map(({ form }) => form), answerForm];
