import type { Span } from './finding.js';

interface NormalizedText {
  text: string;
  /** Leads a span of the normalised text back to the text as typed (hidden characters in between included). */
  toOriginal(span: Span): Span;
}

// Letters that Unicode does not take apart into a base letter and an accent.
const PLAIN_LETTERS: Record<string, string> = { ı: 'i', ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ß: 'ss' };
const QUOTES = '‘’‚‛ʼʹ´`′＇';
const SLASHES = '⁄∕⧸';
// Letters and marks that draw nothing (Hangul fillers, Khmer inherent vowels): they count as hidden.
const INVISIBLE = /[\p{M}\p{Cf}\p{Cs}\u115f\u1160\u3164\uffa0]/u;

/**
 * The text as a reader sees it: hidden characters dropped, every kind of space, dash, slash, quote and digit in its
 * ASCII form, accents removed. Line breaks stay, as `\n`; letter case stays. One pass, linear.
 */
export function normalizeText(original: string): NormalizedText {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const plain = plainForm(character);
    for (let unit = 0; unit < plain.length; unit++) {
      starts.push(at);
      ends.push(end);
    }
    parts.push(plain);
    at = end;
  }
  return {
    text: parts.join(''),
    toOriginal: ({ start, end }) => ({ start: starts[start] ?? original.length, end: ends[end - 1] ?? at }),
  };
}

function plainForm(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return character === '`' ? "'" : character;
  if (/[\n\v\f\r\u0085\u2028\u2029]/.test(character)) return '\n';
  if (character === '\t' || character === '\u2800' || /\p{Zs}/u.test(character)) return ' ';
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || INVISIBLE.test(character)) return '';
  if (/[\p{Pd}−⁃]/u.test(character)) return '-';
  if (QUOTES.includes(character)) return "'";
  if (SLASHES.includes(character)) return '/';
  if (/[。｡]/u.test(character)) return '.';
  if (/[•∙‧・]/u.test(character)) return '·';
  const known = PLAIN_LETTERS[character];
  if (known !== undefined) return known;
  return character
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit);
}

/** Unicode lays every set of ten digits out in a row that starts at a code point ending in 0 or in 6 (hexadecimal). */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const row = code - (code % 16);
  const zero = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6;
  return String(code - zero);
}
