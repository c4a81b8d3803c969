import type { Span } from './finding.js';
import { AMBIGUOUS_FIRST_NAMES, LOWER_CASE_FIRST_NAMES } from './first-names.js';
import { INSTITUTION_AFTER, INSTITUTION_BEFORE, SENTENCE_WORDS } from './not-people.js';
import {
  FAMILY_WORDS,
  MEETING_VERBS,
  NAMING_WORDS,
  OWNERS_OF_NAMES,
  PARTICLES,
  PERSON_VERBS,
  PERSON_WORDS,
  SHORT_TITLES,
  TITLES,
} from './person-words.js';
import { SURNAMES_AFTER_PARTICLE } from './surnames.js';
import {
  isFirstName,
  isJoined,
  isNameWord,
  isPlaceWord,
  isSpaced,
  isSurname,
  looksLikeSurname,
  wordsOf,
  type Word,
} from './words.js';

/** The first and last word of a name. */
interface Name {
  from: number;
  to: number;
}

/** A rule looks at one word and says which name, if any, begins there or right after it. */
type Rule = (words: Word[], at: number) => Name | undefined;

const MAX_NAME_WORDS = 6; // "Maria Del Carmen De Los Santos"

/** Tried in this order: what says most about a person first. */
const RULES: Rule[] = [
  afterTitle,
  afterFamilyWord,
  afterPersonWord,
  afterNamingWord,
  fromFirstName,
  fromInitial,
  fromParticle,
  withSurname,
  withInitial,
  lowerCaseFirstName,
];

/**
 * Likely names of people in normalised text: a warning, never a proof. Each rule is a way people are named in Flemish
 * notes; names that belong to a street, a school, a hospital or a law are left out, and so is everything in `allow`.
 */
export function findNames(text: string, allow: Iterable<string> = []): Span[] {
  const words = wordsOf(text, allow);
  const found: Span[] = [];
  for (let at = 0; at < words.length; at++) {
    const name = nameAt(words, at, text);
    const first = words[name?.from ?? -1];
    const last = words[name?.to ?? -1];
    if (name === undefined || first === undefined || last === undefined) continue;
    // What belongs to a place is skipped whole: the rest of "basisschool Henri D'Haese" is no person either.
    at = name.to;
    if (isPartOfPlace(words, name)) continue;
    found.push({ start: first.start, end: last.isInitial && last.hasPoint ? last.end + 1 : last.end });
  }
  return found;
}

function nameAt(words: Word[], at: number, text: string): Name | undefined {
  for (const rule of RULES) {
    const name = rule(words, at);
    if (name !== undefined) return name;
  }
  return withAge(words, at, text);
}

/** "Mevrouw Peeters", "de heer X", "mevr. D.", "dokter De Smet", "mevr peeters". */
function afterTitle(words: Word[], at: number): Name | undefined {
  const title = words[at]?.lower ?? '';
  const begin = words[at + 1];
  if (!TITLES.has(title) || !isJoined(begin)) return undefined;
  // "mevr. Peeters", but not "dat zei mevrouw. Gisteren ...".
  if (begin.gap.startsWith('.') && !SHORT_TITLES.has(title)) return undefined;
  // "mevrouw van der Plancken" is a person; "mevrouw van de Meibloem" may be of a school, unless it is a known surname.
  const isOfSomething = begin.lower === 'van' && !begin.isCapitalised && !/^de[nr]$/.test(words[at + 2]?.lower ?? '');
  const isName = !isOfSomething || isParticleSurname(words, at + 1);
  const to = (isName ? nameEnd(words, at + 1) : undefined) ?? lowerCaseSurnameEnd(words, at + 1);
  return to === undefined ? undefined : { from: at, to };
}

/** "cliënt Yordan", "de kleine Milan", "het gezin Yilmaz". */
function afterPersonWord(words: Word[], at: number): Name | undefined {
  if (!PERSON_WORDS.has(words[at]?.lower ?? '') || !isSpaced(words[at + 1])) return undefined;
  return namedAfter(words, at + 1);
}

/** "de moeder van Tsvetelina". */
function afterFamilyWord(words: Word[], at: number): Name | undefined {
  if (!FAMILY_WORDS.has(words[at]?.lower ?? '') || words[at + 1]?.lower !== 'van') return undefined;
  return isSpaced(words[at + 2]) ? namedAfter(words, at + 2) : undefined;
}

