import { createRemoteJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import { z } from 'zod';

/** Between our clock and Microsoft's. */
const CLOCK_TOLERANCE_S = 60;
const TIMEOUT_MS = 5_000;
/** The permission that the app registration exposes to Teams. */
const SCOPE = 'access_as_user';

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
const Claims = z.object({ oid: z.guid(), tid: z.guid(), scp: z.string() });

interface Signer {
  issuer: string;
  keys: ReturnType<typeof createRemoteJWKSet>;
}

/** @returns the visitor's object id in Entra, our accounts' key; undefined for a token that is not in order. */
export type VerifyTabToken = (token: string) => Promise<{ objectId: string } | undefined>;

/**
 * Holds the token that Teams gives our tab against everything it must be: signed by Entra, of our tenant, for our app, for
 * this permission, not expired. Entra writes either of two versions, as the app registration has it; each has an issuer.
 * https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-code
 *
 * @throws when Entra cannot be reached: that says nothing about the token.
 */
export function createTabTokenVerifier(options: {
  bot: { appId: string; tenantId: string };
  loginUrl: string;
  publicUrl(): string;
  now(): Date;
}): VerifyTabToken {
  const { bot, loginUrl, publicUrl, now } = options;
  const signers = new Map<string, Promise<Signer>>();

  function signerOf(version: string): Promise<Signer> {
    const known = signers.get(version);
    if (known) return known;
    const signer = readSigner(`${loginUrl}/${bot.tenantId}${version === '2.0' ? '/v2.0' : ''}`);
    signers.set(version, signer);
    signer.catch(() => signers.delete(version));
    return signer;
  }

  return async (token) => {
    try {
      const { issuer, keys } = await signerOf(decodeJwt(token)['ver'] === '2.0' ? '2.0' : '1.0');
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: [`api://${new URL(publicUrl()).host}/${bot.appId}`, bot.appId],
        algorithms: ['RS256'],
        currentDate: now(),
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp'],
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success || claims.data.tid.toLowerCase() !== bot.tenantId.toLowerCase()) return undefined;
      if (!claims.data.scp.split(' ').includes(SCOPE)) return undefined;
      return { objectId: claims.data.oid.toLowerCase() };
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
      // What jose calls generic is a key server that answered with something else.
      if (error.code === errors.JOSEError.code) throw error;
      return undefined;
    }
  };
}

async function readSigner(authority: string): Promise<Signer> {
  const response = await fetch(`${authority}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`Entra's metadata could not be read: HTTP ${response.status}`);
  const { issuer, jwks_uri } = Metadata.parse(await response.json());
  return { issuer, keys: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: TIMEOUT_MS }) };
}
