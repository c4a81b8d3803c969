import { RefusedCall } from './errors.js';
import { newSecret } from './ids.js';
import type { JsonObject } from './json.js';
import type { World } from './world.js';
import type { Team } from './types.js';

/** docs.slack.dev/authentication/installing-with-oauth: a code lives ten minutes and works once. */
const CODE_TTL_MS = 600_000;
/** docs.slack.dev/authentication/using-token-rotation: twelve hours. */
const TOKEN_TTL_S = 43_200;

interface Code {
  teamId: string;
  userId: string;
  scopes: string[];
  redirectUri: string | undefined;
  madeAt: number;
  used: boolean;
}

/** What the person at the consent screen does. */
export interface Consent {
  teamId: string;
  userId: string;
  /** Press "cancel" instead. */
  deny?: boolean;
}

export class OAuth {
  readonly #world: World;
  readonly #codes = new Map<string, Code>();
  /** What each refresh token gives another token for; it is gone once it was used. */
  readonly #refreshTokens = new Map<string, { teamId: string; scopes: string[] }>();

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * The consent screen: checks the address the bot sent the person to, and gives the address to go back to.
   * Throws an `Error` with what Slack's page would complain of.
   */
  authorize(query: URLSearchParams, consent: Consent): string {
    const { app } = this.#world;
    if (query.get('client_id') !== app.clientId) throw new Error('invalid_client_id');
    const scopes = (query.get('scope') ?? '').split(',').filter((scope) => scope !== '');
    if (scopes.length === 0) throw new Error('no_scopes');
    const unknown = scopes.find((scope) => !app.scopes.includes(scope));
    if (unknown !== undefined) throw new Error(`invalid_scope: ${unknown}`);
    const redirectUri = query.get('redirect_uri') ?? undefined;
    const allowed = app.redirectUrls;
    if (allowed !== undefined && redirectUri !== undefined && !allowed.some((one) => redirectUri.startsWith(one))) {
      throw new Error('bad_redirect_uri');
    }
    const target = redirectUri ?? allowed?.[0];
    if (target === undefined) throw new Error('no redirect_uri, and the app has none configured');
    const back = new URL(target);
    if (consent.deny === true) {
      back.searchParams.set('error', 'access_denied');
    } else {
      back.searchParams.set('code', this.#newCode(consent, scopes, redirectUri));
    }
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    return back.toString();
  }

  #newCode(consent: Consent, scopes: string[], redirectUri: string | undefined): string {
    const code = `${newSecret(12)}.${newSecret(12)}.${newSecret(48)}`;
    const madeAt = this.#world.now();
    this.#codes.set(code, { ...consent, scopes, redirectUri, madeAt, used: false });
    return code;
  }

  /** `oauth.v2.access`. Throws `RefusedCall`. */
  access(args: JsonObject, basic: { id: string; secret: string } | undefined): JsonObject {
    const { app } = this.#world;
    if ((basic?.id ?? args.client_id) !== app.clientId) throw new RefusedCall('invalid_client_id');
    if ((basic?.secret ?? args.client_secret) !== app.clientSecret) throw new RefusedCall('bad_client_secret');
    if (args.grant_type === 'refresh_token') return this.#refresh(String(args.refresh_token));
    if (args.grant_type !== undefined && args.grant_type !== 'authorization_code') {
      throw new RefusedCall('invalid_grant_type');
    }
    const code = this.#codes.get(String(args.code));
    if (code === undefined || this.#world.now() - code.madeAt > CODE_TTL_MS) throw new RefusedCall('invalid_code');
    if (code.used) throw new RefusedCall('code_already_used');
    if (code.redirectUri !== undefined && args.redirect_uri !== code.redirectUri) {
      throw new RefusedCall('bad_redirect_uri');
    }
    code.used = true;
    return { ...this.#newToken(this.#world.team(code.teamId), code.scopes), authed_user: { id: code.userId } };
  }

  /** docs.slack.dev/authentication/using-token-rotation: a refresh token works once; the token before it lives on to its end. */
  #refresh(refreshToken: string): JsonObject {
    const given = this.#refreshTokens.get(refreshToken);
    const team = given && this.#world.team(given.teamId);
    if (!given || !team?.installed) throw new RefusedCall('invalid_refresh_token');
    this.#refreshTokens.delete(refreshToken);
    return this.#newToken(team, given.scopes);
  }

  #newToken(team: Team, scopes: string[]): JsonObject {
    const { app } = this.#world;
    const rotates = app.tokenRotation === true;
    const token = this.#world.install(team, rotates ? `xoxe.xoxb-1-${newSecret(24)}` : undefined, scopes);
    const refreshToken = `xoxe-1-${newSecret(48)}`;
    if (rotates) {
      token.expiresAt = this.#world.now() + TOKEN_TTL_S * 1_000;
      this.#refreshTokens.set(refreshToken, { teamId: team.id, scopes });
    }
    return {
      app_id: app.id,
      scope: scopes.join(','),
      token_type: 'bot',
      access_token: token.value,
      ...(rotates && { refresh_token: refreshToken, expires_in: TOKEN_TTL_S }),
      bot_user_id: team.bot.userId,
      team: { id: team.id, name: team.name },
      enterprise: team.enterprise === null ? null : { ...team.enterprise },
      is_enterprise_install: false,
    };
  }
}
