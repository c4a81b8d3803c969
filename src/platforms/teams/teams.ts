import type { Router } from 'express';
import type { Chat } from '../../chat/chat.js';
import type { MunicipalityInfo } from '../../chat/feature.js';
import { forgetHandled } from '../../chat/handled.js';
import type { Platform } from '../../chat/platform.js';
import type { Config, TeamsConfig } from '../../config.js';
import type { Logger } from '../../operations/log.js';
import type { Db } from '../../storage/database.js';
import { createConnector } from './connector.js';
import { createConversations } from './conversations.js';
import { createBotToken } from './credentials.js';
import { Door } from './door.js';
import type { Means } from './means.js';
import { createPace } from './pace.js';
import { createPeople } from './people.js';
import { createReceiver } from './receiver.js';
import { register } from './register.js';
import { createPlatform } from './send-messages.js';

const FORGET_EVERY_MS = 6 * 3_600_000;

export interface TeamsOptions {
  config: TeamsConfig;
  host: Pick<Config, 'host'>;
  db: Db;
  chat: Chat;
  log: Logger;
  now(): Date;
  municipalityId: string;
  municipality(id: string): Promise<MunicipalityInfo>;
  /** Where our own pages are. */
  baseUrl(): string;
  invokeDeadlineMs?: number;
  turnDeadlineMs?: number;
}

export interface Teams {
  platform: Platform;
  /** `/api/messages`. */
  router: Router;
  start(): void;
  stop(): void;
}

/** Teams, whole: nothing here waits for Microsoft, so that a Teams that cannot be reached delays and never kills. */
export function createTeams(options: TeamsOptions): Teams {
  const { config, db, chat, log, now, municipalityId, municipality, baseUrl } = options;
  const token = config.bot && createBotToken(config.bot, config, now);
  const door = new Door(config, token);
  const connector = createConnector(door, token);
  const conversations = createConversations(db, now);
  const emulator = config.allowAnonymous;
  const means: Means = {
    chat,
    db,
    log,
    now,
    connector,
    conversations,
    people: createPeople({ db, chat, connector, conversations, municipality, log, emulator }),
    pace: createPace(),
    municipalityId,
    municipality,
    baseUrl,
    emulator: config.bot === undefined,
  };
  const { invokeDeadlineMs, turnDeadlineMs } = options;
  const router = createReceiver({
    config,
    host: options.host,
    door,
    app: register(door, means),
    means,
    ...(invokeDeadlineMs !== undefined && { invokeDeadlineMs }),
    ...(turnDeadlineMs !== undefined && { turnDeadlineMs }),
  });
  const forget = () => {
    forgetHandled(db, now()).catch((error: unknown) => log.warn({ err: error }, 'old requests were not forgotten'));
  };
  let forgetting: NodeJS.Timeout | undefined;
  return {
    platform: createPlatform(means),
    router,
    start() {
      forget();
      forgetting = setInterval(forget, FORGET_EVERY_MS).unref();
    },
    stop: () => clearInterval(forgetting),
  };
}
