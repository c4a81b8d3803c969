import { findEmails } from './find-emails.js';
import { findIbans } from './find-ibans.js';
import { findNames } from './find-names.js';
import { findNationalNumbers } from './find-national-numbers.js';
import { findPhoneNumbers } from './find-phone-numbers.js';
import type { BlockedKind, Finding, FindingKind, Span } from './finding.js';
import { normalizeText } from './normalize-text.js';

interface Inspection {
  /** What a signal must not hold: national numbers, phone numbers, e-mail addresses, bank accounts. In text order. */
  blocked: Finding[];
  /** What may be a person's name: the writer is asked, and may keep it. In text order. */
  likelyNames: Finding[];
}

// Surest first: what one of these takes, the next no longer sees (an IBAN holds digits that look like a phone number).
const FINDERS: [BlockedKind, (text: string) => Span[]][] = [
  ['email', findEmails],
  ['iban', findIbans],
  ['national-number', findNationalNumbers],
  ['phone', findPhoneNumbers],
];

/**
 * Looks for client data in what a worker typed, because a signal holds none (professional secrecy, domain glossary).
 * Pure and linear in the length of the text. Offsets are UTF-16 units of `text` as typed; hidden characters do not
 * hide anything.
 *
 * @param options.allow Names that are no people here: neighbourhoods, organisations, streets. Case and accents are free.
 */
export function inspectText(text: string, options: { allow?: Iterable<string> } = {}): Inspection {
  const normalized = normalizeText(text);
  const toFinding = (kind: FindingKind, span: Span): Finding => {
    const { start, end } = normalized.toOriginal(span);
    return { kind, start, end, text: text.slice(start, end) };
  };
  let remaining = normalized.text;
  const blocked: Finding[] = [];
  for (const [kind, find] of FINDERS) {
    const spans = find(remaining);
    blocked.push(...spans.map((span) => toFinding(kind, span)));
    remaining = withoutSpans(remaining, spans);
  }
  const allow = [...(options.allow ?? [])].map((name) => normalizeText(name).text);
  const names = findNames(remaining, allow);
  return {
    blocked: blocked.sort((a, b) => a.start - b.start),
    likelyNames: names.map((span) => toFinding('name', span)),
  };
}

/** The spans blanked with a sign that is no letter, digit or separator; everything else keeps its place. */
function withoutSpans(text: string, spans: Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), '#'.repeat(end - start));
    from = end;
  }
  return parts.join('') + text.slice(from);
}
