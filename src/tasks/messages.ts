import { z } from 'zod';
import { sayDay } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import { sayLate } from '../scheduling/say-late.js';
import { signalLink } from '../signals/owner-card.js';
import { findSignal, type SignalDetail } from '../signals/read-signals.js';
import { ENDED } from '../signals/transitions.js';
import { taskTexts } from './texts.js';

async function readTask({ db, municipality }: ViewContext, id: string) {
  return db.task.findUnique({
    where: { municipalityId_id: { municipalityId: municipality.id, id } },
    include: {
      signal: { select: { reference: true, title: true } },
      assignee: { select: { name: true } },
      givenBy: { select: { name: true } },
    },
  });
}
type Task = NonNullable<Awaited<ReturnType<typeof readTask>>>;

function about(context: ViewContext, task: Task): CardPart[] {
  return [
    { kind: 'text', style: 'quote', text: task.what },
    { kind: 'text', style: 'subtle', text: `${task.signal.reference} · ${task.signal.title}` },
    signalLink(context, task.signal),
  ];
}

function finishButton({ locale }: ViewContext, task: Task): CardPart[] {
  if (task.finishedAt) return [];
  const label = taskTexts(locale)('given.finish');
  return [
    {
      kind: 'buttons',
      buttons: [{ label, action: 'tasks.finish', payload: { value: task.id }, style: 'primary' }],
      onlyFor: [task.assigneeId],
    },
  ];
}

const dueOf = (task: Task, { locale }: ViewContext) => sayDay(task.dueOn.toISOString().slice(0, 10), locale);

/** To who was asked to do something. */
const given = defineMessage({
  id: 'tasks.given',
  params: z.object({ taskId: z.uuid(), signalId: z.uuid() }),
  async render(context, { taskId }) {
    const task = await readTask(context, taskId);
    if (!task) return null;
    const t = taskTexts(context.locale);
    const by = t('given.by', { by: task.givenBy.name, due: dueOf(task, context) });
    return {
      summary: `${t('given.heading')}: ${by}`,
      parts: [
        { kind: 'heading', text: t('given.heading') },
        { kind: 'text', text: by },
        ...about(context, task),
        ...finishButton(context, task),
      ],
    };
  },
});

/** A task is over its day: to who took it on, and to who follows the signal. Nothing when it was finished meanwhile. */
const late = defineMessage({
  id: 'tasks.late',
  params: z.object({ taskId: z.uuid(), signalId: z.uuid(), personId: z.uuid(), late: z.string().optional() }),
  async render(context, { taskId, personId, late: at }) {
    const task = await readTask(context, taskId);
    if (!task || task.finishedAt) return null;
    const t = taskTexts(context.locale);
    const due = dueOf(task, context);
    const words =
      task.assigneeId === personId ? t('late.yours', { due }) : t('late.theirs', { assignee: task.assignee.name, due });
    return {
      summary: `${t('late.heading')}: ${task.signal.reference}`,
      parts: [
        ...sayLate(context, at),
        { kind: 'heading', text: t('late.heading') },
        { kind: 'text', text: words },
        ...about(context, task),
        ...finishButton(context, task),
      ],
    };
  },
});

/** To a colleague who became the lead. */
const leadTold = defineMessage({
  id: 'tasks.lead-told',
  params: z.object({ signalId: z.uuid() }),
  async render(context, { signalId }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    if (!signal) return null;
    const text = taskTexts(context.locale)('lead.told', { owner: signal.owner.name });
    const heading = `${signal.reference} · ${signal.title}`;
    return {
      summary: `${heading}: ${text}`,
      parts: [
        { kind: 'heading', text: heading },
        { kind: 'text', text },
        ...giveButton(context, signal),
        signalLink(context, signal),
      ],
    };
  },
});

/** For who leads today. */
function giveButton({ locale }: ViewContext, { id, leadId, version, status }: SignalDetail): CardPart[] {
  if (!leadId || ENDED.includes(status)) return [];
  const payload = { signalId: id, seen: version };
  return [
    {
      kind: 'buttons',
      buttons: [{ label: taskTexts(locale)('lead.give'), action: 'tasks.give', payload, opensForm: true }],
      onlyFor: [leadId],
    },
  ];
}

export const taskMessages = [given, late, leadTold];
