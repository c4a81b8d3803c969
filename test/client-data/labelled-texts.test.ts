import { describe, expect, it } from 'vitest';
import { BLOCKED_KINDS, FINDING_KINDS } from '../../src/client-data/index.js';
import { readLabelledSet, score } from './labelled-texts.js';

// No names of the municipality are given along: what it knows of its streets and organisations only makes this better.
const ALLOW: string[] = [];

interface Floor {
  file: string;
  title: string;
  minWith: number;
  minWithout: number;
  /** Least share of the marked names that must be found. */
  nameRecall: number;
  /** Greatest share of the texts without client data in which a name may be seen. */
  nameFalseAlarms: number;
}

const SETS: Floor[] = [
  { file: './labelled-texts.yaml', title: 'the first set', minWith: 100, minWithout: 100, nameRecall: 0.95, nameFalseAlarms: 0.02 },
  { file: './second-texts.yaml', title: 'the second set', minWith: 40, minWithout: 40, nameRecall: 0.9, nameFalseAlarms: 0.05 },
]; // prettier-ignore

describe.each(SETS)('$title of labelled texts', ({ file, title, minWith, minWithout, nameRecall, nameFalseAlarms }) => {
  const { withData, withoutData } = readLabelledSet(file);
  const inData = score(withData, ALLOW);
  const inOther = score(withoutData, ALLOW);
  const share = (part: number, whole: number): string => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`;

  it('is large enough and marked rightly', () => {
    expect(withData.length).toBeGreaterThanOrEqual(minWith);
    expect(withoutData.length).toBeGreaterThanOrEqual(minWithout);
    expect(withData.filter(({ labels }) => labels.length === 0)).toEqual([]);
    expect(withoutData.filter(({ labels }) => labels.length > 0)).toEqual([]);
  });

  it('prints what is missed and what is seen wrongly', () => {
    const lines = FINDING_KINDS.flatMap((kind) => {
      const { labels, misses, falseAlarms } = inData[kind];
      const other = inOther[kind].falseAlarms;
      return [
        `${title}, ${kind}: found ${share(labels - misses.length, labels)}, false alarms ${share(other.length, withoutData.length)} and ${falseAlarms.length} beside a mark`,
        ...misses.map((miss) => `   missed  ${miss}`),
        ...[...falseAlarms, ...other].map((alarm) => `   wrong   ${alarm}`),
      ];
    });
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(lines.length).toBeGreaterThanOrEqual(FINDING_KINDS.length);
  });

  it.each(BLOCKED_KINDS)('holds no %s that is missed, and none that is not there', (kind) => {
    expect(inData[kind].labels).toBeGreaterThan(0);
    expect(inData[kind].misses).toEqual([]);
    expect([...inData[kind].falseAlarms, ...inOther[kind].falseAlarms]).toEqual([]);
  });

  it('holds names of which enough are found, and few that are no names', () => {
    const { labels, misses } = inData.name;
    expect((labels - misses.length) / labels).toBeGreaterThanOrEqual(nameRecall);
    const textsWithAlarm = new Set(inOther.name.falseAlarms.map((alarm) => alarm.split('  <-  ')[1]));
    expect(textsWithAlarm.size / withoutData.length).toBeLessThanOrEqual(nameFalseAlarms);
  });
});
