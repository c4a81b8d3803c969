import { Router } from 'express';
import type { Chat } from '../../chat/chat.js';
import type { Platform } from '../../chat/platform.js';
import type { Config } from '../../config.js';
import type { Db } from '../../storage/database.js';
import { sendError } from '../../web/error-pages.js';
import { isLocalRequest } from '../../web/security.js';
import { createLive } from './live.js';
import type { Town } from './people.js';
import { playgroundRoutes } from './routes.js';
import { createPlatform } from './send-messages.js';

export interface PlaygroundOptions {
  config: Pick<Config, 'host'>;
  db: Db;
  chat: Chat;
  now(): Date;
  /** The town whose people may be picked. */
  municipality: Town;
}

export interface Playground {
  platform: Platform;
  /** `/speeltuin` and all below it, for the `pages` of `createServer`. */
  router: Router;
  /** Ends the open event streams, which would otherwise keep the server from closing. */
  close(): void;
}

/**
 * A small chat in the browser, for trying the product on this machine: the same contract as Slack and Teams. Anybody
 * may be anybody there, so it answers this machine alone.
 */
export function createPlayground(options: PlaygroundOptions): Playground {
  const { config, db, chat, now, municipality: town } = options;
  const live = createLive();
  const changed = () => live.changed();
  const router = Router();
  router.use('/speeltuin', (request, response, next) =>
    isLocalRequest(config, request) ? next() : sendError(request, response, 403),
  );
  router.use(playgroundRoutes({ db, chat, town, now, changed, live }));
  return { platform: createPlatform({ db, now, changed }), router, close: () => live.close() };
}
