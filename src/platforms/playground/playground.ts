import type { Router } from 'express';
import type { Chat } from '../../chat/chat.js';
import type { MunicipalityInfo } from '../../chat/feature.js';
import type { Platform } from '../../chat/platform.js';
import type { Config } from '../../config.js';
import type { Db } from '../../storage/database.js';

export interface PlaygroundOptions {
  config: Pick<Config, 'host'>;
  db: Db;
  chat: Chat;
  now(): Date;
  /** The town whose people may be picked. */
  municipality: Pick<MunicipalityInfo, 'id' | 'name' | 'zone' | 'locale'>;
}

export interface Playground {
  platform: Platform;
  /** `/speeltuin` and all below it. */
  router: Router;
  /** Ends the open event streams, which would otherwise keep the server from closing. */
  close(): void;
}

/** A small chat in the browser, for trying the product on this machine: the same contract as Slack and Teams. */
export function createPlayground(_options: PlaygroundOptions): Playground {
  throw new Error('Not built yet.');
}
