import { addDays, toWorkingDay } from '../calendar/working-days.js';
import { lastStartedWorkingDay, startOfWork } from '../calendar/working-hours.js';
import type { Occasion, Post, Schedule } from '../chat/feature.js';
import { toIso } from '../signals/clock.js';
import { findFilers } from '../signals/posts.js';
import { lockSignal } from '../signals/work-on-signal.js';
import type { Signal, SignalStatus } from '../storage/database.js';
import { helpsTexts } from './texts.js';

/** Ends of which the status table knows a way back by a filer. */
const ASKED_AFTER: readonly SignalStatus[] = ['resolved', 'closed', 'declined', 'redirected'];

/** A signal that ended longer ago was never asked about: the question would come out of the blue. */
const STILL_ASKED_DAYS = 60;

export const questionKey = (signalId: string, endedOn: string, personId: string) =>
  `helps:${signalId}:${endedOn}:${personId}`;

/** "Helpt dit?", so many days after the end, on the morning of a working day: once to each filer, also of merged signals. */
export const helpsSchedule: Schedule = {
  id: 'helps.ask',
  says: (locale) => helpsTexts(locale)('schedule'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const { afterDays } = municipality.settings.helps;
    if (afterDays === 'never') return [];
    const last = addDays(lastStartedWorkingDay(window.until, municipality), -afterDays);
    const rows = await db.$queryRaw<{ id: string; clockFrom: Date }[]>`
      SELECT signal."id", signal."clockFrom" FROM "Signal" signal
      WHERE signal."municipalityId" = ${municipality.id}::uuid AND NOT signal."demo"
        AND signal."status" = ANY(${ASKED_AFTER}::text[]::"SignalStatus"[])
        AND signal."clockFrom" BETWEEN ${addDays(last, -STILL_ASKED_DAYS)}::date AND ${last}::date
        AND NOT EXISTS (
          SELECT FROM "Occurrence" run
          WHERE run."municipalityId" = signal."municipalityId" AND run."schedule" = 'helps.ask'
            AND run."subject" = signal."id"::text AND run."moment" = signal."clockFrom"::text
        )`;
    return rows.map(({ id, clockFrom }): Occasion => {
      const day = toWorkingDay(addDays(toIso(clockFrom), afterDays), municipality.settings);
      const due = startOfWork(day, municipality);
      return { subject: id, moment: toIso(clockFrom), at: due > window.from ? due : window.from };
    });
  },
  async run({ tx, municipality, outbox }, { subject: signalId, moment, at }, { late }) {
    const signal = await lockSignal(tx, municipality.id, signalId);
    if (!signal || signal.demo || !isAsked(signal, moment)) return;
    const filers = await findFilers(tx, municipality.id, signalId);
    await outbox.post(
      tx,
      municipality.id,
      filers.map((personId): Post => {
        const endedOn = toIso(signal.clockFrom);
        return {
          key: questionKey(signalId, endedOn, personId),
          to: { personId },
          view: 'helps.question',
          params: { signalId, personId, endedOn, late: late ? at.toISOString() : '' },
        };
      }),
    );
  },
};

/** It still stands where it ended on that day. */
export function isAsked(signal: Pick<Signal, 'status' | 'clockFrom'>, endedOn: string | undefined): boolean {
  return ASKED_AFTER.includes(signal.status) && toIso(signal.clockFrom) === endedOn;
}
