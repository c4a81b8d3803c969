import { AuthenticationConstants, GovernmentConstants, ServiceClientCredentialsFactory } from 'botframework-connector';
import { z } from 'zod';
import type { TeamsConfig } from '../../config.js';

/** Who speaks for the Bot Framework: the public cloud, or the one for governments, by where its keys are published. */
export function cloudOf({ openIdMetadataUrl }: Pick<TeamsConfig, 'openIdMetadataUrl'>): {
  issuer: string;
  /** What the bot's own token is for. */
  scope: string;
} {
  const government = new URL(openIdMetadataUrl).hostname.endsWith('.azure.us');
  const { ToBotFromChannelTokenIssuer: issuer, ToChannelFromBotOAuthScope } = government
    ? GovernmentConstants
    : AuthenticationConstants;
  return { issuer, scope: `${ToChannelFromBotOAuthScope.replace(/\/\.default$/, '')}/.default` };
}

/** A token is renewed this long before it ends. */
const MARGIN_MS = 5 * 60_000;
const TIMEOUT_MS = 10_000;

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** The bot could not get a token of its own. */
export class TokenError extends Error {
  override name = 'TokenError';
  constructor(
    readonly code: 'TEAMS.INVALID_CREDENTIALS' | 'TEAMS.NO_TOKEN',
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

export interface BotToken {
  get(): Promise<string>;
  /** The platform refused it: the next one is fetched anew. */
  forget(): void;
}

/**
 * The bot's own token, by client credentials, kept until it nears its end; many at once wait for one request.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createBotToken(
  { appId, password, tenantId }: NonNullable<TeamsConfig['bot']>,
  config: Pick<TeamsConfig, 'loginUrl' | 'openIdMetadataUrl'>,
  now: () => Date,
): BotToken {
  const { loginUrl } = config;
  const { scope } = cloudOf(config);
  let kept: { token: Promise<string>; until: number } | undefined;
  async function fetchToken(): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: password,
      scope,
    });
    const response = await fetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new TokenError('TEAMS.NO_TOKEN', { cause: error });
    });
    if (response.status === 400 || response.status === 401) throw new TokenError('TEAMS.INVALID_CREDENTIALS');
    const answer = TokenAnswer.safeParse(response.ok ? await response.json() : undefined);
    if (!answer.success) throw new TokenError('TEAMS.NO_TOKEN');
    const { access_token, expires_in } = answer.data;
    if (kept) kept.until = now().getTime() + Math.max(expires_in * 1_000 - MARGIN_MS, 0);
    return access_token;
  }
  return {
    get() {
      if (kept && now().getTime() < kept.until) return kept.token;
      const token = fetchToken();
      kept = { token, until: Infinity };
      token.catch(() => (kept = undefined));
      return token;
    },
    forget: () => (kept = undefined),
  };
}

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory['createCredentials']>>;
type Signed = Parameters<Credentials['signRequest']>[0];

/** Botbuilder's door to the bot's identity: which app it is, and the token it sends with. */
export class BotCredentials extends ServiceClientCredentialsFactory {
  readonly #appId: string | undefined;
  readonly #token: BotToken | undefined;

  /** @param token undefined: a bot without identity, for the local emulator. */
  constructor(appId: string | undefined, token: BotToken | undefined) {
    super();
    this.#appId = appId;
    this.#token = token;
  }

  override isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(this.#appId !== undefined && appId === this.#appId);
  }

  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(this.#appId === undefined);
  }

  override createCredentials(): Promise<Credentials> {
    const token = this.#token;
    return Promise.resolve({
      async signRequest(request: Signed) {
        if (token) request.headers.set('authorization', `Bearer ${await token.get()}`);
        return request;
      },
    });
  }
}
