import { describe, expect, it } from 'vitest';
import { inspectText } from '../../src/client-data/index.js';

const UNITS = [
  '0', '0 ', '00 1 ', '0 9 ', '04 70 ', '+', '+1 2 3 4 5 6 7 8 9 ', '85.07.30-', 'A', 'A ', 'A. ', 'Jan ', 'Van ', 'van de ', 'mevrouw ', '@', 'a@',
  'a@a.', 'a at ', '"@a.be ', ' punt', 'BE00', 'BE 0 ', "a'", 'a-', '(', '.', ' ', '\n', '\u200b', 'é', '0470 12 34 56 ', 'x@y.be ',
]; // prettier-ignore
const LONG = 100_000;
// A linear pass over 100,000 characters takes at most about a second of processor time here; a quadratic one takes
// ten thousand million steps, which is minutes. The bound only has to tell the two apart on a slow machine.
const MAX_CPU_SECONDS = 20;

/** How often a regular expression is run during a call, the libraries' included: work that is counted, not timed. */
function countMatches(call: () => void): number {
  const original = RegExp.prototype.exec;
  let count = 0;
  RegExp.prototype.exec = function (text) {
    count++;
    return original.call(this, text);
  };
  try {
    call();
  } finally {
    RegExp.prototype.exec = original;
  }
  return count;
}

describe('a text made to be slow', () => {
  it.each(UNITS)('of 100,000 characters of %j is inspected in linear time', (unit) => {
    const text = unit.repeat(Math.ceil(LONG / unit.length));
    const before = process.cpuUsage();
    inspectText(text);
    const { user } = process.cpuUsage(before);
    expect(user / 1e6).toBeLessThan(MAX_CPU_SECONDS);
  });

  // After the timed ones: a regular expression that was counted once stays slow in the same process.
  it.each(UNITS)('of %j repeated takes at most twice the matches when it is twice as long', (unit) => {
    const matches = (length: number): number => countMatches(() => inspectText(unit.repeat(length / unit.length)));
    const once = matches(2_000);
    const twice = matches(4_000);
    expect(once).toBeGreaterThan(0);
    expect(twice).toBeLessThan(once * 2.2 + 100);
  });

  it('finds twice as much in a text twice as long, and no less at the end than at the beginning', () => {
    const sentence =
      'Bel 0470 12 34 56 of mail a@b.be, nr 85.07.30-033.28, rekening BE77 0014 5678 9042, mevrouw Peeters. ';
    const count = (times: number): number[] => {
      const { blocked, likelyNames } = inspectText(sentence.repeat(times));
      return [blocked.length, likelyNames.length];
    };
    expect(count(1)).toEqual([4, 1]);
    expect(count(200)).toEqual([800, 200]);
    expect(count(400)).toEqual([1_600, 400]);
  });
});
