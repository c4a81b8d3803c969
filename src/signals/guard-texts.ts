import { createHash } from 'node:crypto';
import type { FormOutcome, FormPart, FormValues } from '../chat/form.js';
import type { Locale } from '../chat/texts.js';
import { inspectText } from '../client-data/index.js';
import { signalTexts } from './texts.js';

/**
 * Holds free texts against the client-data guard.
 *
 * @param texts by field id.
 * @param allow names that are no people: neighbourhoods, organisations.
 * @returns one error per field with hard findings, and the likely names in all of them.
 */
export function inspectClientData(
  texts: Record<string, string | undefined>,
  locale: Locale,
  allow: Iterable<string>,
): { errors: Record<string, string>; likelyNames: string[] } {
  const t = signalTexts(locale);
  const allowed = [...allow];
  const errors: Record<string, string> = {};
  const likelyNames = new Set<string>();
  for (const [field, text] of Object.entries(texts)) {
    if (!text) continue;
    const found = inspectText(text, { allow: allowed });
    const [first] = found.blocked;
    if (first && first.kind !== 'name') errors[field] = t(`guard.${first.kind}`);
    for (const finding of found.likelyNames) likelyNames.add(finding.text);
  }
  return { errors, likelyNames: [...likelyNames] };
}

/**
 * A box that must be ticked before going on, bound to what it confirms: when that changes, it must be ticked anew.
 *
 * @param basis what is confirmed.
 */
export function confirmation(basis: string, note: string, statement: string, locale: Locale): FormPart[] {
  return [
    { kind: 'note', tone: 'warning', text: note },
    { kind: 'tick', id: confirmationId(basis), label: signalTexts(locale)('confirm.label'), statement, required: true },
  ];
}

export function isConfirmed(values: FormValues, basis: string): boolean {
  return values[confirmationId(basis)] === true;
}

function confirmationId(basis: string): string {
  return `ok-${createHash('sha256').update(basis).digest('hex').slice(0, 12)}`;
}

/**
 * What a form answers when its texts hold client data, or likely names that were not confirmed. Undefined when all is well.
 *
 * @param allow names that are no people.
 */
export function guardTexts(
  { locale }: { locale: Locale },
  texts: Record<string, string | undefined>,
  raw: FormValues,
  allow: Iterable<string> = [],
): FormOutcome | undefined {
  const { errors, likelyNames } = inspectClientData(texts, locale, allow);
  const add = askAboutNames(likelyNames, raw, locale);
  return Object.keys(errors).length > 0 || add.length > 0 ? { kind: 'again', errors, add } : undefined;
}

/** The question whether these likely names are clients, unless it was answered for exactly these. */
export function askAboutNames(likelyNames: string[], values: FormValues, locale: Locale): FormPart[] {
  if (likelyNames.length === 0) return [];
  const basis = likelyNames.toSorted().join('\n');
  if (isConfirmed(values, basis)) return [];
  const t = signalTexts(locale);
  return confirmation(
    basis,
    t('guard.names', { names: likelyNames.slice(0, 5).join(', ') }),
    t('guard.names.statement'),
    locale,
  );
}
