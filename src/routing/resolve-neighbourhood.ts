import { distance } from 'fastest-levenshtein';

export interface NeighbourhoodNames {
  id: string;
  number: number;
  name: string;
  aliases: readonly string[];
}

/**
 * Type-ahead: the neighbourhoods that `query` may mean, the likeliest first, equally likely ones in the order given.
 * Looks at the number, the whole name, its parts ("Rabot" of "Rabot - Blaisantvest"), aliases and words; capitals,
 * accents, hyphens and spaces make no difference, and a longer word may hold a typo or two.
 *
 * @param query what was typed so far; empty: all, in the order given.
 * @param limit how many at most (Slack and Teams show 100).
 */
export function searchNeighbourhoods<T extends NeighbourhoodNames>(
  neighbourhoods: readonly T[],
  query: string,
  limit: number,
): T[] {
  const typed = simplify(query.slice(0, MAX_TYPED));
  if (typed === '') return neighbourhoods.slice(0, limit);
  return neighbourhoods
    .map((neighbourhood) => ({ neighbourhood, rank: rank(neighbourhood, typed) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ neighbourhood }) => neighbourhood);
}

/**
 * Which neighbourhoods a text names, for what was typed without choosing from the list: a name, part, alias or number,
 * or several of them ("Dampoort Sint-Amandsberg", "Rabot, Wondelgem en 9").
 *
 * @returns the ids in the order typed, each once; or, when any part is unknown or could be two, what may have been meant.
 */
export function resolveNeighbourhoods<T extends NeighbourhoodNames>(
  neighbourhoods: readonly T[],
  typed: string,
): { ok: true; ids: string[] } | { ok: false; suggestions: T[] } {
  const spellings = spellingTable(neighbourhoods);
  if (typed.length > MAX_TYPED) return { ok: false, suggestions: [] };
  const parts = typed.split(/[,;/+&\n]/).filter((part) => simplify(part) !== '');
  const ids: string[] = [];
  for (const part of parts) {
    const found = resolvePart(spellings, part);
    if (!found) return { ok: false, suggestions: searchNeighbourhoods(neighbourhoods, part, SUGGESTIONS) };
    ids.push(...found);
  }
  return ids.length > 0 ? { ok: true, ids: [...new Set(ids)] } : { ok: false, suggestions: [] };
}

const SUGGESTIONS = 5;

/** All 25 names of Ghent together are 500 characters; a pasted page is not a list of neighbourhoods. */
const MAX_TYPED = 1_000;

/** Words between two names. They may also be part of a name ("Kanaaldorpen en -zone"), so names are tried first. */
const JOINERS = new Set(['en', 'and', 'met']);

/** Words before a number or a name that say nothing: "wijk 7", "nr. 7". */
const PREFIX = /^(?:de )?(?:wijk|buurt|nummer|nr)\s+/;

/** Small letters without accents, words parted by one space; "St.-Amandsberg" reads "sint amandsberg". */
function simplify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\bst (?=\p{L})/gu, 'sint ')
    .replace(PREFIX, '');
}

/** "Brugsepoort" and "Brugse Poort" are one spelling. */
function compact(simplified: string): string {
  return simplified.replaceAll(' ', '');
}

/** The parts of "Rabot - Blaisantvest"; the hyphen of "Sint-Amandsberg" parts nothing. */
function partsOf(name: string): string[] {
  const parts = name.split(/\s+[-–—/]\s+/);
  return parts.length > 1 ? parts : [];
}

/**
 * How many letters may be wrong. Short words have none to spare: one letter away from "Ham" lies too much. "Brugge" stays
 * far from "Brugse Poort" because a spelling is compared as a whole.
 */
function allowedMistakes(length: number): number {
  if (length < 5) return 0;
  return length < 9 ? 1 : 2;
}

type SpellingTable = Map<string, Set<string>>;

/** Compact spelling -> ids. An alias that two neighbourhoods share means both. */
function spellingTable(neighbourhoods: readonly NeighbourhoodNames[]): SpellingTable {
  const table: SpellingTable = new Map();
  for (const { id, number, name, aliases } of neighbourhoods) {
    for (const spelling of [String(number), name, ...partsOf(name), ...aliases]) {
      const key = compact(simplify(spelling));
      table.set(key, (table.get(key) ?? new Set()).add(id));
    }
  }
  return table;
}

