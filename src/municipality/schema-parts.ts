import { z } from 'zod';
import type { TextKey } from './texts.js';

/** Says which of our texts explains what is wrong; the zod message is that text's key. */
export function because(text: TextKey): { error: string } {
  return { error: text };
}

/**
 * An object that refuses keys it does not know. The message of that refusal lists the keys it does know, for "bedoelde u".
 *
 * @param instead what to say when there is no object at all.
 */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape, instead?: TextKey) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : instead),
  });
}

/** Text of at least one visible character; spaces around it are dropped. */
export function shortText(maxLength: number) {
  return z.string().trim().min(1).max(maxLength);
}

/** A day on the calendar as YYYY-MM-DD, in a year someone can have meant. */
export function isoDay() {
  return z.iso
    .date({ ...because('DAY'), abort: true })
    .refine((day) => day >= '1990-01-01' && day < '2100-01-01', because('DAY'));
}
