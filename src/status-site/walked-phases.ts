import { phaseOf, type Phase } from '../signals/transitions.js';
import type { TimelineEntry } from '../storage/database.js';

/**
 * The phases a signal really went through: a declined one never saw `actie`, though `feedback` comes after it.
 *
 * @param entries of one signal, in order. A step that was taken back as a mistake does not count.
 */
export function walkedPhases(entries: readonly Pick<TimelineEntry, 'kind' | 'toStatus'>[]): Set<Phase> {
  const steps = entries.filter((entry) => entry.toStatus !== null);
  const phases = steps
    .filter((_, index) => steps[index + 1]?.kind !== 'corrected')
    .map(({ toStatus }) => toStatus && phaseOf(toStatus));
  return new Set(phases.filter((phase) => phase !== undefined && phase !== null));
}
