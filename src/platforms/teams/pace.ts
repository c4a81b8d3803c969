/**
 * How much one conversation takes, before Teams itself answers 429.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
const LIMITS: readonly { times: number; withinMs: number }[] = [
  { times: 7, withinMs: 1_000 },
  { times: 8, withinMs: 2_000 },
  { times: 60, withinMs: 30_000 },
  { times: 1_800, withinMs: 3_600_000 },
];
const LONGEST_MS = Math.max(...LIMITS.map(({ withinMs }) => withinMs));

/** @param sent moments of earlier messages, in milliseconds, oldest first. @returns how long to wait before the next; 0: now. */
function waitFor(sent: readonly number[], now: number): number {
  return Math.max(
    0,
    ...LIMITS.map(({ times, withinMs }) => {
      const oldest = sent.at(-times);
      return oldest === undefined ? 0 : oldest + withinMs - now;
    }),
  );
}

export interface Pace {
  /** Takes a place in this conversation now, or says how long to wait for one, in milliseconds. */
  take(conversationId: string, now: number): number;
  /** Something was said there outside the queue: it counts too. */
  note(conversationId: string, now: number): void;
  /**
   * What took its place at `takenAt` is answered. Teams counts when a message arrives, which is some time between the two:
   * from the later one on, the next is never too early.
   */
  answered(conversationId: string, takenAt: number, now: number): void;
}

export function createPace(): Pace {
  const conversations = new Map<string, number[]>();
  const recent = (id: string, now: number) => {
    const sent = (conversations.get(id) ?? []).filter((at) => at > now - LONGEST_MS);
    if (sent.length === 0) conversations.delete(id);
    return sent;
  };
  const note = (id: string, now: number) => void conversations.set(id, [...recent(id, now), now]);
  return {
    take(id, now) {
      const wait = waitFor(recent(id, now), now);
      if (wait === 0) note(id, now);
      return wait;
    },
    note,
    answered(id, takenAt, now) {
      const sent = conversations.get(id);
      const place = sent?.indexOf(takenAt) ?? -1;
      if (sent && place >= 0)
        conversations.set(
          id,
          [...sent.toSpliced(place, 1), now].sort((a, b) => a - b),
        );
    },
  };
}
