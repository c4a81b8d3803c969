import { mayOnSignal } from '../people/relations.js';
import { may, type Relation } from '../people/roles.js';
import { lockSignal, recordEntry, type StepResult, type Working } from '../signals/work-on-signal.js';

/** What came of an action. Of two people at once the first one's words count, and the other hears so. */
export async function finishTask(context: Working, done: { taskId: string; outcome: string }): Promise<StepResult> {
  const { municipality, person, now } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx): Promise<StepResult> => {
    const key = { municipalityId_id: { municipalityId, id: done.taskId } };
    const task = await tx.task.findUnique({ where: key, include: { assignee: { select: { name: true } } } });
    const signal = task && (await lockSignal(tx, municipalityId, task.signalId));
    if (!task || !signal) return { ok: false, code: 'SIGNAL.GONE' };
    const relations: Relation[] = [
      ...(task.assigneeId === person.id ? (['assignee'] as const) : []),
      ...(signal.leadId === person.id ? (['lead'] as const) : []),
    ];
    const theirs =
      may(person, 'finish an action', relations) ||
      (await mayOnSignal(tx, municipality, person, 'finish an action', signal.ownerId, now));
    if (!theirs) return { ok: false, code: 'TASK.NOT_YOURS' };
    const { count } = await tx.task.updateMany({
      where: { municipalityId, id: task.id, finishedAt: null },
      data: { finishedAt: now, outcome: done.outcome },
    });
    if (count === 0) return { ok: false, code: 'TASK.DONE' };
    return recordEntry(tx, context, signal, {
      kind: 'task_done',
      visibility: 'internal',
      text: done.outcome,
      data: { assignee: task.assignee.name, due: task.dueOn.toISOString().slice(0, 10) },
      tellFilers: false,
      inThread: true,
    });
  });
}
