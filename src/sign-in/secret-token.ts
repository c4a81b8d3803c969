import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: nobody guesses one, so nothing slower than SHA-256 is needed to keep it. */
export function makeToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** What is kept of a token: who reads the database cannot use it. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
