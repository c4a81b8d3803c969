import type { IncomingMessage, ServerResponse } from 'node:http';
import { ErrorCode, InstallProvider, type CallbackOptions, type Installation } from '@slack/oauth';
import { Router, type Request, type Response } from 'express';
import type { MunicipalityInfo } from '../../chat/feature.js';
import type { SlackConfig } from '../../config.js';
import type { Logger } from '../../operations/log.js';
import type { Db } from '../../storage/database.js';
import { localeOf } from '../../web/language.js';
import { Page, sendPage } from '../../web/layout.js';
import { requestIdOf } from '../../web/access-log.js';
import { installTexts } from './install-texts.js';
import { BOT_SCOPES } from './surface.js';
import { clientOptions, createSlackApi, silentLogger } from './web-api.js';
import type { InstalledWorkspaces } from './workspaces.js';

type Why = 'cancelled' | 'state' | 'enterprise' | 'stranger' | 'elsewhere' | 'failed';

/** The SDK's codes for a way back that is not the one this browser was sent on: no or another state, too late, no code. */
const STATE_CODES = new Set<string>([
  ErrorCode.InvalidStateError,
  ErrorCode.MissingStateError,
  ErrorCode.MissingCodeError,
]);

const STATUS: Record<Why, number> = {
  cancelled: 400,
  state: 400,
  enterprise: 400,
  stranger: 403,
  elsewhere: 409,
  failed: 502,
};

export interface InstallOptions {
  apiUrl: string;
  oauth: SlackConfig['workspaces'] & { kind: 'oauth' };
  db: Db;
  workspaces: InstalledWorkspaces;
  municipality(id: string): Promise<MunicipalityInfo>;
  baseUrl(): string;
  now(): Date;
  log: Logger;
}

/**
 * `/slack/install` and the way back from Slack: the state is checked against the browser's cookie, the token is kept
 * encrypted, and the workspace is bound to one municipality: the one whose administrator installs it.
 */
export function installRoutes(options: InstallOptions): Router {
  const { apiUrl, oauth, db, workspaces, municipality, baseUrl, now, log } = options;
  const provider = new InstallProvider({
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    stateSecret: oauth.stateSecret,
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    clientOptions: clientOptions(apiUrl),
    directInstall: true,
    logger: silentLogger,
  });
  const router = Router();

  router.get('/slack/install', async (request, response) => {
    const redirectUri = new URL('/slack/oauth_redirect', baseUrl()).href;
    await provider.handleInstallPath(request, response, {}, { scopes: Object.keys(BOT_SCOPES), redirectUri });
  });

  router.get('/slack/oauth_redirect', async (request, response) => {
    const refuse = (why: Why, user = '') => sendRefusal(request, response, why, user);
    const callback: CallbackOptions = {
      // Answers the browser itself, so that nothing is stored by the SDK.
      async afterInstallation(installation) {
        const bound = await bind(installation);
        if ('refused' in bound) {
          if (!bound.keep) await revoke(installation);
          await refuse(bound.refused, installation.user.id);
        } else {
          await sendDone(request, response, bound);
        }
        return false;
      },
      failureAsync: async (error) => {
        const code = 'code' in error ? String(error.code) : '';
        log.warn({ code, requestId: requestIdOf(response) }, 'slack installation refused');
        const cancelled = request.query['error'] === 'access_denied';
        await refuse(cancelled ? 'cancelled' : STATE_CODES.has(code) ? 'state' : 'failed');
      },
    };
    await provider.handleCallback(request as IncomingMessage, response as ServerResponse, callback);
  });

  async function bind(installation: Installation): Promise<
    | {
        refused: Why;
        /** The workspace is in use, with this same token: taking it back would end that. */
        keep?: true;
      }
    | { workspace: string; town: string }
  > {
    const { team, bot, user, isEnterpriseInstall } = installation;
    if (isEnterpriseInstall || !team) return { refused: 'enterprise' };
    if (!bot) return { refused: 'failed' };
    const bound = await workspaces.boundTo(team.id);
    const own = await municipalityOf(user.id);
    // Who may install an app in a connected workspace may renew its token, but never move it to their own town.
    if (bound && own && own !== bound) return { refused: 'elsewhere', keep: true };
    const municipalityId = bound ?? own;
    if (!municipalityId) return { refused: 'stranger' };
    const secret = {
      token: bot.token,
      botUserId: bot.userId,
      scopes: bot.scopes.join(','),
      ...(bot.refreshToken && { refreshToken: bot.refreshToken }),
      ...(bot.expiresAt !== undefined && { expiresAt: bot.expiresAt * 1_000 }),
    };
    await workspaces.install(team.id, municipalityId, secret, now());
    log.info({ teamId: team.id }, 'slack workspace connected');
    return { workspace: team.name ?? team.id, town: (await municipality(municipalityId)).name };
  }

  /**
   * The municipality whose file names this person as administrator. While a municipality's file names nobody on Slack and
   * it has no workspace yet, the first to install is taken at their word: the app's owner alone can hand out the link.
   */
  async function municipalityOf(userId: string): Promise<string | undefined> {
    const all = (await db.municipality.findMany({ select: { id: true } })).map(({ id }) => id);
    const administrators = await db.account.findMany({
      where: {
        municipalityId: { in: all },
        platform: 'slack',
        person: { active: true, roles: { has: 'administrator' } },
      },
      select: { municipalityId: true, externalId: true },
    });
    const own = administrators.find(({ externalId }) => externalId === userId);
    if (own) return own.municipalityId;
    const [only, ...others] = all;
    if (!only || others.length > 0 || administrators.length > 0) return undefined;
    return (await workspaces.count(only)) === 0 ? only : undefined;
  }

  /** A token nobody may use is given back. */
  async function revoke({ bot }: Installation): Promise<void> {
    if (!bot) return;
    await createSlackApi(bot.token, apiUrl)
      .revoke()
      .catch((error: unknown) => log.warn({ err: error }, 'slack token could not be given back'));
  }

  return router;
}

function sendDone(request: Request, response: Response, { workspace, town }: { workspace: string; town: string }) {
  const t = installTexts(localeOf(request));
  return send(request, response, 200, t('done.title'), t('done.text', { workspace, municipality: town }));
}

function sendRefusal(request: Request, response: Response, why: Why, user: string) {
  const t = installTexts(localeOf(request));
  return send(request, response, STATUS[why], t('refused.title'), t(`refused.${why}`, { user }));
}

async function send(request: Request, response: Response, status: number, title: string, text: string) {
  const locale = localeOf(request);
  const page = (
    <Page locale={locale} title={title} language={{ action: '/taal', fields: { back: '/' } }}>
      <section>
        <h1>{title}</h1>
        <p>{text}</p>
      </section>
    </Page>
  );
  response.set('Cache-Control', 'no-store');
  await sendPage(response, page, status);
}
