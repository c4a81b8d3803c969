import { localIsoDay } from '../calendar/local-day.js';
import type { OccasionContext, Post, Schedule } from '../chat/feature.js';
import { findActingOwner } from '../routing/find-acting-owner.js';
import { liveKeys } from '../signals/posts.js';
import { lockSignal } from '../signals/work-on-signal.js';
import { dueReminder, findDue, type Stage } from './find-due.js';
import { reminderKey } from './reminder-keys.js';
import { reminderTexts } from './texts.js';

/** One schedule for each stage: a signal that nobody takes up, or that stands still, is not forgotten. */
function reminders(stage: Stage): Schedule {
  const id = `reminders.${stage}`;
  return {
    id,
    says: (locale) => reminderTexts(locale)(`schedule.${stage}`),
    missed: 'latest',
    occasions: ({ db, municipality, window }) => findDue(db, municipality, stage, { schedule: id, window }),
    async run(context, { subject: signalId, moment = '', at }, { late }) {
      const { tx, municipality, now, outbox } = context;
      const signal = await lockSignal(tx, municipality.id, signalId);
      // Somebody took a step, or put it off, before it was its turn.
      if (!signal || signal.demo) return;
      const reminder = dueReminder(stage, signal, municipality, localIsoDay(now, municipality.zone));
      if (reminder?.moment !== moment) return;
      const readers = await findReaders(context, stage, signal.ownerId);
      const posts = readers.map((personId): Post => ({
        key: reminderKey(stage, signalId, moment, personId),
        to: { personId },
        view: 'reminders.reminder',
        params: { signalId, stage, late: late ? at.toISOString() : '' },
        urgent: signal.acute,
      }));
      await outbox.post(tx, municipality.id, posts);
      // The card says that it is late from here on.
      await outbox.refresh(tx, municipality.id, await liveKeys(tx, municipality.id, signalId));
    },
  };
}

async function findReaders(
  { tx, municipality, now }: OccasionContext,
  stage: Stage,
  ownerId: string,
): Promise<string[]> {
  if (stage !== 'coordinator') return [await findActingOwner(tx, municipality, ownerId, now)];
  const coordinators = await tx.person.findMany({
    where: { municipalityId: municipality.id, roles: { has: 'coordinator' }, active: true },
    select: { id: true },
  });
  return coordinators.map(({ id }) => id);
}

export const reminderSchedules: Schedule[] = [reminders('owner'), reminders('again'), reminders('coordinator')];
