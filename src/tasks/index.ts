import { z } from 'zod';
import { defineAction, defineForm, type Command, type Feature, type Reply } from '../chat/feature.js';
import { memberSource } from '../people/member-source.js';
import { sayDone } from '../signals/replies.js';
import { checkTyped, defineSignalForm, finish, wordsField } from '../signals/signal-form.js';
import { EntryData, STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { chooseLead } from './choose-lead.js';
import { finishTask } from './finish-task.js';
import { giveTask } from './give-task.js';
import { lateTasks } from './late-tasks.js';
import { taskParts } from './list-tasks.js';
import { taskMessages } from './messages.js';
import { taskTexts } from './texts.js';

const words = z.string().min(1).max(STEP_TEXT_MAX);
const people = memberSource('tasks.people', { ownOrganisation: true });

const give = defineSignalForm({
  id: 'tasks.give',
  allows: 'give somebody an action',
  values: z.object({ what: words, assignee: z.uuid(), due: z.iso.date() }),
  words: (locale) => ({ title: taskTexts(locale)('give.title'), submit: taskTexts(locale)('give.submit') }),
  fields: ({ locale, person }) => {
    const t = taskTexts(locale);
    return [
      wordsField('what', t('give.what'), { hint: t('give.what.hint') }),
      {
        kind: 'search',
        id: 'assignee',
        label: t('give.assignee'),
        hint: t('give.assignee.hint'),
        required: true,
        source: people.id,
        multiple: false,
        value: [{ value: person.id, label: person.name }],
      },
      { kind: 'date', id: 'due', label: t('give.due'), required: true },
    ];
  },
  texts: ['what'],
  days: ['due'],
  async save(context, { signalId, values }) {
    const { what, assignee, due } = values;
    const result = await giveTask(context, { signalId, what, assigneeId: assignee, due });
    return finish(
      context,
      result,
      ({ signal: { reference } }) => taskTexts(context.locale)('give.done', { reference }),
      { 'TRANSFER.UNKNOWN': 'assignee', 'TASK.INACTIVE': 'assignee', 'TASK.OTHER_ORGANISATION': 'assignee' },
    );
  },
});

const leads = memberSource('tasks.leads', {
  organisations: (locale, name) => taskTexts(locale)('lead.organisation', { name }),
});

const lead = defineSignalForm({
  id: 'tasks.lead',
  allows: 'choose the lead',
  values: z.object({ lead: z.string().min(1).max(150) }),
  words: (locale) => ({ title: taskTexts(locale)('lead.title'), submit: taskTexts(locale)('lead.submit') }),
  fields: ({ locale }) => {
    const t = taskTexts(locale);
    const field = { kind: 'search', id: 'lead', source: leads.id, multiple: false, required: true } as const;
    return [{ ...field, label: t('lead.field'), hint: t('lead.hint') }];
  },
  texts: [],
  async save(context, { signalId, values }) {
    const result = await chooseLead(context, { signalId, lead: values.lead });
    return finish(
      context,
      result,
      ({ signal: { reference }, entry }) =>
        taskTexts(context.locale)('lead.done', { reference, lead: EntryData.parse(entry.data).lead ?? '' }),
      { 'TRANSFER.UNKNOWN': 'lead', 'TASK.INACTIVE': 'lead' },
    );
  },
});

const finishForm = defineForm({
  id: 'tasks.finish',
  params: z.object({ taskId: z.uuid() }),
  values: z.object({ outcome: words }),
  async view({ db, locale, municipality }, { taskId }) {
    const t = taskTexts(locale);
    const task = await db.task.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: taskId } },
      select: { what: true },
    });
    return {
      title: t('finish.title'),
      submitLabel: t('finish.submit'),
      parts: [
        { kind: 'note', tone: 'info', text: task?.what ?? t('gone') },
        wordsField('outcome', t('finish.outcome')),
      ],
    };
  },
  async submit(context, { params, values, raw }) {
    const problems = checkTyped(context, values, raw, ['outcome'], []);
    if (problems) return problems;
    const result = await finishTask(context, { taskId: params.taskId, outcome: values.outcome });
    return finish(context, result, ({ signal: { reference } }) =>
      taskTexts(context.locale)('finish.done', { reference }),
    );
  },
});

const mine: Command = {
  name: 'signaal',
  subcommand: { words: ['taken', 'tasks'], accepts: (rest) => rest === '' },
  help: (locale) => ({ usage: taskTexts(locale)('usage'), does: taskTexts(locale)('does') }),
  async run(context): Promise<Reply> {
    const t = taskTexts(context.locale);
    const parts = await taskParts(context);
    if (parts.length === 0) return sayDone(t('empty'));
    return { kind: 'card', card: { summary: t('heading'), parts }, visible: 'only-you' };
  },
};

/** Who does what about a signal, by when, and who leads. */
export const tasks: Feature = {
  name: 'tasks',
  commands: [mine],
  actions: [
    give.action,
    lead.action,
    defineAction('tasks.finish', z.object({ value: z.uuid() }), async (context, { value }): Promise<Reply> => {
      const { db, municipality, locale } = context;
      const task = await db.task.findUnique({
        where: { municipalityId_id: { municipalityId: municipality.id, id: value } },
        select: { id: true },
      });
      if (!task) return sayDone(taskTexts(locale)('gone'));
      return { kind: 'form', form: await context.openForm(finishForm, { taskId: value }) };
    }),
  ],
  forms: [give.form, lead.form, finishForm],
  messages: taskMessages,
  sources: [people, leads],
  home: [{ order: 15, render: taskParts }],
  schedules: [lateTasks],
};
