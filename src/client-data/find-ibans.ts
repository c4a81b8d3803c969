import { countrySpecs, isValidIBAN } from 'ibantools';
import type { Span } from './finding.js';

// Two letters and two digits, with at most two separators between: where an IBAN can begin.
const BEGINNING = /[a-z]{2}[ .:_-]{0,2}\d[ .-]{0,2}\d/gi;
const SEPARATOR = /[ \n.,:/_()·-]/;
const MAX_SEPARATORS = 3;

/** Bank account numbers (ISO 13616) in normalised text: right length for their country, right checksum. */
export function findIbans(text: string): Span[] {
  const found: Span[] = [];
  let covered = 0;
  for (const match of text.matchAll(BEGINNING)) {
    if (match.index < covered) continue;
    const length = countrySpecs[match[0].slice(0, 2).toUpperCase()]?.chars;
    if (length === undefined || length === null) continue;
    const candidate = collect(text, match.index, length);
    if (candidate === undefined || !isValidIBAN(candidate.characters.toUpperCase())) continue;
    covered = candidate.end;
    found.push({ start: match.index, end: candidate.end });
  }
  return found;
}

/** The next `length` letters and digits from `start`; undefined when something else, or one more digit, is in the way. */
function collect(text: string, start: number, length: number): { characters: string; end: number } | undefined {
  let characters = '';
  let separators = 0;
  for (let index = start; index < text.length; index++) {
    const character = text.charAt(index);
    if (/[a-z\d]/i.test(character)) {
      characters += character;
      separators = 0;
      if (characters.length === length) {
        return /\d/.test(text.charAt(index + 1)) ? undefined : { characters, end: index + 1 };
      }
    } else if (!SEPARATOR.test(character) || ++separators > MAX_SEPARATORS) return undefined;
  }
  return undefined;
}
