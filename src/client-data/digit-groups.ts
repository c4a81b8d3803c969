import type { Span } from './finding.js';

/** A run of digits with nothing between them. */
export interface DigitGroup extends Span {
  digits: string;
}

export function digitGroups(text: string): DigitGroup[] {
  return [...text.matchAll(/\d+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    digits: match[0],
  }));
}
