import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { digitGroups, type DigitGroup } from './digit-groups.js';
import type { Span } from './finding.js';

const SEPARATOR = /^(?:[ \n./()_·|\\-]{1,3}|,)$/;
const MAX_DIGITS = 15; // ITU-T E.164
const MIN_INTERNATIONAL = 8;
// A natural way of writing uses at most this many groups; digits one by one are a number only when nothing follows.
const MAX_GROUPS = 6;
// Numbers no household has: free, paid and company-wide lines belong to an organisation, so they are nobody's data.
const ORGANISATION_TYPES = new Set(['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN']);
const DATE =
  /^(?:(?:0[1-9]|[12]\d|3[01])([./-])(?:0[1-9]|1[0-2])\1(?:\d{4}|\d{2})|(?:0[1-9]|1[0-2])[./-](?:19|20)\d{2})(?!\d)/;
const REFERENCE_WORD =
  /(?:dossier|aanvraag|ref|referentie|factuur|klant|meter|contract|polis|artikel|art|code|perceel|bestelling)\p{L}*[ .:#°]{0,3}(?:nr|nummer)?[ .:#°]{0,3}$/iu;
const COMPANY_WORD = /(?:kbo|btw|vat|tva|ondernemings\p{L}*|be)[^\p{L}\d]{0,4}(?:nr|nummer)?[^\p{L}\d]{0,4}$/iu;
// A word that announces a phone number; the looser ones only count when glued to it ("op0470...").
const PHONE_WORD = /(?<!\p{L})(?:tel|telefoon|gsm|bel|sms|whatsapp|mobiel|mob)(?:nr|nummer)?[ .:-]{0,3}$/iu;
const GLUED_WORD = /(?<!\p{L})(?:tel|telefoon|gsm|bel|sms|whatsapp|mobiel|mob|nr|op|naar|fax|t|m)(?:nr|nummer)?$/iu;

/** Digits from one group to another, as one number could be written. */
interface Candidate extends Span {
  digits: string;
  groups: number;
  /** What was typed before the number, enough to see a word. */
  before: string;
  /** Whether more digits follow after a separator. */
  continues: boolean;
}

/**
 * Phone numbers a person can be reached at, in normalised text: Belgian ones as dialled at home, any other with + or 00
 * (French and Dutch mobile numbers also without). The library's number plan decides whether a number exists; the rules
 * here decide what is one number. `findPhoneNumbersInText` is not used: it misses numbers typed against a word
 * ("bel0470123456"), and takes "in 02-2024 125 aanvragen" for one.
 */
export function findPhoneNumbers(text: string): Span[] {
  const groups = digitGroups(text);
  const found: Span[] = [];
  let coveredUntil = -1;
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index];
    if (group === undefined || group.start < coveredUntil) continue;
    if (isInsideCode(text, group.start, coveredUntil)) continue;
    for (const candidate of candidatesFrom(text, groups, index)) {
      const number = phoneNumberIn(candidate, text);
      if (number === undefined) continue;
      coveredUntil = candidate.end;
      if (!ORGANISATION_TYPES.has(number.getType() ?? '')) found.push(withSigns(text, candidate));
      break;
    }
  }
  return found;
}

/** 0042 in G-2026-0042, 12 in A12: part of something longer, unless the thing before was a phone number too. */
function isInsideCode(text: string, start: number, coveredUntil: number): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  if (/\p{L}$/u.test(before)) return !GLUED_WORD.test(before);
  if (/(?:\d[-./,:_]|\p{L}[-/_])$/u.test(before)) return start - 1 !== coveredUntil && !PHONE_WORD.test(before);
  return /(?:\+\+|\*\*)$/.test(before);
}

