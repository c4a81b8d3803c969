import type { z } from 'zod';
import type { FormValues } from './form.js';
import { chatTexts } from './chat-texts.js';
import type { Locale } from './texts.js';

/**
 * Holds a form's raw values against its schema. White space around texts is dropped; empty means not filled in.
 *
 * @returns the values, or per field one sentence in the reader's language.
 */
export function checkValues<S extends z.ZodType>(
  schema: S,
  raw: FormValues,
  locale: Locale,
): { ok: true; values: z.output<S> } | { ok: false; errors: Record<string, string> } {
  const tidy = Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, tidyValue(value)]));
  const parsed = schema.safeParse(tidy);
  if (parsed.success) return { ok: true, values: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '');
    errors[field] ??= sentence(issue, tidy[field], locale);
  }
  return { ok: false, errors };
}

function tidyValue(value: FormValues[string]): FormValues[string] {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').trim() || undefined;
  if (Array.isArray(value)) return value.filter((item) => item !== '');
  return value;
}

function sentence(issue: z.core.$ZodIssue, value: FormValues[string], locale: Locale): string {
  const t = chatTexts(locale);
  const empty = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
  if (empty) return t(value === false ? 'field.tick' : 'field.required');
  if (issue.code === 'too_big' && typeof value === 'string') {
    return t('field.tooLong', { maximum: Number(issue.maximum), length: value.length });
  }
  if (issue.code === 'invalid_format' && 'format' in issue && issue.format === 'date') return t('field.date');
  return t('field.invalid');
}