/** "een zekere Goran", "we zagen Demba", "zijn vrouw heet Svetla", "haar naam is Abeba". */
function afterNamingWord(words: Word[], at: number): Name | undefined {
  const word = words[at];
  const hasOwner = OWNERS_OF_NAMES.has(words[at - 1]?.lower ?? '');
  if (word === undefined) return undefined;
  if (NAMING_WORDS.has(word.lower) || MEETING_VERBS.has(word.lower)) return namedAfter(words, at + 1);
  if ((word.lower === 'heet' || word.lower === 'heette') && hasOwner) return namedAfter(words, at + 1);
  if (word.lower !== 'naam' || !hasOwner) return undefined;
  return namedAfter(words, ['is', 'was'].includes(words[at + 1]?.lower ?? '') ? at + 2 : at + 1);
}

/** "Fatima", "Fatima E.", "Jan Janssens"; a first name that is a word too only where it cannot be the word. */
function fromFirstName(words: Word[], at: number): Name | undefined {
  const word = words[at];
  if (word === undefined || !isNameWord(word) || !isFirstName(word)) return undefined;
  const previous = words[at - 1];
  if (isSpaced(word) && /^(?:het|t)$/.test(previous?.lower ?? '')) return undefined;
  if (word.lower === 'jan' && /\d[. ]*$/.test(word.gap)) return undefined;
  const to = nameEnd(words, at) ?? at;
  return isOnlyAWord(words, at) ? undefined : { from: at, to };
}

function isOnlyAWord(words: Word[], at: number): boolean {
  const word = words[at];
  const next = words[at + 1];
  const previous = words[at - 1];
  if (word === undefined || !AMBIGUOUS_FIRST_NAMES.has(word.lower)) return false;
  if (isSpaced(next)) {
    if (next.isInitial && next.hasPoint) return false;
    if (isNameWord(next) && (isFirstName(next) || looksLikeSurname(next))) return false;
    if (PARTICLES.has(next.lower) && next.isCapitalised) return false;
    if (PERSON_VERBS.has(next.lower) && next.lower !== 'is') return false;
  }
  if (word.startsSentence) return true;
  return isSpaced(word) && /^(?:de|een|deze|die|dit|in|uit|te|naar|rond)$/.test(previous?.lower ?? '');
}

/** "T. Wouters", "J.P. Van Damme". */
function fromInitial(words: Word[], at: number): Name | undefined {
  const word = words[at];
  if (word?.isInitial !== true || !word.hasPoint) return undefined;
  let next = at + 1;
  while (next < at + 4 && isJoined(words[next]) && words[next]?.isInitial === true) next++;
  const surname = words[next];
  if (!isJoined(surname)) return undefined;
  if (isNameWord(surname) && (looksLikeSurname(surname) || isFirstName(surname)))
    return { from: at, to: nameEnd(words, next) ?? next };
  const particle = fromParticle(words, next);
  return particle === undefined ? undefined : { from: at, to: particle.to };
}

/** "De Smet", "Van den Bossche", "El Amrani" without a first name. */
function fromParticle(words: Word[], at: number): Name | undefined {
  const word = words[at];
  if (word === undefined || !word.isCapitalised || word.isKnown || !PARTICLES.has(word.lower)) return undefined;
  const to = nameEnd(words, at);
  if (to === undefined || to === at) return undefined;
  const isPlainVan = word.lower === 'van' && !word.startsSentence;
  return isPlainVan || isParticleSurname(words, at) ? { from: at, to } : undefined;
}

function isParticleSurname(words: Word[], at: number): boolean {
  let index = at;
  while (index < at + 3 && PARTICLES.has(words[index]?.lower ?? '')) index++;
  const core = words[index];
  return core !== undefined && index > at && isNameWord(core) && (hasParticleCore(core) || looksLikeSurname(core));
}

function hasParticleCore(word: Word): boolean {
  return word.lower.split('-').some((part) => SURNAMES_AFTER_PARTICLE.has(part));
}

/** "Chayenne Vermeulen", "Pauwels Rita", and a common surname alone: "het dossier Vermeulen". */
function withSurname(words: Word[], at: number): Name | undefined {
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || !isNameWord(word)) return undefined;
  if (isSurname(word) || isNobilityElision(word)) return { from: at, to: nameEnd(words, at) ?? at };
  if (SENTENCE_WORDS.has(word.lower) || !isSpaced(next)) return undefined;
  const hasSurname = isNameWord(next) ? looksLikeSurname(next) : next.isCapitalised && isParticleSurname(words, at + 1);
  return hasSurname ? { from: at, to: nameEnd(words, at) ?? at + 1 } : undefined;
}

function isNobilityElision(word: Word): boolean {
  return /^d'\p{L}{3}/u.test(word.lower) && SURNAMES_AFTER_PARTICLE.has(word.lower.slice(2));
}

