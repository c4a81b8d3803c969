import type { RunningSide, Taken } from './start-side.js';

export interface Rounds {
  /** Measured rounds per side; the rounds before them, to warm up, count for nothing. */
  rounds: number;
  warmUp: number;
  /** How often the work is done in one round. */
  times: number;
}

/**
 * Lets the sides do the same work in turns, the order turned round every time, so that whatever the machine does besides
 * weighs on all of them.
 * @returns what one piece of work took, round by round, by side.
 */
export async function takeTurns(
  sides: Record<string, RunningSide>,
  work: string,
  { rounds, warmUp, times }: Rounds,
): Promise<Record<string, Taken[]>> {
  const names = Object.keys(sides);
  const results: Record<string, Taken[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let index = 0; index < warmUp + rounds; index += 1) {
    for (const name of index % 2 === 0 ? names : names.toReversed()) {
      const taken = await sides[name]?.run(work, times);
      if (!taken || index < warmUp) continue;
      results[name]?.push({
        milliseconds: taken.milliseconds / times,
        cpuMilliseconds: taken.cpuMilliseconds / times,
      });
    }
  }
  return results;
}

/** Round by round: the two of one round met the same machine. */
export function ratios(
  numerators: Taken[] = [],
  denominators: Taken[] = [],
  of: keyof Taken = 'milliseconds',
): number[] {
  return numerators.map((taken, index) => taken[of] / (denominators[index]?.[of] ?? NaN));
}
