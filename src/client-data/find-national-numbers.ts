import { digitGroups, type DigitGroup } from './digit-groups.js';
import type { Span } from './finding.js';

// Between two digits a person writes nothing, or at most "space dash space" and the like.
const SEPARATORS = /^[ \n.,:;/\\|_()'"=+*~·-]{1,4}$/;
// The official notation is 85.07.30-033.28: separators stand after the 2nd, 4th, 6th and 9th digit.
const OFFICIAL_GAPS = new Set([2, 4, 6, 9]);
const DAYS_IN_MONTH = [31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Belgian national numbers (rijksregisternummer, BIS-nummer, INSZ) in normalised text.
 * Source: royal decree of 3 April 1984 on the identification number: YYMMDD, serial, 97 - (the nine digits modulo 97),
 * with a 2 before the nine digits for births from 2000 on; BIS adds 20 or 40 to the month; an unknown month or day is 00.
 * Eleven digits that fail this are nobody's number and are left alone.
 */
export function findNationalNumbers(text: string): Span[] {
  const groups = digitGroups(text);
  const found: Span[] = [];
  for (let first = 0; first < groups.length; first++) {
    const last = lastGroupOfNumber(text, groups, first);
    const from = groups[first];
    const to = last === undefined ? undefined : groups[last];
    if (last === undefined || from === undefined || to === undefined) continue;
    found.push({ start: from.start, end: to.end });
    first = last;
  }
  return found;
}

/** The index of the group that completes a valid number starting at group `first`, if there is one. */
function lastGroupOfNumber(text: string, groups: DigitGroup[], first: number): number | undefined {
  let digits = '';
  const gaps: { after: number; separator: string }[] = [];
  for (let index = first; index < groups.length && digits.length < 13; index++) {
    const group = groups[index];
    if (group === undefined) return undefined;
    if (index > first) {
      const separator = separatorBefore(text, groups, index);
      if (separator === undefined) return undefined;
      gaps.push({ after: digits.length, separator });
    }
    digits += group.digits;
    const alone = () =>
      separatorBefore(text, groups, first) === undefined && separatorBefore(text, groups, index + 1) === undefined;
    if (digits.length === 11 && isNationalNumber(digits) && isWrittenAsOne(gaps, 0, alone)) return index;
    if (digits.length === 13 && isWithFullYear(digits) && isWrittenAsOne(gaps, 2, alone)) return index;
  }
  return undefined;
}

function separatorBefore(text: string, groups: DigitGroup[], index: number): string | undefined {
  const before = groups[index - 1];
  const group = groups[index];
  if (before === undefined || group === undefined || group.start - before.end > 4) return undefined;
  const separator = text.slice(before.end, group.start);
  return SEPARATORS.test(separator) ? separator : undefined;
}

/** The official places for separators; or any place, when the number stands alone and every separator is the same. */
function isWrittenAsOne(
  gaps: { after: number; separator: string }[],
  yearPrefix: number,
  standsAlone: () => boolean,
): boolean {
  if (gaps.every(({ after }) => OFFICIAL_GAPS.has(after - yearPrefix))) return true;
  return gaps.every(({ separator }) => separator === gaps[0]?.separator) && standsAlone();
}

function isWithFullYear(digits: string): boolean {
  const century = digits.slice(0, 2);
  return (century === '19' || century === '20') && isNationalNumber(digits.slice(2), century);
}

function isNationalNumber(digits: string, century?: '19' | '20'): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  const calendarMonth = month % 20;
  if (month >= 60 || day > (DAYS_IN_MONTH[calendarMonth] ?? -1)) return false;
  const nine = digits.slice(0, 9);
  const check = Number(digits.slice(9));
  const bornBefore2000 = 97 - (Number(nine) % 97) === check;
  const bornFrom2000 = 97 - (Number(`2${nine}`) % 97) === check;
  if (century === undefined) return bornBefore2000 || bornFrom2000;
  return century === '19' ? bornBefore2000 : bornFrom2000;
}
