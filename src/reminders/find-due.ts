import { addWorkingDays } from '../calendar/working-days.js';
import { lastStartedWorkingDay, startOfWork } from '../calendar/working-hours.js';
import type { MunicipalityInfo, Occasion } from '../chat/feature.js';
import {
  clockKindOf,
  coordinatorReminderDay,
  ownerReminderDay,
  repeatedReminderDay,
  startedBefore,
  toIso,
  type ClockColumns,
} from '../signals/clock.js';
import { SignalStatus, type Db } from '../storage/database.js';

/** The owner is reminded first, and again where the town says so; when nothing comes of it, the coordinator hears. */
export type Stage = 'owner' | 'again' | 'coordinator';

/** Tells one run of a signal's clock from the next: a step or putting it off starts a new one. */
function runOf({ status, clockFrom, agreedOn, snoozedUntil }: ClockColumns): string {
  return [status, clockFrom, agreedOn, snoozedUntil]
    .map((part) => (part instanceof Date ? toIso(part) : (part ?? '-')))
    .join(' ');
}

/** The working day on whose morning this stage's reminder comes; of one that is repeated the latest until today. */
function reminderDay(stage: Stage, signal: ClockColumns, settings: MunicipalityInfo['settings'], today: string) {
  switch (stage) {
    case 'owner':
      return ownerReminderDay(signal, settings);
    case 'again':
      return repeatedReminderDay(signal, settings, today);
    case 'coordinator':
      return coordinatorReminderDay(signal, settings);
  }
}

/** Which reminder of this stage is due: a day that has come, and the moment that happens once. */
export function dueReminder(
  stage: Stage,
  signal: ClockColumns,
  { settings }: Pick<MunicipalityInfo, 'settings'>,
  today: string,
): { day: string; moment: string } | undefined {
  const day = reminderDay(stage, signal, settings, today);
  if (day === undefined || day > today) return undefined;
  return { day, moment: stage === 'again' ? `${runOf(signal)} ${day}` : runOf(signal) };
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
  const today = lastStartedWorkingDay(window.until, municipality);
  const wanted = conditions(municipality, stage, today);
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
          AND starts_with(run."moment", concat_ws(' ', signal."status", signal."clockFrom",
            coalesce(signal."agreedOn"::text, '-'), coalesce(signal."snoozedUntil"::text, '-')))
          -- One that is repeated ends with its day: that of the last one is too near for the next.
          AND (${stage} <> 'again' OR right(run."moment", 10)::date > wanted."on")
      )`;
  return rows.flatMap((signal): Occasion[] => {
    const reminder = dueReminder(stage, signal, municipality, today);
    if (!reminder) return [];
    const due = startOfWork(reminder.day, municipality);
    // Not late when a change of the deadlines made it due: only when nobody looked.
    const at = due > window.from ? due : window.from;
    return [{ subject: signal.id, moment: reminder.moment, at }];
  });
}

function conditions({ settings }: MunicipalityInfo, stage: Stage, today: string) {
  return Object.values(SignalStatus).flatMap((status) => {
    const kind = clockKindOf(status);
    if (!kind) return [];
    const clocks = kind === 'acknowledgement' ? settings.acknowledgement : settings.stalled;
    const after = { owner: 0, again: clocks.repeatAfter, coordinator: clocks.coordinatorAfter }[stage];
    if (after === 'never') return [];
    const on = addWorkingDays(today, -after, settings);
    const before = startedBefore(status, settings, on);
    return before === undefined ? [] : [{ status, agreed: kind === 'agreed', before, on }];
  });
}
