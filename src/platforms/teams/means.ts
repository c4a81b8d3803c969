import type { TurnContext } from 'botbuilder';
import type { Chat } from '../../chat/chat.js';
import type { MunicipalityInfo } from '../../chat/feature.js';
import type { Locale } from '../../chat/texts.js';
import type { Logger } from '../../operations/log.js';
import type { Db } from '../../storage/database.js';
import type { Connector } from './connector.js';
import type { Conversations } from './conversations.js';
import type { TeamsActivity } from './envelope.js';
import type { Pace } from './pace.js';
import type { People } from './people.js';
import type { Drawing } from './render/card-to-adaptive.js';

/** What the handlers work with. */
export interface Means {
  chat: Chat;
  db: Db;
  log: Logger;
  now(): Date;
  connector: Connector;
  conversations: Conversations;
  people: People;
  pace: Pace;
  municipalityId: string;
  municipality(id: string): Promise<MunicipalityInfo>;
  baseUrl(): string;
  /** The emulator on one's own machine is in front of it, and no Teams. */
  emulator: boolean;
}

/** One activity on its way; what the receiver hands to the handlers through the turn. */
export interface RequestContext {
  activity: TeamsActivity;
  requestId: string;
}

const REQUEST = Symbol('request');

export function carry(context: TurnContext, request: RequestContext): void {
  context.turnState.set(REQUEST, request);
}

export function requestOf(context: TurnContext): RequestContext {
  return context.turnState.get<RequestContext>(REQUEST);
}

/** How a form or words are drawn in place of a card, or in a window. */
export const standIn = <S extends 'dialog' | 'card' | 'message'>(means: Means, locale: Locale, stands: S) => ({
  locale,
  baseUrl: means.baseUrl(),
  stands,
});

export const drawingFor = (means: Means, locale: Locale, viewer?: string): Drawing => ({
  locale,
  baseUrl: means.baseUrl(),
  viewer,
});
