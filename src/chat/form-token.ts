import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A form left open overnight may still be sent. */
const LIFETIME_MS = 18 * 3_600_000;

const Claims = z.object({
  form: z.string(),
  formId: z.uuid(),
  person: z.uuid(),
  municipality: z.uuid(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** In milliseconds since 1970. */
  until: z.number(),
});
type FormClaims = z.infer<typeof Claims>;

/**
 * Signs which form this is, who opened it and what for, and mints the `formId` that makes a submission happen once.
 * Nothing is stored, so opening a form writes nothing (Slack gives a form three seconds to open).
 *
 * @returns the claims and their signature, base64url, with a dot between them.
 */
export function signFormToken(key: Uint8Array, claims: Omit<FormClaims, 'formId' | 'until'>, now: Date): string {
  const until = now.getTime() + LIFETIME_MS;
  const body = Buffer.from(JSON.stringify({ ...claims, formId: randomUUID(), until })).toString('base64url');
  return `${body}.${signatureOf(key, body).toString('base64url')}`;
}

/** @returns what was signed, or why the token is refused: `expired`, or `invalid` (forged, of another person or town). */
export function readFormToken(
  key: Uint8Array,
  token: string,
  owner: { person: string; municipality: string },
  now: Date,
): { ok: true; claims: FormClaims } | { ok: false; code: 'expired' | 'invalid' } {
  const [body = '', given = ''] = token.split('.');
  const [signature, expected] = [Buffer.from(given, 'base64url'), signatureOf(key, body)];
  // Only what we signed ourselves is read at all.
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
    return { ok: false, code: 'invalid' };
  const read = Claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (!read.success) return { ok: false, code: 'invalid' };
  const { person, municipality, until } = read.data;
  if (person !== owner.person || municipality !== owner.municipality) return { ok: false, code: 'invalid' };
  return until > now.getTime() ? { ok: true, claims: read.data } : { ok: false, code: 'expired' };
}

/** The same key signs other things, under other names. */
function signatureOf(key: Uint8Array, body: string): Buffer {
  return createHmac('sha256', key).update(`form:${body}`).digest();
}
