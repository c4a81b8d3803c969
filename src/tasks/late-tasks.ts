import { addWorkingDays } from '../calendar/working-days.js';
import type { Schedule } from '../chat/feature.js';
import { instantAt } from '../calendar/wall-clock.js';
import { ENDED } from '../signals/transitions.js';
import { taskTexts } from './texts.js';

/** When people are at work and can still do something that day. */
const MORNING = { hour: 9, minute: 0 };
/** A task overdue for longer than this when the program comes back was reminded of before, or is long known. */
const LOOK_BACK_DAYS = 60;
const DAY_MS = 86_400_000;

/** The working day after a task was due: one reminder to who took it on, and one to who follows the signal. */
export const lateTasks: Schedule = {
  id: 'tasks.late',
  says: (locale) => taskTexts(locale)('schedule.late'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const tasks = await db.task.findMany({
      where: {
        municipalityId: municipality.id,
        finishedAt: null,
        dueOn: { lt: window.until, gte: new Date(window.from.getTime() - LOOK_BACK_DAYS * DAY_MS) },
      },
      select: { id: true, dueOn: true },
    });
    return tasks
      .map(({ id, dueOn }) => {
        const day = addWorkingDays(dueOn.toISOString().slice(0, 10), 1, municipality.settings);
        return { subject: id, at: instantAt(day, MORNING, municipality.zone) };
      })
      .filter(({ at }) => at <= window.until);
  },
  async run({ tx, municipality, outbox }, { subject, at }, { late }) {
    const task = await tx.task.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: subject } },
      include: { signal: { select: { ownerId: true, status: true, leadId: true } } },
    });
    if (!task || task.finishedAt || ENDED.includes(task.signal.status)) return;
    const readers = new Set([task.assigneeId, task.signal.ownerId]);
    await outbox.post(
      tx,
      municipality.id,
      [...readers].map((personId) => ({
        key: `task-late:${task.id}:${personId}`,
        to: { personId },
        view: 'tasks.late',
        params: { taskId: task.id, signalId: task.signalId, personId, ...(late && { late: at.toISOString() }) },
      })),
    );
  },
};
