import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bits: as many as an address can carry without breaking in a mail. */
const SIGNATURE_BYTES = 16;
const PARAMETER = 's';

export interface AddressSigner {
  /** The same path, with a signature that opens it without signing in. */
  sign(path: string): string;
  /** @param path without its query. */
  isSigned(path: string, signature: unknown): boolean;
}

/** Signed addresses last as long as the key: a picture in an old mail still shows, a way out of a mailing still works. */
export function createAddressSigner(key: Uint8Array): AddressSigner {
  const signatureOf = (path: string) =>
    createHmac('sha256', key).update(`address:${path}`).digest().subarray(0, SIGNATURE_BYTES);
  return {
    sign: (path) => `${path}?${PARAMETER}=${signatureOf(path).toString('base64url')}`,
    isSigned(path, signature) {
      if (typeof signature !== 'string') return false;
      const given = Buffer.from(signature, 'base64url');
      return given.length === SIGNATURE_BYTES && timingSafeEqual(given, signatureOf(path));
    },
  };
}

/** What `ViewContext.url` is made of. */
export function createUrls(publicUrl: () => string, { sign }: AddressSigner) {
  return (path: string, signed?: 'signed'): string => new URL(signed ? sign(path) : path, publicUrl()).href;
}
