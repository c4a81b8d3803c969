import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ALIKE_FROM, compareSignals, type Comparable } from '../../src/similar/likeness.js';

const LabelledPairs = z.object({
  same: z.array(z.tuple([z.string(), z.string()])),
  different: z.array(z.tuple([z.string(), z.string()])),
});

/** "[Rabot] title | description". */
function readSignal(line: string): Comparable {
  const [, place = 'here', title, description] = /^(?:\[(.+?)\] )?(.+?) \| (.+)$/.exec(line) ?? [];
  if (!title || !description) throw new Error(`Not a title | description: ${line}`);
  return { title, description, neighbourhoodIds: [place], cityWide: false };
}

const SETS = [
  { file: './labelled-pairs.yaml', title: 'the labelled pairs', atLeast: 40, recall: 0.85, precision: 0.9 },
  // Written before the word groups, and never used to choose words, weights or the limit.
  { file: './hold-out-pairs.yaml', title: 'the hold-out', atLeast: 15, recall: 0.7, precision: 0.65 },
];

describe.each(SETS)('$title', ({ file, title, atLeast, recall, precision }) => {
  const pairs = LabelledPairs.parse(parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
  const looksAlike = ([one, other]: [string, string]) =>
    compareSignals(readSignal(one), readSignal(other)) >= ALIKE_FROM;

  it('are large enough', () => {
    expect(pairs.same.length).toBeGreaterThanOrEqual(atLeast);
    expect(pairs.different.length).toBeGreaterThanOrEqual(atLeast);
  });

  it('are told apart well enough, and it prints how well', () => {
    const missed = pairs.same.filter((pair) => !looksAlike(pair));
    const wrong = pairs.different.filter(looksAlike);
    const found = pairs.same.length - missed.length;
    const measured = { recall: found / pairs.same.length, precision: found / (found + wrong.length) };
    process.stdout.write(
      `${title}: recall ${measured.recall.toFixed(2)} (${found}/${pairs.same.length}), ` +
        `precision ${measured.precision.toFixed(2)} (${wrong.length} of ${pairs.different.length} seen wrongly)\n` +
        [...missed.map(([one]) => `   missed  ${one}`), ...wrong.map(([one]) => `   wrong   ${one}`)].join('\n') +
        '\n',
    );
    expect(measured.recall).toBeGreaterThanOrEqual(recall);
    expect(measured.precision).toBeGreaterThanOrEqual(precision);
  });

  it('looks the same from both sides', () => {
    for (const [one, other] of [...pairs.same, ...pairs.different]) {
      const [a, b] = [readSignal(one), readSignal(other)];
      expect(compareSignals(a, b)).toBeCloseTo(compareSignals(b, a), 10);
    }
  });
});
