import type { Span } from './finding.js';

// "@", and what people write for it: (at), [at], {at}, <at>, (a), " at ", " apenstaartje ".
const AT_SIGN =
  /@|[([{<] ?(?:at|a|@|apenstaart(?:je)?|apestaart(?:je)?) ?[)\]}>]|(?<![\p{L}\p{N}])(?:at|apenstaart(?:je)?|apestaart(?:je)?)(?![\p{L}\p{N}])/giu;
const MAX_LOCAL = 64; // RFC 5321, 4.5.3.1.1
const MAX_DOMAIN = 255; // RFC 5321, 4.5.3.1.2
const LOCAL_CHARACTER = /[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]/u;
const DOT = String.raw`(?: ?[([{] ?(?:punt|dot|\.) ?[)\]}] ?| (?:punt|dot) | \. |\.|,(?=(?:be|com|nl|net|org|eu|fr)(?!\p{L})))`;
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const DOMAIN = new RegExp(`^(${LABEL})((?:${DOT}${LABEL}){1,6})`, 'iu');
const LOCAL_DOT = /(?: ?[([{] ?(?:punt|dot|\.) ?[)\]}] ?| (?:punt|dot) )$/i;
const TOP_LEVEL = /^(?:\p{L}{2,24}|xn--[a-z\d-]{2,50})$/iu;
// Where the at sign itself is doubtful ("hij at brood.met", "@ 14u"), only these ends make an address.
const COMMON_TOP_LEVEL =
  /^(?:be|com|nl|net|org|eu|fr|de|lu|uk|info|gent|brussels|vlaanderen|tr|bg|ro|pl|ma|es|it|pt|sk|cz|ru|me|io)$/i;
const PROVIDER =
  /^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|telenet|skynet|proximus|scarlet|pandora|protonmail|proton|abv)(?![\p{L}\p{N}])/iu;

/** E-mail addresses in normalised text, also spelled out ("naam [at] domein punt be"). */
export function findEmails(text: string): Span[] {
  const found: Span[] = [];
  let covered = 0;
  for (const match of text.matchAll(AT_SIGN)) {
    const span = addressAround(text, match.index, match[0]);
    if (span === undefined || span.start < covered) continue;
    covered = span.end;
    found.push(span);
  }
  return found;
}

function addressAround(text: string, at: number, sign: string): Span | undefined {
  const afterSign = at + sign.length;
  const spacesLeft = spaces(text, at - 1, -1);
  const spacesRight = spaces(text, afterSign, 1);
  if (spacesLeft > 2 || spacesRight > 2) return undefined;
  const start = localStart(text, at - spacesLeft);
  if (start === undefined) return undefined;
  // "jan_at_gmail.com": the same sign on both sides of the word.
  const joiner = /^\p{L}/u.test(sign) && spacesRight === 0 && /[_-]/.test(text.charAt(afterSign)) ? 1 : 0;
  const domainStart = afterSign + spacesRight + joiner;
  const rest = text.slice(domainStart, domainStart + MAX_DOMAIN);
  const domain = DOMAIN.exec(rest);
  const topLevel = domain?.[0].split(/[^\p{L}\p{N}-]+/u).at(-1) ?? '';
  const isBareWord = /^\p{L}/u.test(sign);
  const isDoubtful = isBareWord || spacesRight > 0;
  if (domain !== null && TOP_LEVEL.test(topLevel) && (!isDoubtful || COMMON_TOP_LEVEL.test(topLevel))) {
    // "volg ons als @rabot.gent" is an account on a network; "jan @gmail.com" is an address.
    const looksLikeHandle = sign === '@' && spacesLeft > 0 && spacesRight === 0 && !PROVIDER.test(rest);
    return looksLikeHandle ? undefined : { start, end: domainStart + domain[0].length };
  }
  const provider = sign === '@' && spacesLeft === 0 && spacesRight === 0 ? PROVIDER.exec(rest) : null;
  return provider === null ? undefined : { start, end: domainStart + provider[0].length };
}

/** Counts spaces from `from` in one direction, giving up at three. */
function spaces(text: string, from: number, step: 1 | -1): number {
  let count = 0;
  while (count < 3 && text.charAt(from + count * step) === ' ') count++;
  return count;
}

function localStart(text: string, end: number): number | undefined {
  let start = wordStart(text, end);
  if (start === end) return text.charAt(end - 1) === '"' ? quotedStart(text, end) : undefined;
  // "jan punt peeters at ...": at most three such dots, more is no address.
  for (let dots = 0; dots < 3; dots++) {
    const dot = LOCAL_DOT.exec(text.slice(Math.max(0, start - 9), start));
    if (dot === null) break;
    const before = wordStart(text, start - dot[0].length);
    if (before === start - dot[0].length) break;
    start = before;
  }
  return start;
}

function wordStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < MAX_LOCAL && LOCAL_CHARACTER.test(text.charAt(start - 1))) start--;
  while (start < end && !/[\p{L}\p{N}_+]/u.test(text.charAt(start))) start++;
  return start;
}

function quotedStart(text: string, end: number): number | undefined {
  const opening = text.lastIndexOf('"', end - 2);
  return opening >= 0 && end - opening <= MAX_LOCAL && end - opening > 2 ? opening : undefined;
}
