import { v7 as uuidv7 } from 'uuid';
import { organisationKey } from '../endorsements/organisations.js';
import { mayOnSignal } from '../people/relations.js';
import type { Person, Signal, Tx } from '../storage/database.js';
import { ENDED } from '../signals/transitions.js';
import { lockSignal, recordEntry, refuseUnlessMay, type StepResult, type Working } from '../signals/work-on-signal.js';

/**
 * Somebody promises to do something about a signal by a day; they are told, unless they promised it themselves.
 *
 * @param task.due YYYY-MM-DD, today or later: the form has seen to it.
 */
export async function giveTask(
  context: Working,
  task: { signalId: string; what: string; assigneeId: string; due: string },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const municipalityId = context.municipality.id;
    const signal = await lockSignal(tx, municipalityId, task.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'give somebody an action', signal);
    if (refusal) return { ok: false, ...refusal };
    if (ENDED.includes(signal.status)) return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    const assignee = await tx.person.findUnique({
      where: { municipalityId_id: { municipalityId, id: task.assigneeId } },
      select: { id: true, name: true, active: true, organisation: true },
    });
    if (!assignee) return { ok: false, code: 'TRANSFER.UNKNOWN' };
    if (!assignee.active) return { ok: false, code: 'TASK.INACTIVE', name: assignee.name };
    if (!(await mayGiveAnybody(tx, context, signal)) && !worksWith(context.person, assignee)) {
      return { ok: false, code: 'TASK.OTHER_ORGANISATION', name: assignee.name };
    }
    return writeTask(tx, context, signal, { ...task, assignee });
  });
}

/** Who follows the signal up asks whom they want; a lead asks their own people. */
function mayGiveAnybody(tx: Tx, { municipality, person, now }: Working, signal: Signal): Promise<boolean> {
  return mayOnSignal(tx, municipality, person, 'give somebody an action', signal.ownerId, now);
}

function worksWith(one: Pick<Person, 'id' | 'organisation'>, other: Pick<Person, 'id' | 'organisation'>): boolean {
  if (one.id === other.id) return true;
  const [own, theirs] = [one.organisation, other.organisation].map((name) => name && organisationKey(name));
  return Boolean(own) && own === theirs;
}

/** Writes an action on a locked signal and tells who took it on. The caller has seen to it that they may. */
export async function writeTask(
  tx: Tx,
  context: Working,
  signal: Signal,
  { what, assignee, due }: { what: string; assignee: Pick<Person, 'id' | 'name'>; due: string },
): Promise<Extract<StepResult, { ok: true }>> {
  const municipalityId = context.municipality.id;
  const id = uuidv7();
  await tx.task.create({
    data: {
      municipalityId,
      id,
      signalId: signal.id,
      what,
      assigneeId: assignee.id,
      dueOn: new Date(due),
      givenById: context.person.id,
      givenAt: context.now,
    },
  });
  if (assignee.id !== context.person.id) {
    await context.outbox.post(tx, municipalityId, [
      {
        key: `task:${id}`,
        to: { personId: assignee.id },
        view: 'tasks.given',
        params: { taskId: id, signalId: signal.id },
      },
    ]);
  }
  return recordEntry(tx, context, signal, {
    kind: 'task_given',
    visibility: 'internal',
    text: what,
    data: { assignee: assignee.name, due },
    tellFilers: false,
    inThread: true,
  });
}
