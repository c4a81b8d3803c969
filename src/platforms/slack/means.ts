import type { Context, StringIndexed } from '@slack/bolt';
import type { Chat } from '../../chat/chat.js';
import type { MunicipalityInfo } from '../../chat/feature.js';
import type { Logger } from '../../operations/log.js';
import type { Db } from '../../storage/database.js';
import type { People } from './people.js';
import type { RequestContext } from './receiver.js';
import type { Drawing } from './render/card-to-block-kit.js';
import type { Locale } from '../../chat/texts.js';

/** What the listeners work with. */
export interface Means {
  chat: Chat;
  db: Db;
  log: Logger;
  now(): Date;
  people: People;
  municipality(id: string): Promise<MunicipalityInfo>;
  baseUrl(): string;
  /** The app was taken out of a workspace, or its token revoked. */
  uninstalled(teamId: string | undefined): Promise<void>;
}

/** What the receiver put in Bolt's context. */
export function requestOf(context: Context & StringIndexed): RequestContext {
  return context['request'] as RequestContext;
}

export const drawingFor = (means: Means, locale: Locale): Drawing => ({ locale, baseUrl: means.baseUrl() });
