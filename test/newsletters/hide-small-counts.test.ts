import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSmall, hideSmallCounts, SMALLEST_SHOWN } from '../../src/newsletters/hide-small-counts.js';

const table = (counts: number[]) => counts.map((count, index) => ({ key: `k${index}`, count }));

describe('a table of counts beside its total', () => {
  it.each([
    // All large enough: as it is, largest first.
    [[12, 30, 5], [30, 12, 5], 0],
    // One small one could be subtracted from the total: the smallest of the others goes with it.
    [[3, 12, 30], [30], 15],
    // Two small ones that are few together would still be few.
    [[1, 2, 12, 30], [30], 15],
    [[4, 4, 12, 30], [30, 12], 8],
    // Nothing left to hide behind: nothing is said.
    [[3], [], 0],
    [[3, 6], [], 9],
    [[0, 0, 7], [7], 0],
    [[], [], 0],
  ])('%j shows %j and together %i', (counts, shown, rest) => {
    const result = hideSmallCounts(table(counts));
    expect([result.lines.map(({ count }) => count), result.rest]).toEqual([shown, rest]);
  });

  it('never gives a small count away, not even to who subtracts what is shown from the total', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 30 }), (counts) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        const { lines, rest } = hideSmallCounts(table(counts));
        for (const { count } of lines) expect(count).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
        const hidden = counts.filter((count, index) => count > 0 && !lines.some(({ key }) => key === `k${index}`));
        const shown = lines.reduce((sum, { count }) => sum + count, 0);
        if (lines.length === 0) {
          // The total alone says nothing of its parts, unless there is only one; then nothing stands beside it.
          expect(rest === 0 || hidden.length > 1).toBe(true);
          return;
        }
        expect(shown + rest).toBe(total);
        // What subtraction gives is the sum of several, and no small one.
        if (hidden.length > 0) {
          expect(hidden.length).toBeGreaterThan(1);
          expect(total - shown).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a count on its own', () => {
  it.each([
    [0, 0],
    [1, 'few'],
    [4, 'few'],
    [5, 5],
    [120, 120],
  ])('%i is said as %s', (count, said) => {
    expect(hideSmall(count)).toBe(said);
  });
});
