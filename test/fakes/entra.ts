import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

export const TENANT = '7a1e0000-0000-4000-8000-00000000000a';
export const APP_ID = '0f1e2d3c-1111-4222-8333-444455556666';

export interface TokenOptions {
  /** As the app registration has it. */
  version?: '1.0' | '2.0';
  claims?: JWTPayload;
  /** Another's key under our key's name. */
  forged?: boolean;
  keyId?: string;
  expiresAt?: Date | 'never';
  issuedAt?: Date;
}

/** Entra's sign-in, as much of it as a tab needs: metadata and keys of one tenant, and the tokens Teams hands to the tab. */
export class FakeEntra {
  readonly #server: Server;
  #keys: { publicKey: CryptoKey; privateKey: CryptoKey } | undefined;
  #stranger: CryptoKey | undefined;
  /** While true every question is answered with a failure. */
  broken = false;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request.url ?? '').then((answer) => {
        response.writeHead(answer === undefined ? 503 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? {}));
      });
    });
  }

  async start(): Promise<this> {
    this.#keys = await generateKeyPair('RS256');
    this.#stranger = (await generateKeyPair('RS256')).privateKey;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** In place of https://login.microsoftonline.com */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The two versions of tokens have different issuers: https://learn.microsoft.com/entra/identity-platform/access-tokens */
  issuer(version: '1.0' | '2.0'): string {
    return version === '1.0' ? `https://sts.example/${TENANT}/` : `${this.url}/${TENANT}/v2.0`;
  }

  async token(objectId: string, now: Date, options: TokenOptions = {}): Promise<string> {
    const { version = '1.0', forged = false, keyId = 'key-1' } = options;
    const issuedAt = options.issuedAt ?? now;
    const claims: JWTPayload = {
      ver: version,
      iss: this.issuer(version),
      aud: version === '1.0' ? `api://signalen.example.be/${APP_ID}` : APP_ID,
      tid: TENANT,
      oid: objectId,
      scp: 'access_as_user',
      ...options.claims,
    };
    const key = forged ? this.#stranger : this.#keys?.privateKey;
    if (!key) throw new Error('Start it first.');
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' })
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt);
    const { expiresAt = new Date(issuedAt.getTime() + 3_600_000) } = options;
    return (expiresAt === 'never' ? token : token.setExpirationTime(expiresAt)).sign(key);
  }

  async #answer(path: string): Promise<object | undefined> {
    if (this.broken || !this.#keys) return undefined;
    switch (path) {
      case `/${TENANT}/.well-known/openid-configuration`:
        return { issuer: this.issuer('1.0'), jwks_uri: `${this.url}/keys` };
      case `/${TENANT}/v2.0/.well-known/openid-configuration`:
        return { issuer: this.issuer('2.0'), jwks_uri: `${this.url}/keys` };
      case '/keys':
        return { keys: [{ ...(await exportJWK(this.#keys.publicKey)), kid: 'key-1', use: 'sig', alg: 'RS256' }] };
      default:
        return undefined;
    }
  }
}
