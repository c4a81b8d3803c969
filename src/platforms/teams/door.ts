import { TeamsAdapter } from '@microsoft/teams-ai';
import type { InvokeResponse, TurnContext } from 'botbuilder';
import {
  AuthenticationConstants,
  AuthenticationError,
  BotFrameworkAuthenticationFactory,
  ClaimsIdentity,
  type AuthenticateRequestResult,
  type BotFrameworkAuthentication,
} from 'botframework-connector';
import { decodeJwt, errors } from 'jose';
import type { TeamsConfig } from '../../config.js';
import { BotCredentials, cloudOf, type BotToken } from './credentials.js';
import type { TeamsActivity } from './envelope.js';

export type Admission =
  | { ok: true; result: AuthenticateRequestResult }
  /** 401: no token, or not a right one. 503: its keys cannot be fetched now; nobody can tell. */
  | { ok: false; status: 401 | 503 };

/** The adapter of teams-ai, with its two halves apart: who is let in, and the turn itself. */
export class Door extends TeamsAdapter {
  readonly #config: TeamsConfig;
  readonly #issuer: string;
  readonly #tokens: BotFrameworkAuthentication | undefined;
  readonly #anonymous: BotFrameworkAuthentication | undefined;

  constructor(config: TeamsConfig, token: BotToken | undefined) {
    const { issuer, scope } = cloudOf(config);
    const authenticationFor = (appId: string | undefined) =>
      BotFrameworkAuthenticationFactory.create(
        '',
        true,
        config.loginUrl,
        scope,
        issuer,
        AuthenticationConstants.OAuthUrl,
        config.openIdMetadataUrl,
        // Tokens of the emulator are refused before this is asked.
        config.openIdMetadataUrl,
        '',
        new BotCredentials(appId, appId === undefined ? undefined : token),
        { requiredEndorsements: [] },
      );
    super({}, new BotCredentials(config.bot?.appId, token));
    this.#config = config;
    this.#issuer = issuer;
    this.#tokens = config.bot && authenticationFor(config.bot.appId);
    this.#anonymous = config.allowAnonymous ? authenticationFor(undefined) : undefined;
  }

  /**
   * Checks a request's token in full: signature, issuer, audience, dates, and the service address it was made for.
   *
   * @param fromHere the request was made on this machine: only then anonymous ones are let in, if at all.
   */
  async admit(activity: TeamsActivity, authorization: string | undefined, fromHere: boolean): Promise<Admission> {
    const asSent = activity as unknown as Parameters<BotFrameworkAuthentication['authenticateRequest']>[0];
    if (!authorization && this.#anonymous && fromHere) {
      return { ok: true, result: await this.#anonymous.authenticateRequest(asSent, '') };
    }
    if (!authorization || !this.#tokens || issuerOf(authorization) !== this.#issuer) return { ok: false, status: 401 };
    // Tokens of other channels are checked by other rules; this is no place for them.
    if (activity.channelId !== 'msteams') return { ok: false, status: 401 };
    try {
      return { ok: true, result: await this.#tokens.authenticateRequest(asSent, authorization) };
    } catch (error) {
      if (error instanceof AuthenticationError) return { ok: false, status: error.statusCode === 401 ? 401 : 503 };
      // The library behind it says "wrong key" and "not yet valid" by throwing its own.
      if (error instanceof Error && TOKEN_ERRORS.has(error.name)) return { ok: false, status: 401 };
      if (error instanceof Error && error.name === 'FetchError') return { ok: false, status: 503 };
      throw error;
    }
  }

  /** One turn. @returns the answer to an invoke; undefined where nothing is to be answered. */
  turn(
    admitted: AuthenticateRequestResult,
    activity: TeamsActivity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(admitted, activity as unknown as Parameters<typeof this.processActivity>[1], logic);
  }

  /** For what the bot says of its own accord. */
  connectorFactory() {
    const authentication = this.#tokens ?? this.#anonymous;
    if (!authentication) throw new Error('Teams has neither a bot nor an emulator.');
    const appId = this.#config.bot?.appId;
    const claims = appId === undefined ? [] : [{ type: AuthenticationConstants.AudienceClaim, value: appId }];
    return authentication.createConnectorFactory(new ClaimsIdentity(claims));
  }
}

const TOKEN_ERRORS = new Set(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']);

function issuerOf(authorization: string): string | undefined {
  const [scheme, token = ''] = authorization.split(' ');
  if (scheme !== 'Bearer') return undefined;
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}
