import { createHmac } from 'node:crypto';

/** Eight digits: easy to type over on a phone, and with five tries a code nobody guesses. */
const DIGITS = 8;

/**
 * Makes the codes that people are sent in one place to type in another. The same id gives the same code, so that a message
 * rendered twice says the same and no table holds a code: whoever reads the database cannot make one without the key.
 */
export function createOneTimeCodes(key: Uint8Array): (id: string) => string {
  return (id) => {
    const digest = createHmac('sha256', key).update(`one-time code\n${id}`).digest();
    return String(digest.readBigUInt64BE() % 10n ** BigInt(DIGITS)).padStart(DIGITS, '0');
  };
}
