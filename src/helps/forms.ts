import { z } from 'zod';
import { defineAction, defineForm, type Answer, type Context, type Reply } from '../chat/feature.js';
import { askAboutNames, inspectClientData } from '../signals/guard-texts.js';
import { findFilers } from '../signals/posts.js';
import { sayDone } from '../signals/replies.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { answerHelps, findAnswer, type AnswerResult } from './answer.js';
import { questionKey } from './ask-filers.js';
import { helpsTexts } from './texts.js';

const Asked = z.object({ signalId: z.uuid(), endedOn: z.iso.date() });

function sayAnswer({ locale }: Context, result: AnswerResult, helps: boolean): string {
  const t = helpsTexts(locale);
  if (!result.ok) return t(`refused.${result.code}`);
  const { reference } = result.signal;
  if (helps) return t('thanks.yes', { reference });
  return result.reopened ? t('thanks.reopened', { reference }) : t('thanks.told', { reference });
}

export const whyNotForm = defineForm({
  id: 'helps.why-not',
  params: Asked,
  values: z.object({ text: z.string().min(1).max(STEP_TEXT_MAX) }),
  view: ({ locale, municipality }) => {
    const t = helpsTexts(locale);
    return Promise.resolve({
      title: t('form.title'),
      submitLabel: t('form.submit'),
      parts: [
        {
          kind: 'note',
          tone: 'info',
          text: municipality.settings.filersMayReopen ? t('form.note.reopens') : t('form.note.tells'),
        },
        { kind: 'multiline', id: 'text', label: t('form.why'), required: true, maxLength: STEP_TEXT_MAX },
      ],
    });
  },
  async submit(context, { params, values, raw }) {
    const { errors, likelyNames } = inspectClientData(values, context.locale, []);
    const add = askAboutNames(likelyNames, raw, context.locale);
    if (Object.keys(errors).length > 0 || add.length > 0) return { kind: 'again', errors, add };
    const result = await answerHelps(context, { ...params, whyNot: values.text });
    const text = sayAnswer(context, result, false);
    return result.ok
      ? { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } }
      : { kind: 'refused', text };
  },
});

export const helpsActions = [
  defineAction('helps.yes', Asked, async (context, asked): Promise<Answer> => {
    const result = await answerHelps(context, asked);
    const text = sayAnswer(context, result, true);
    if (!result.ok) return sayDone(text);
    return { kind: 'shown', on: [questionKey(asked.signalId, asked.endedOn, context.person.id)], text };
  }),
  defineAction('helps.no', Asked, async (context, asked): Promise<Reply> => {
    const { db, municipality, person } = context;
    const t = helpsTexts(context.locale);
    const filers = await findFilers(db, municipality.id, asked.signalId);
    if (!filers.includes(person.id)) return sayDone(t('refused.HELPS.NOT_YOURS'));
    const signal = { municipalityId: municipality.id, id: asked.signalId };
    if (await findAnswer(db, signal, person.id, asked.endedOn)) return sayDone(t('refused.HELPS.ANSWERED'));
    return { kind: 'form', form: await context.openForm(whyNotForm, asked) };
  }),
];
