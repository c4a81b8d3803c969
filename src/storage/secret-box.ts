import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';

/** Keeps secrets unreadable in the database: AES-256-GCM under a key from the environment. */
export interface SecretBox {
  seal(secret: string): Promise<string>;
  /**
   * @returns the secret, and whether it was sealed with an older key: then seal it anew. Undefined when no key fits.
   */
  open(sealed: string): Promise<{ secret: string; stale: boolean } | undefined>;
}

/** @param keys the first seals, all open; each at least 32 characters (`ENCRYPTION_KEY`, `ENCRYPTION_KEY_PREVIOUS`). */
export function createSecretBox(keys: string[]): SecretBox {
  const digests = keys.map((key) => ({
    key: createHash('sha256').update(`wijksignaal secrets at rest\n${key}`).digest(),
    kid: createHash('sha256').update(`wijksignaal key name\n${key}`).digest('base64url').slice(0, 8),
  }));
  const [first] = digests;
  if (!first) throw new Error('Secrets at rest need ENCRYPTION_KEY.');
  return {
    seal: (secret) =>
      new CompactEncrypt(new TextEncoder().encode(secret))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.kid })
        .encrypt(first.key),
    async open(sealed) {
      for (const { key, kid } of digests) {
        try {
          const { plaintext } = await compactDecrypt(sealed, key, { keyManagementAlgorithms: ['dir'] });
          return { secret: new TextDecoder().decode(plaintext), stale: kid !== first.kid };
        } catch (error) {
          if (!(error instanceof errors.JOSEError)) throw error;
        }
      }
      return undefined;
    },
  };
}
