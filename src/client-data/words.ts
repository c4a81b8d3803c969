import type { Span } from './finding.js';
import { AMBIGUOUS_FIRST_NAMES, FIRST_NAMES } from './first-names.js';
import { INSTITUTION_BEFORE, KNOWN_PHRASES, NOT_PEOPLE, PLACE_ENDING } from './not-people.js';
import { SURNAMES, SURNAME_ENDING, hasSurnameSpelling } from './surnames.js';

/** One word of the normalised text, with what the name rules ask about it. */
export interface Word extends Span {
  /** As typed, without a possessive 's. */
  text: string;
  lower: string;
  /** What stands between the previous word and this one. */
  gap: string;
  isCapitalised: boolean;
  /** Two or more letters, all capitals: an acronym, or somebody shouting. */
  isAllCaps: boolean;
  /** One capital letter. */
  isInitial: boolean;
  /** A point follows directly. */
  hasPoint: boolean;
  startsSentence: boolean;
  /** Part of a name the municipality, or the list of known phrases, gave: no person. */
  isKnown: boolean;
}

const WORD = /\p{L}[\p{L}']*(?:-\p{L}[\p{L}']*)*/gu;
// The longest single surnames have about thirty letters; longer is not a name and not worth looking at.
const MAX_WORD = 40;
const ABBREVIATIONS = new Set(
  'bv nr tel dhr mevr mev mw mvr mnr dr st ca incl resp evt art vb fam mr mrs ms gsm prof'.split(' '),
);

export function wordsOf(text: string, allow: Iterable<string>): Word[] {
  const words: Word[] = [];
  let previousEnd = 0;
  for (const match of text.matchAll(WORD)) {
    if (match[0].length > MAX_WORD) continue;
    const typed = match[0].replace(/'s?$/, '');
    const gap = text.slice(previousEnd, match.index);
    const isCapitalised = /^\p{Lu}/u.test(typed);
    words.push({
      text: typed,
      lower: typed.toLowerCase(),
      gap,
      start: match.index,
      end: match.index + typed.length,
      isCapitalised,
      isAllCaps: typed.length > 1 && typed === typed.toUpperCase(),
      isInitial: typed.length === 1 && isCapitalised,
      hasPoint: text.charAt(match.index + typed.length) === '.',
      startsSentence: startsSentence(words.at(-1), gap),
      isKnown: false,
    });
    previousEnd = match.index + typed.length;
  }
  markPhrases(words, [...KNOWN_PHRASES, ...allow]);
  return words;
}

function startsSentence(previous: Word | undefined, gap: string): boolean {
  if (previous === undefined) return true;
  if (/[!?:;\n]/.test(gap)) return true;
  return gap.startsWith('.') && gap.length > 1 && !previous.isInitial && !ABBREVIATIONS.has(previous.lower);
}

function markPhrases(words: Word[], phrases: string[]): void {
  const byFirstWord = new Map<string, string[][]>();
  for (const phrase of phrases) {
    const parts = phrase.toLowerCase().match(WORD) ?? [];
    const first = parts[0];
    if (first === undefined) continue;
    const others = byFirstWord.get(first);
    if (others === undefined) byFirstWord.set(first, [parts]);
    else others.push(parts);
  }
  words.forEach((word, index) => {
    for (const parts of byFirstWord.get(word.lower) ?? []) {
      const isHere = parts.every((part, offset) => words[index + offset]?.lower === part);
      if (isHere) for (const known of words.slice(index, index + parts.length)) known.isKnown = true;
    }
  });
}

/** Whether a word stands right after the previous one: a space, or the point of an initial or a short title. */
export function isJoined(word: Word | undefined): word is Word {
  return word !== undefined && /^(?:\.? {1,2}|\.)$/.test(word.gap);
}

/** Whether only spaces stand between a word and the previous one. */
export function isSpaced(word: Word | undefined): word is Word {
  return word !== undefined && /^ {1,2}$/.test(word.gap);
}

const parts = (word: Word): string[] => [word.lower, ...word.lower.split('-')];

export function isFirstName(word: Word): boolean {
  const isDouble = /-\p{Lu}/u.test(word.text) && FIRST_NAMES.has(word.lower.split('-')[0] ?? '');
  return FIRST_NAMES.has(word.lower) || isDouble || isPossessive(word.lower);
}

/** "Ahmeds moeder". */
function isPossessive(lower: string): boolean {
  const name = lower.slice(0, -1);
  return name.length > 4 && lower.endsWith('s') && FIRST_NAMES.has(name) && !AMBIGUOUS_FIRST_NAMES.has(name);
}

export function isSurname(word: Word): boolean {
  return isListedSurname(word) || parts(word).some((part) => hasSurnameSpelling(part) && !PLACE_ENDING.test(part));
}

function isListedSurname(word: Word): boolean {
  return parts(word).some((part) => SURNAMES.has(part.replace(/^d'/, 'd')));
}

export function looksLikeSurname(word: Word): boolean {
  return isSurname(word) || (SURNAME_ENDING.test(word.lower) && !NOT_PEOPLE.has(word.lower));
}

/** A street, a building, an organisation, by the word alone. */
export function isPlaceWord(word: Word): boolean {
  if (/^(?:sint|st|onze)-/.test(word.lower)) return true;
  return PLACE_ENDING.test(word.lower) && !isListedSurname(word) && !FIRST_NAMES.has(word.lower);
}

/** A capitalised word that could be part of a person's name. */
export function isNameWord(word: Word): boolean {
  if (!word.isCapitalised || word.isInitial || word.isKnown) return false;
  if (parts(word).some((part) => NOT_PEOPLE.has(part)) || INSTITUTION_BEFORE.has(word.lower)) return false;
  if (word.isAllCaps) return word.text.length > 3 && (isFirstName(word) || isSurname(word));
  return !isPlaceWord(word);
}
