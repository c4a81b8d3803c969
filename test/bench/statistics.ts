/** The middle and the ends of what was measured. */
export interface Spread {
  median: number;
  lowest: number;
  highest: number;
}

export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
  return { median, lowest: sorted[0] ?? NaN, highest: sorted.at(-1) ?? NaN };
}

/** Three significant digits, as a number. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

function roundSpread({ median, lowest, highest }: Spread): Spread {
  return { median: round(median), lowest: round(lowest), highest: round(highest) };
}

/** 0.62 (0.58-0.70) */
export function saySpread(spread: Spread): string {
  const { median, lowest, highest } = roundSpread(spread);
  return `${median} (${lowest}-${highest})`;
}
