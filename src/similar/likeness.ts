import { EMPTY_WORDS, GROUPS } from './word-groups.js';

/** What is compared of a signal. */
export interface Comparable {
  title: string;
  description: string;
  neighbourhoodIds: readonly string[];
  cityWide: boolean;
  lifeDomain?: string | null | undefined;
  fundamentalRight?: string | null | undefined;
}

/**
 * From here two signals look alike. Chosen on the labelled pairs of test/similar: lower, and colleagues are asked about
 * signals that are something else; higher, and the same need is filed twice.
 */
export const ALIKE_FROM = 0.38;

/** A word that stands in no group: it may be the very point, or beside it. */
const UNKNOWN_WEIGHT = 0.7;
/** A title is chosen to say it; a description tells around it. */
const DESCRIPTION_SHARE = 0.5;
/** Inside a compound a shorter piece is mostly chance ("arts" in "kwarts"). */
const INSIDE_FROM = 5;
/** Of a long text the first words say it; the rest would drown them. */
const WORDS_AT_MOST = 120;
/** The same life domain or right, chosen by both, confirms; another one makes it less likely. */
const SAME_CHOICE = 0.03;
const OTHER_CHOICE = -0.05;

/**
 * Two signals in one place about one need. Somewhere else it is another regisseur's, and another signal; one about the
 * whole city is about every neighbourhood.
 *
 * @returns how much they look alike, 0 to about 1; 0 where the places do not meet.
 */
export function compareSignals(one: Comparable, other: Comparable): number {
  const meet = one.cityWide || other.cityWide || one.neighbourhoodIds.some((id) => other.neighbourhoodIds.includes(id));
  if (!meet) return 0;
  const words = likeness(readAbout(one), readAbout(other));
  if (words === 0) return 0;
  const choices =
    compareChoice(one.lifeDomain, other.lifeDomain) + compareChoice(one.fundamentalRight, other.fundamentalRight);
  return words + choices;
}

function compareChoice(one: string | null | undefined, other: string | null | undefined): number {
  if (!one || !other) return 0;
  return one === other ? SAME_CHOICE : OTHER_CHOICE;
}

/** What a text is about: each thing with how much it says, and the beginnings of the words that say it. */
type About = ReadonlyMap<string, { weight: number; words: readonly string[] }>;

export function readAbout({ title, description }: Pick<Comparable, 'title' | 'description'>): About {
  const about = new Map<string, { weight: number; words: readonly string[] }>();
  const add = (text: string, share: number) => {
    for (const word of wordsOf(text)) {
      for (const { name, weight, words } of thingsIn(word)) {
        const known = about.get(name)?.weight ?? 0;
        about.set(name, { weight: Math.max(known, weight * share), words });
      }
    }
  };
  add(title, 1);
  add(description, DESCRIPTION_SHARE);
  return about;
}

/** Words in small letters, without what says nothing. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\d]+(?:[’'-][\p{L}\d]+)*/gu) ?? [];
  return words.slice(0, WORDS_AT_MOST).filter((word) => word.length > 2 && !EMPTY_WORDS.has(word));
}

function thingsIn(word: string): { name: string; weight: number; words: readonly string[] }[] {
  const groups = GROUPS.filter(({ words }) =>
    words.some((piece) => (piece.length < INSIDE_FROM ? beginsWith(word, piece) : word.includes(piece))),
  );
  if (groups.length > 0) return groups.map(({ name, weight, words }) => ({ name: `=${name}`, weight, words }));
  const name = stem(word);
  return [{ name, weight: UNKNOWN_WEIGHT, words: [word.startsWith(name) ? name : word] }];
}

/** A piece of three letters must be nearly the whole word: "bus" is not in "busselen". */
function beginsWith(word: string, piece: string): boolean {
  return word.startsWith(piece) && (piece.length > 3 || word.length <= piece.length + 2);
}

/** Plurals, diminutives and verb forms taken off, roughly; only equality matters. */
function stem(word: string): string {
  const bare = word.replace(/(tjes?|jes?|eren|ers|en|er|e|s|t)$/u, '');
  const kept = bare.length >= 3 ? bare : word;
  return kept.replace(/(.)\1/gu, '$1');
}

/** The cosine of what two texts are about: 0 (nothing in common) to 1 (the same words). */
function likeness(one: About, other: About): number {
  let common = 0;
  for (const [thing, { weight }] of one) common += weight * (other.get(thing)?.weight ?? 0);
  return common === 0 ? 0 : common / (lengthOf(one) * lengthOf(other));
}

function lengthOf(about: About): number {
  return Math.sqrt([...about.values()].reduce((sum, { weight }) => sum + weight * weight, 0));
}