/** "Blessing O." in the middle of a sentence. */
function withInitial(words: Word[], at: number): Name | undefined {
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || word.startsSentence || !isNameWord(word) || !isSpaced(next)) return undefined;
  return next.isInitial && next.hasPoint ? { from: at, to: at + 1 } : undefined;
}

/** "Kofi (9)", "Tsvetelina, 34 jaar". */
function withAge(words: Word[], at: number, text: string): Name | undefined {
  const word = words[at];
  if (word === undefined || word.startsSentence || !isNameWord(word)) return undefined;
  const after = text.slice(word.end, word.end + 16);
  const hasAge = /^ \(\d{1,2}(?: ?(?:j|jr|jaar)\.?)?\)|^, \d{1,2} ?(?:j|jr|jaar)(?!\p{L})/u.test(after);
  return hasAge ? { from: at, to: at } : undefined;
}

/** "het gezin van ahmed": typed in a hurry, but no Dutch word. */
function lowerCaseFirstName(words: Word[], at: number): Name | undefined {
  const word = words[at];
  if (word === undefined || word.isKnown || !LOWER_CASE_FIRST_NAMES.has(word.lower) || word.isCapitalised)
    return undefined;
  return word.gap === '' || isSpaced(word) ? { from: at, to: at } : undefined;
}

/** A capitalised word after something that announces a person. "De Refuge" needs more than a capital. */
function namedAfter(words: Word[], at: number): Name | undefined {
  const word = words[at];
  if (word === undefined || word.isKnown || !/^:? {1,2}$/.test(word.gap)) return undefined;
  if (!word.isCapitalised && !isParticleSurname(words, at)) return undefined;
  if (/^(?:de|het)$/.test(word.lower) && !isParticleSurname(words, at)) return undefined;
  const to = nameEnd(words, at, { fromPersonWord: true });
  return to === undefined ? undefined : { from: at, to };
}

/** The last word of the name that begins at a word: capitalised words, initials, and particles that lead to one. */
function nameEnd(words: Word[], at: number, { fromPersonWord = false } = {}): number | undefined {
  let end: number | undefined;
  for (let index = at; index < at + MAX_NAME_WORDS; index++) {
    const word = words[index];
    if (word === undefined || (index > at && !isJoined(word))) break;
    // The point after an initial is part of the name; any other point ends the sentence.
    if (index > at && word.gap.startsWith('.') && words[index - 1]?.isInitial !== true) break;
    if (word.isInitial && !word.isKnown) {
      if (fromPersonWord && index === at && !word.hasPoint) break;
      end = index;
    } else if (PARTICLES.has(word.lower) && !word.isKnown && !isFirstName(word)) continue;
    else if (isNameWord(word)) end = index;
    else break;
  }
  return end;
}

/** "mevr peeters", "meneer de smet", "mevrouw fatima": after a title only. */
function lowerCaseSurnameEnd(words: Word[], at: number): number | undefined {
  const word = words[at];
  if (!isJoined(word) || word.isKnown || word.isCapitalised || (word.text.length < 4 && !PARTICLES.has(word.lower)))
    return undefined;
  if (isSurname(word)) return at;
  if (isFirstName(word) && !AMBIGUOUS_FIRST_NAMES.has(word.lower)) return at;
  let index = at;
  while (index < at + 3 && PARTICLES.has(words[index]?.lower ?? '')) index++;
  const core = words[index];
  return core !== undefined && index > at && isSpaced(core) && (hasParticleCore(core) || isSurname(core))
    ? index
    : undefined;
}

/** "CLB Jan Van Eyck", "Jan Palfijn ziekenhuis", "Frans Van Rijhovelaan", "ziekte van Hodgkin". */
function isPartOfPlace(words: Word[], { from, to }: Name): boolean {
  const previous = words[from - 1];
  if (isSpaced(words[from]) && previous !== undefined) {
    if (INSTITUTION_BEFORE.has(previous.lower) || isPlaceLead(previous)) return true;
    if (previous.lower === 'van' && /^(?:ziekte|syndroom|wet|methode|stelling)$/.test(words[from - 2]?.lower ?? ''))
      return true;
  }
  let after = to + 1;
  while (after < to + 4 && isSpaced(words[after]) && PARTICLES.has(words[after]?.lower ?? '')) after++;
  const next = words[after];
  if (!isSpaced(next)) return false;
  return (next.isCapitalised && isPlaceWord(next)) || (after === to + 1 && INSTITUTION_AFTER.has(next.lower));
}

/** "Buurthuis Peeters", "Emile-Braunplein": a capitalised place word right before. */
function isPlaceLead(word: Word): boolean {
  return word.isCapitalised && isPlaceWord(word);
}
