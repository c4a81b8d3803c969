/** Fewer than this is never said: small counts point to people (the procedure's privacy rules). */
export const SMALLEST_SHOWN = 5;

/** A count as it may be published; `few`: one to four. */
export type Count = number | 'few';

export interface CountLine {
  key: string;
  count: number;
}

export interface ShownCounts {
  /** Largest first. */
  lines: CountLine[];
  /** What is left, taken together: 0, or at least {@link SMALLEST_SHOWN} over at least two of them. */
  rest: number;
}

export function hideSmall(count: number): Count {
  return count > 0 && count < SMALLEST_SHOWN ? 'few' : count;
}

/**
 * The counts of one table that may be published beside its total. Small ones go into the rest; where the rest would still
 * give one of them away (it is alone there, or they are few together), the smallest of the others goes with them.
 *
 * @returns nothing at all where even that does not hide them.
 */
export function hideSmallCounts(lines: readonly CountLine[]): ShownCounts {
  const shown = lines.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
  const hidden: CountLine[] = [];
  const restOf = () => hidden.reduce((sum, { count }) => sum + count, 0);
  while ((shown.at(-1)?.count ?? SMALLEST_SHOWN) < SMALLEST_SHOWN) hidden.push(...shown.splice(-1));
  while (hidden.length > 0 && (hidden.length === 1 || restOf() < SMALLEST_SHOWN)) {
    if (shown.length === 0) return { lines: [], rest: 0 };
    hidden.push(...shown.splice(-1));
  }
  return { lines: shown, rest: restOf() };
}
