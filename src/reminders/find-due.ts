import { addWorkingDays } from '../calendar/working-days.js';
import { lastStartedWorkingDay, startOfWork } from '../calendar/working-hours.js';
import type { MunicipalityInfo, Occasion } from '../chat/feature.js';
import {
  clockKindOf,
  coordinatorReminderDay,
  ownerReminderDay,
  startedBefore,
  toIso,
  type ClockColumns,
} from '../signals/clock.js';
import { SignalStatus, type Db } from '../storage/database.js';

/** The owner is reminded first; when nothing comes of it, the coordinator hears. */
export type Stage = 'owner' | 'coordinator';

/** Tells one run of a signal's clock from the next: a step or putting it off starts a new one. */
export function runOf({ status, clockFrom, agreedOn, snoozedUntil }: ClockColumns): string {
  return [status, clockFrom, agreedOn, snoozedUntil]
    .map((part) => (part instanceof Date ? toIso(part) : (part ?? '-')))
    .join(' ');
}

/** The working day on whose morning this stage's reminder comes. */
export function reminderDay(stage: Stage, signal: ClockColumns, { settings }: Pick<MunicipalityInfo, 'settings'>) {
  return stage === 'owner' ? ownerReminderDay(signal, settings) : coordinatorReminderDay(signal, settings);
}

/**
 * The signals whose reminder has come and has not been sent. What is looked for is put as days in the columns, so that the
 * database finds them and nothing is read that is not due. Invented signals of the demo are left out.
 */
export async function findDue(
  db: Db,
  municipality: MunicipalityInfo,
  stage: Stage,
  { schedule, window }: { schedule: string; window: { from: Date; until: Date } },
): Promise<Occasion[]> {
  const wanted = conditions(municipality, stage, lastStartedWorkingDay(window.until, municipality));
  if (wanted.length === 0) return [];
  const rows = await db.$queryRaw<(ClockColumns & { id: string })[]>`
    SELECT signal."id", signal."status", signal."clockFrom", signal."agreedOn", signal."snoozedUntil", signal."neverRemind"
    FROM "Signal" signal
    JOIN jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      AS wanted ("status" "SignalStatus", "agreed" boolean, "before" date, "on" date) ON signal."status" = wanted."status"
    WHERE signal."municipalityId" = ${municipality.id}::uuid AND NOT signal."demo" AND NOT signal."neverRemind"
      AND CASE WHEN wanted."agreed" THEN signal."agreedOn" ELSE signal."clockFrom" END < wanted."before"
      AND coalesce(signal."snoozedUntil" <= wanted."on", true)
      AND NOT EXISTS (
        SELECT FROM "Occurrence" run
        WHERE run."municipalityId" = signal."municipalityId" AND run."schedule" = ${schedule} AND run."subject" = signal."id"::text
          AND run."moment" = concat_ws(' ', signal."status", signal."clockFrom", coalesce(signal."agreedOn"::text, '-'),
            coalesce(signal."snoozedUntil"::text, '-'))
      )`;
  return rows.flatMap((signal): Occasion[] => {
    const day = reminderDay(stage, signal, municipality);
    if (day === undefined) return [];
    const due = startOfWork(day, municipality);
    // Not late when a change of the deadlines made it due: only when nobody looked.
    const at = due > window.from ? due : window.from;
    return [{ subject: signal.id, moment: runOf(signal), at }];
  });
}

function conditions({ settings }: MunicipalityInfo, stage: Stage, today: string) {
  return Object.values(SignalStatus).flatMap((status) => {
    const kind = clockKindOf(status);
    if (!kind) return [];
    const { coordinatorAfter } = kind === 'acknowledgement' ? settings.acknowledgement : settings.stalled;
    if (stage === 'coordinator' && coordinatorAfter === 'never') return [];
    const on =
      stage === 'coordinator' && coordinatorAfter !== 'never'
        ? addWorkingDays(today, -coordinatorAfter, settings)
        : today;
    const before = startedBefore(status, settings, on);
    return before === undefined ? [] : [{ status, agreed: kind === 'agreed', before, on }];
  });
}
