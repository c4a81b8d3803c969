import http from 'node:http';
import https from 'node:https';
import type { Attachment } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import type { MessageRef } from '../../chat/platform.js';
import type { BotToken } from './credentials.js';
import type { Door } from './door.js';
import { connectorFailure } from './teams-errors.js';

/** Teams answers within seconds or not at all; the queue hands a job to another after two minutes. */
const TIMEOUT_MS = 15_000;
/**
 * A connection that lay idle longer is not used again: servers close theirs after five seconds and more, and what is sent in
 * that moment is lost without a word.
 */
const IDLE_MS = 4_000;
const AGENTS = {
  'http:': new http.Agent({ keepAlive: true, timeout: IDLE_MS }),
  'https:': new https.Agent({ keepAlive: true, timeout: IDLE_MS }),
};
/** A client for each service address; there are a handful of regions. */
const CLIENTS_LIMIT = 50;

/** A message as Teams takes it. */
export interface TeamsMessage {
  /** For notifications and lists: plain text. */
  summary: string;
  card: object;
}

const Member = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  userRole: z.string().nullish(),
  tenantId: z.string().nullish(),
});
export type Member = z.output<typeof Member>;

const Sent = z.looseObject({ id: z.string().min(1) });
const Created = z.looseObject({ id: z.string().min(1), activityId: z.string().nullish() });

/** The Bot Connector, as far as we use it. Everything throws what `teams-errors` reads. */
export interface Connector {
  send(serviceUrl: string, conversationId: string, message: TeamsMessage): Promise<MessageRef>;
  update(serviceUrl: string, ref: MessageRef, message: TeamsMessage): Promise<void>;
  /** A new thread in a channel. */
  post(place: Place, channelId: string, message: TeamsMessage): Promise<MessageRef>;
  /** The personal chat with somebody. @param userId of Teams, or the Entra object id. @returns its conversation id. */
  openDirect(place: Place, userId: string): Promise<string>;
  /** Undefined: nobody there is called so. */
  member(serviceUrl: string, conversationId: string, userId: string): Promise<Member | undefined>;
}

export interface Place {
  serviceUrl: string;
  botId: string;
  tenantId: string | undefined;
}

export function createConnector(door: Door, token: BotToken | undefined): Connector {
  const factory = door.connectorFactory();
  const clients = new Map<string, Promise<ConnectorClient>>();

  async function makeClient(serviceUrl: string): Promise<ConnectorClient> {
    const client = await factory.create(serviceUrl);
    // It would send again after a 429 or a 5xx by itself, and one message then arrives twice: that is the queue's to decide.
    const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
    pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    pipeline.addPolicy({
      name: 'idleConnections',
      sendRequest(request, next) {
        request.agent = AGENTS[new URL(request.url).protocol === 'http:' ? 'http:' : 'https:'];
        return next(request);
      },
    });
    return client;
  }

  async function call<T>(serviceUrl: string, work: (client: ConnectorClient) => Promise<T>): Promise<T> {
    const known = clients.get(serviceUrl);
    if (!known && clients.size >= CLIENTS_LIMIT) clients.clear();
    const client = known ?? makeClient(serviceUrl);
    clients.set(serviceUrl, client);
    try {
      return await work(await client);
    } catch (error) {
      if (connectorFailure(error)?.status === 401) token?.forget();
      throw error;
    }
  }

  const options = () => ({ abortSignal: AbortSignal.timeout(TIMEOUT_MS) });

  return {
    async send(serviceUrl, conversationId, message) {
      const sent = await call(serviceUrl, ({ conversations }) =>
        conversations.sendToConversation(conversationId, toActivity(message), options()),
      );
      return { conversationId, messageId: Sent.parse(sent).id };
    },

    async update(serviceUrl, { conversationId, messageId }, message) {
      await call(serviceUrl, ({ conversations }) =>
        conversations.updateActivity(conversationId, messageId, toActivity(message), options()),
      );
    },

    async post({ serviceUrl, botId, tenantId }, channelId, message) {
      const created = await call(serviceUrl, ({ conversations }) =>
        conversations.createConversation(
          {
            isGroup: true,
            bot: { id: botId, name: '' },
            channelData: { channel: { id: channelId }, ...(tenantId && { tenant: { id: tenantId } }) },
            activity: toActivity(message),
            ...(tenantId && { tenantId }),
          } as Parameters<typeof conversations.createConversation>[0],
          options(),
        ),
      );
      const { id, activityId } = Created.parse(created);
      const messageId = activityId || /;messageid=(\d+)$/.exec(id)?.[1];
      if (!messageId) throw new Error('Teams told no id of the message it took.');
      return { conversationId: id.includes(';messageid=') ? id : `${id};messageid=${messageId}`, messageId };
    },

    async openDirect({ serviceUrl, botId, tenantId }, userId) {
      const created = await call(serviceUrl, ({ conversations }) =>
        conversations.createConversation(
          {
            isGroup: false,
            bot: { id: botId, name: '' },
            members: [{ id: userId, name: '' }],
            channelData: tenantId ? { tenant: { id: tenantId } } : {},
            ...(tenantId && { tenantId }),
          } as Parameters<typeof conversations.createConversation>[0],
          options(),
        ),
      );
      return Created.parse(created).id;
    },

    async member(serviceUrl, conversationId, userId) {
      try {
        const found = await call(serviceUrl, ({ conversations }) =>
          conversations.getConversationMember(conversationId, userId, options()),
        );
        return Member.safeParse(found).data;
      } catch (error) {
        if (connectorFailure(error)?.status === 404) return undefined;
        throw error;
      }
    },
  };
}

interface Pipeline {
  removePolicy(options: { name: string }): unknown;
  addPolicy(policy: {
    name: string;
    sendRequest(request: Outgoing, next: (request: Outgoing) => Promise<unknown>): Promise<unknown>;
  }): void;
}

interface Outgoing {
  url: string;
  agent?: http.Agent;
}

type OutgoingActivity = Parameters<ConnectorClient['conversations']['sendToConversation']>[1];

function toActivity({ summary, card }: TeamsMessage): OutgoingActivity {
  const attachment: Attachment = { contentType: ADAPTIVE_CARD, content: card };
  return { type: 'message', summary, attachments: [attachment] } as unknown as OutgoingActivity;
}

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
