/** As Microsoft publishes it: messages of one bot in one conversation. Independent of how the product counts. */
export const PUBLISHED: readonly [times: number, seconds: number][] = [
  [7, 1],
  [8, 2],
  [60, 30],
  [1_800, 3_600],
];

export class FakePace {
  readonly #taken = new Map<string, number[]>();
  limits: readonly [times: number, seconds: number][] = PUBLISHED;

  /** @returns milliseconds to wait; 0 takes a place. */
  take(conversationId: string): number {
    const now = Date.now();
    const taken = this.#taken.get(conversationId) ?? [];
    for (const [times, seconds] of this.limits) {
      const inWindow = taken.filter((at) => at > now - seconds * 1_000);
      if (inWindow.length >= times) return (inWindow.at(-times) ?? now) + seconds * 1_000 - now || 1;
    }
    this.#taken.set(conversationId, [...taken, now]);
    return 0;
  }
}
