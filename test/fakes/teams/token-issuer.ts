import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';

const ISSUER = 'https://api.botframework.com';

export interface TokenWishes {
  issuer?: string;
  audience?: string;
  serviceUrl?: string;
  /** Seconds from now; negative: expired. */
  expiresIn?: number;
  /** Signed with a key nobody published, under the published key's id. */
  wrongKey?: boolean;
  /** Under a key id that is nowhere. */
  unknownKey?: boolean;
}

/** Speaks for the Bot Framework: makes the tokens Teams sends with, and publishes their keys. */
export class TokenIssuer {
  readonly #keys = generateKeyPair('RS256', { extractable: true });
  readonly #strange = generateKeyPair('RS256', { extractable: true });
  readonly #keyId = randomUUID();
  readonly #given = new Map<string, number>();
  /** How often the bot asked for a token of its own. */
  asked = 0;

  constructor(
    private readonly bot: { appId: string; password: string; tenantId: string },
    private readonly serviceUrl: () => string,
  ) {}

  async inbound(wishes: TokenWishes = {}): Promise<string> {
    const { privateKey } = await (wishes.wrongKey ? this.#strange : this.#keys);
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ serviceurl: wishes.serviceUrl ?? this.serviceUrl() })
      .setProtectedHeader({ alg: 'RS256', kid: wishes.unknownKey ? randomUUID() : this.#keyId, typ: 'JWT' })
      .setIssuer(wishes.issuer ?? ISSUER)
      .setAudience(wishes.audience ?? this.bot.appId)
      .setNotBefore(now - 600)
      .setExpirationTime(now + (wishes.expiresIn ?? 3_600))
      .sign(privateKey);
  }

  metadata(base: string): object {
    return {
      issuer: ISSUER,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${base}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    };
  }

  async keys(): Promise<{ keys: JWK[] }> {
    const { publicKey } = await this.#keys;
    const key = await exportJWK(publicKey);
    return { keys: [{ ...key, use: 'sig', kid: this.#keyId, endorsements: ['msteams'] } as JWK] };
  }

  /** `POST /{tenant}/oauth2/v2.0/token` */
  grant(tenant: string, form: URLSearchParams): { status: number; body: object } {
    this.asked += 1;
    const refuse = (error: string) => ({ status: error === 'invalid_client' ? 401 : 400, body: { error } });
    if (tenant !== this.bot.tenantId) return refuse('invalid_request');
    if (form.get('grant_type') !== 'client_credentials') return refuse('unsupported_grant_type');
    if (form.get('scope') !== 'https://api.botframework.com/.default') return refuse('invalid_scope');
    if (form.get('client_id') !== this.bot.appId || form.get('client_secret') !== this.bot.password) {
      return refuse('invalid_client');
    }
    const token = `bot-token-${randomUUID()}`;
    this.#given.set(token, Date.now() + 3_600_000);
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3_600, ext_expires_in: 3_600, access_token: token },
    };
  }

  isOurs(authorization: string | undefined): boolean {
    const until = this.#given.get(authorization?.replace(/^Bearer /, '') ?? '');
    return until !== undefined && until > Date.now();
  }

  revokeAll(): void {
    this.#given.clear();
  }
}
