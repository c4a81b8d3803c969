import { localIsoDay } from '../calendar/local-day.js';
import { addWorkingDays } from '../calendar/working-days.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { SignalStatus } from '../storage/database.js';

/** While an answer is awaited a signal is not stalled for this long. Source: the status table. */
const NEEDS_INFO_PAUSE_WORKING_DAYS = 10;

/**
 * Whether the day has passed by which something must have happened with a signal: taken up, or a step since the last.
 *
 * @param since when it came to stand where it stands.
 */
export function isOverdue(
  { status, since }: { status: SignalStatus; since: Date },
  { zone, settings }: Pick<MunicipalityInfo, 'zone' | 'settings'>,
  now: Date,
): boolean {
  const days = workingDaysFor(status, settings);
  if (days === undefined) return false;
  return localIsoDay(now, zone) > addWorkingDays(localIsoDay(since, zone), days, settings);
}

function workingDaysFor(status: SignalStatus, settings: MunicipalityInfo['settings']): number | undefined {
  const { acknowledgement, stalled } = settings;
  if (status === 'received') return acknowledgement.workingDays === 'never' ? undefined : acknowledgement.workingDays;
  if (stalled.workingDays === 'never') return undefined;
  if (status === 'in_review' || status === 'accepted') return stalled.workingDays;
  return status === 'needs_info' ? stalled.workingDays + NEEDS_INFO_PAUSE_WORKING_DAYS : undefined;
}