function resolvePart(spellings: SpellingTable, part: string): string[] | undefined {
  const simplified = simplify(part).replace(/^0+(?=\d)/, '');
  const words = simplified.split(' ');
  return namesInARow(spellings, words) ?? nearest(spellings, simplified) ?? joined(spellings, words);
}

/** Reads the words as names one after the other, the longest first; every word must belong to one or join two. */
function namesInARow(
  spellings: SpellingTable,
  words: string[],
  start = 0,
  dead = new Set<number>(),
): string[] | undefined {
  if (start === words.length) return [];
  if (dead.has(start)) return undefined;
  for (let end = Math.min(words.length, start + MAX_WORDS); end > start; end--) {
    const ids = spellings.get(words.slice(start, end).join(''));
    const rest = ids && namesInARow(spellings, words, afterJoiner(words, end), dead);
    if (ids && rest) return [...ids, ...rest];
  }
  dead.add(start);
  return undefined;
}

/** Longer than any neighbourhood's name. */
const MAX_WORDS = 12;

function afterJoiner(words: string[], index: number): number {
  return index + 1 < words.length && JOINERS.has(words[index] ?? '') ? index + 1 : index;
}

/** "Wondelgm en Rabot": the names between the joiners, each with its own mistake. */
function joined(spellings: SpellingTable, words: string[]): string[] | undefined {
  const at = words.findIndex((word, index) => index > 0 && JOINERS.has(word));
  if (at === -1) return undefined;
  const before = resolvePart(spellings, words.slice(0, at).join(' '));
  const after = before && resolvePart(spellings, words.slice(at + 1).join(' '));
  return after && [...before, ...after];
}

/** The one spelling within the allowed mistakes; nothing when it could be two neighbourhoods. */
function nearest(spellings: SpellingTable, simplified: string): string[] | undefined {
  const typed = compact(simplified);
  let best = Infinity;
  let ids = new Set<string>();
  for (const [spelling, candidates] of spellings) {
    const mistakes = mistakesIn(typed, spelling);
    if (mistakes < best) [best, ids] = [mistakes, new Set(candidates)];
    else if (mistakes === best) ids = new Set([...ids, ...candidates]);
  }
  return best < Infinity && ids.size === 1 ? [...ids] : undefined;
}

/** Infinity: more than a spelling of this length may hold. Numbers hold none. */
function mistakesIn(typed: string, spelling: string): number {
  const allowed = allowedMistakes(Math.min(typed.length, spelling.length));
  if (/^\d+$/.test(typed) || Math.abs(typed.length - spelling.length) > allowed) return Infinity;
  const mistakes = distance(typed, spelling);
  return mistakes <= allowed ? mistakes : Infinity;
}

/** Lower is likelier. */
const NO_MATCH = 7;

function rank({ number, name, aliases }: NeighbourhoodNames, typed: string): number {
  if (typed.replace(/^0+/, '') === String(number)) return 0;
  const others = [...partsOf(name), ...aliases].map(simplify);
  const names = [simplify(name), ...others];
  const short = compact(typed);
  if (names.some((spelling) => compact(spelling) === short)) return 1;
  if (names.slice(0, 1).some((spelling) => startsWith(spelling, typed))) return 2;
  if (others.some((spelling) => startsWith(spelling, typed))) return 3;
  if (names.some((spelling) => wordsStartWith(spelling, typed))) return 4;
  if (short.length >= 3 && names.some((spelling) => compact(spelling).includes(short))) return 5;
  return names.some((spelling) => startsNear(spelling, typed)) ? 6 : NO_MATCH;
}

function startsWith(spelling: string, typed: string): boolean {
  return spelling.startsWith(typed) || compact(spelling).startsWith(compact(typed));
}

/** Every word typed starts a word of the name, in any order: "poort brug" finds "Brugse Poort". */
function wordsStartWith(spelling: string, typed: string): boolean {
  const words = spelling.split(' ');
  return typed.split(' ').every((part) => words.some((word) => word.startsWith(part)));
}

/** The name, or one of its words, starts with nearly this: a typo while still typing. */
function startsNear(spelling: string, typed: string): boolean {
  const short = compact(typed);
  const allowed = allowedMistakes(short.length);
  if (allowed === 0 || /^\d+$/.test(short)) return false;
  return [compact(spelling), ...spelling.split(' ')].some((word) =>
    [-1, 0, 1].some((extra) => {
      const start = word.slice(0, short.length + extra);
      return start.length >= 5 - allowed && distance(short, start) <= allowed;
    }),
  );
}
