/** Guessing a link is hopeless (256 bits); this keeps somebody who tries from keeping the database busy. */
const ATTEMPTS = 30;
const WINDOW_MS = 10 * 60_000;
/** More visitors than this in one window are forgotten oldest first, so that memory stays bounded. */
const VISITORS = 10_000;

/**
 * Counts attempts per visitor in a sliding window, in this process alone: each replica counts for itself.
 *
 * @returns whether this one is still allowed; it counts as made either way.
 */
export function createAttemptLimit(): (visitor: string, now: Date) => boolean {
  const seen = new Map<string, { since: number; count: number }>();
  return (visitor, now) => {
    const at = now.getTime();
    const known = seen.get(visitor);
    const window = known && at - known.since < WINDOW_MS ? known : { since: at, count: 0 };
    window.count += 1;
    seen.delete(visitor);
    seen.set(visitor, window);
    const [oldest] = seen.keys();
    if (seen.size > VISITORS && oldest !== undefined) seen.delete(oldest);
    return window.count <= ATTEMPTS;
  };
}
