import { Router } from 'express';
import { App } from '@slack/bolt';
import type { Chat } from '../../chat/chat.js';
import type { MunicipalityInfo } from '../../chat/feature.js';
import { forgetHandled } from '../../chat/handled.js';
import type { Platform } from '../../chat/platform.js';
import type { SlackConfig } from '../../config.js';
import type { Logger } from '../../operations/log.js';
import type { Db } from '../../storage/database.js';
import { createSecretBox } from '../../storage/secret-box.js';
import { installRoutes } from './install.js';
import type { Means } from './means.js';
import { createPeople } from './people.js';
import { SlackReceiver } from './receiver.js';
import { register } from './register.js';
import { createPlatform } from './send-messages.js';
import { createSocketMode } from './socket-mode.js';
import { clientOptions, silentLogger } from './web-api.js';
import { installedWorkspaces, oneWorkspace } from './workspaces.js';

const FORGET_EVERY_MS = 6 * 3_600_000;

export interface SlackOptions {
  config: SlackConfig;
  deadlineMs?: number | undefined;
  /** For tokens at rest; needed with OAuth alone. */
  encryptionKeys: string[];
  db: Db;
  chat: Chat;
  log: Logger;
  now(): Date;
  /** Of the one workspace; with OAuth each workspace has its own. */
  municipalityId: string;
  municipality(id: string): Promise<MunicipalityInfo>;
  /** Where our own pages are. */
  baseUrl(): string;
}

export interface Slack {
  platform: Platform;
  /** `/slack/events`, and with OAuth `/slack/install`. */
  router: Router;
  /** Begins to listen; Slack need not be reachable. */
  start(): void;
  stop(): Promise<void>;
}

/** Slack, whole: nothing here waits for Slack, so that a Slack that cannot be reached delays and never kills. */
export function createSlack(options: SlackOptions): Slack {
  const { config, db, chat, log, now, municipalityId, municipality, baseUrl } = options;
  const { apiUrl, inbound } = config;
  const installed =
    config.workspaces.kind === 'oauth'
      ? installedWorkspaces({
          db,
          apiUrl,
          app: config.workspaces,
          box: createSecretBox(options.encryptionKeys),
          now,
        })
      : undefined;
  const workspaces =
    config.workspaces.kind === 'one' ? oneWorkspace(config.workspaces.botToken, apiUrl, municipalityId) : installed;
  if (!workspaces) throw new Error('Slack has neither a token nor OAuth.');
  const people = createPeople({ db, chat, workspaces, municipality, log, now });
  const receiver = new SlackReceiver({
    signingSecret: inbound.kind === 'http' ? inbound.signingSecret : undefined,
    workspaces,
    people,
    log,
    now,
    deadlineMs: options.deadlineMs,
  });
  const app = new App({
    receiver,
    // The receiver knows the workspace; asking Slack who we are would stop the start while Slack is away.
    authorize: () => Promise.resolve({}),
    // `ignoreSelf` looks at too little, and what is said is remembered nowhere.
    ignoreSelf: false,
    convoStore: false,
    clientOptions: clientOptions(apiUrl),
    logger: silentLogger,
  });
  const means: Means = {
    chat,
    db,
    log,
    now,
    people,
    municipality,
    baseUrl,
    async uninstalled(teamId) {
      log.warn({ teamId }, 'slack took the app or its token away');
      if (installed && teamId !== undefined) await installed.uninstall(teamId);
    },
  };
  register(app, means);

  const router = Router();
  if (inbound.kind === 'http') router.use(receiver.router());
  if (installed && config.workspaces.kind === 'oauth') {
    const oauth = config.workspaces;
    router.use(installRoutes({ apiUrl, oauth, db, workspaces: installed, municipality, baseUrl, now, log }));
  }
  const socket =
    inbound.kind === 'socket' ? createSocketMode({ appToken: inbound.appToken, apiUrl, receiver, log }) : undefined;
  const forget = () => {
    forgetHandled(db, now()).catch((error: unknown) => log.warn({ err: error }, 'old requests were not forgotten'));
  };
  let forgetting: NodeJS.Timeout | undefined;
  return {
    platform: createPlatform({ workspaces, baseUrl, now }),
    router,
    start() {
      socket?.start();
      forget();
      forgetting = setInterval(forget, FORGET_EVERY_MS).unref();
    },
    async stop() {
      clearInterval(forgetting);
      await socket?.stop();
    },
  };
}