/** Longest first. At most fifteen digits, so at most fifteen candidates. */
function candidatesFrom(text: string, groups: DigitGroup[], first: number): Candidate[] {
  const candidates: Candidate[] = [];
  const start = groups[first]?.start ?? 0;
  const before = text.slice(Math.max(0, start - 30), start);
  let digits = '';
  for (let index = first; index < groups.length; index++) {
    const group = groups[index];
    const previous = groups[index - 1];
    if (group === undefined) break;
    if (index > first && previous !== undefined && !isSeparated(text, previous, group)) break;
    digits += group.digits;
    if (digits.length > MAX_DIGITS) break;
    const next = groups[index + 1];
    const continues = next !== undefined && isSeparated(text, group, next);
    candidates.push({ start, end: group.end, digits, groups: index - first + 1, before, continues });
  }
  return candidates.reverse();
}

function isSeparated(text: string, left: DigitGroup, right: DigitGroup): boolean {
  return right.start - left.end <= 3 && SEPARATOR.test(text.slice(left.end, right.start));
}

function phoneNumberIn(candidate: Candidate, text: string): PhoneNumber | undefined {
  if (candidate.groups > MAX_GROUPS && candidate.continues) return undefined;
  const { digits, before } = candidate;
  const length = digits.length;
  if (length < MIN_INTERNATIONAL) return undefined;
  const written = text.slice(candidate.start, candidate.end);
  if (/\+ ?\(?$/.test(before)) return existing(`+${withoutTrunkZero(written)}`);
  if (/^00[1-9]/.test(digits)) return existing(`+${withoutTrunkZero(written).slice(2)}`);
  if (isCutOff(candidate, text) || DATE.test(written)) return undefined;
  const isMobile = /^04[5-9]/.test(digits) && length === 10;
  if (isMobile && !isCompanyNumber(digits, before)) return existing(digits, 'BE');
  // A number that runs over the end of a line is believed only where nine or ten loose digits are not enough.
  if (written.includes('\n')) return undefined;
  if (/^0[67]/.test(digits) && length === 10) return existing(digits, 'NL') ?? existing(digits, 'FR');
  if (/^0[1-9]/.test(digits) && length === 9 && candidate.groups <= MAX_GROUPS && !REFERENCE_WORD.test(before)) {
    return existing(digits, 'BE');
  }
  if (/^324[5-9]/.test(digits) && length === 11) return existing(`+${digits}`);
  // The leading zero forgotten: only in the grouping of a mobile number, or after a word that announces one.
  if (
    /^4[5-9]/.test(digits) &&
    length === 9 &&
    (/^\d{3}\D{1,3}\d{2}\D\d{2}\D\d{2}$/.test(written) || PHONE_WORD.test(before))
  ) {
    return existing(`+32${digits}`);
  }
  return undefined;
}

/** 0032 (0)470 and +32 (0)470: the zero in brackets is not dialled. */
function withoutTrunkZero(written: string): string {
  return written.replace(/\( ?0 ?\)/, '').replace(/\D/g, '');
}

function existing(number: string, country?: CountryCode): PhoneNumber | undefined {
  const parsed = parsePhoneNumberFromString(number, country === undefined ? undefined : { defaultCountry: country });
  return parsed?.isValid() === true ? parsed : undefined;
}

/** 06.12 in "06.12 06.32": the group goes on after a point, so the number does not end here. */
function isCutOff(candidate: Candidate, text: string): boolean {
  return candidate.continues && /^(?:[.,]\d|[-/][1-9])/.test(text.slice(candidate.end, candidate.end + 2));
}

/** An enterprise number (KBO): announced as one, and its last two digits are 97 - (the first eight modulo 97). */
function isCompanyNumber(digits: string, before: string): boolean {
  return COMPANY_WORD.test(before) && 97 - (Number(digits.slice(0, 8)) % 97) === Number(digits.slice(8));
}

/** The plus belongs to the number a reader sees, and so does an opening bracket that is closed inside it. */
function withSigns(text: string, { start, end }: Span): Span {
  const isBracketed = /^[\d ]*\)/.test(text.slice(start, end));
  const sign = (isBracketed ? /\( ?(?:\+ ?)?$|\+ ?\($/ : /\+ ?$/).exec(text.slice(Math.max(0, start - 3), start));
  return { start: start - (sign?.[0].length ?? 0), end };
}
