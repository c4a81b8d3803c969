import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** A form left open overnight may still be sent. */
const LIFETIME_MS = 18 * 3_600_000;

const Claims = z.object({
  form: z.string(),
  formId: z.uuid(),
  person: z.uuid(),
  municipality: z.uuid(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type FormClaims = z.infer<typeof Claims>;

/**
 * Signs which form this is, who opened it and what for, and mints the `formId` that makes a submission happen once.
 * Nothing is stored, so opening a form writes nothing (Slack gives a form three seconds to open).
 */
export async function signFormToken(key: Uint8Array, claims: Omit<FormClaims, 'formId'>, now: Date): Promise<string> {
  return new SignJWT({ ...claims, formId: randomUUID() })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + LIFETIME_MS))
    .sign(await importedKey(key));
}

/** @returns what was signed, or why the token is refused: `expired`, or `invalid` (forged, of another person or town). */
export async function readFormToken(
  key: Uint8Array,
  token: string,
  owner: { person: string; municipality: string },
  now: Date,
): Promise<{ ok: true; claims: FormClaims } | { ok: false; code: 'expired' | 'invalid' }> {
  try {
    const { payload } = await jwtVerify(token, await importedKey(key), { algorithms: ['HS256'], currentDate: now });
    const claims = Claims.parse(payload);
    const theirs = claims.person === owner.person && claims.municipality === owner.municipality;
    return theirs ? { ok: true, claims } : { ok: false, code: 'invalid' };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { ok: false, code: 'expired' };
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return { ok: false, code: 'invalid' };
    throw error;
  }
}

const importedKeys = new WeakMap<Uint8Array, Promise<CryptoKey>>();

/** The library would import the bytes anew for every form. */
function importedKey(key: Uint8Array): Promise<CryptoKey> {
  const known = importedKeys.get(key);
  if (known) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = crypto.subtle.importKey('raw', Uint8Array.from(key), algorithm, false, ['sign', 'verify']);
  importedKeys.set(key, imported);
  return imported;
}
