import { WebClient, type KnownBlock, type ModalView, type View } from '@slack/web-api';
import type { Logger as SlackLogger, LogLevel } from '@slack/web-api';
import { z } from 'zod';
import { post } from './post.js';
import type { SlackMessage } from './render/card-to-block-kit.js';

/** Slack answers in well under a second; who waits for it has three. */
const TIMEOUT_MS = 5_000;
/** For what a person is waiting on, with three seconds in all. */
const HURRIED_TIMEOUT_MS = 1_500;

/** `event_type` of the metadata that carries a delivery's id. */
export const DELIVERY_METADATA = 'wijksignaal_delivery';

/** Slack's own logger repeats what it sends: people's words. Failures come back as errors. */
export const silentLogger: SlackLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as LogLevel,
  setName: () => undefined,
};

export const clientOptions = (apiUrl: string, timeout = TIMEOUT_MS) => ({
  slackApiUrl: apiUrl,
  fetch: post,
  timeout,
  // Repeating is the queue's alone: it knows what may have arrived already.
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger: silentLogger,
});

/** Where a message goes: a conversation, possibly a thread in it. */
interface Place {
  channel: string;
  thread?: string | undefined;
}

/** A message as the Web API gives it back. */
export interface ReadMessage {
  ts?: string | undefined;
  thread_ts?: string | undefined;
  text?: string | undefined;
  metadata?: { event_type?: string | undefined; event_payload?: object | undefined } | undefined;
}

const ExchangedToken = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  /** In seconds. */
  expires_in: z.number(),
});

export type SlackApi = ReturnType<typeof createSlackApi>;

/**
 * The Web API as far as the bot uses it, for one workspace. The one place that calls its methods: the manifest's scopes
 * are held against this file.
 *
 * @throws the SDK's errors; `slack-errors.ts` says what they mean.
 */
export function createSlackApi(token: string, apiUrl: string) {
  const client = new WebClient(token, clientOptions(apiUrl));
  const hurried = new WebClient(token, clientOptions(apiUrl, HURRIED_TIMEOUT_MS));
  // Never a mention, a link or formatting out of what stands in the fallback text; no previews of links.
  const literal = { parse: 'none' as const, link_names: false };
  const quiet = { ...literal, unfurl_links: false, unfurl_media: false, mrkdwn: false };

  return {
    async postMessage({ channel, thread }: Place, message: SlackMessage, deliveryId?: string): Promise<string> {
      const metadata = deliveryId && {
        event_type: DELIVERY_METADATA,
        event_payload: { delivery: deliveryId },
      };
      const { ts } = await client.chat.postMessage({
        channel,
        ...message,
        ...quiet,
        ...(thread && { thread_ts: thread }),
        ...(metadata && { metadata }),
      });
      return ts ?? '';
    },

    async updateMessage(channel: string, ts: string, message: SlackMessage): Promise<void> {
      await client.chat.update({ channel, ts, ...message, ...literal });
    },

    /** Seen by this person alone, in a conversation the bot is in. */
    async postEphemeral(user: string, { channel, thread }: Place, message: SlackMessage): Promise<void> {
      await client.chat.postEphemeral({ channel, user, ...message, ...literal, ...(thread && { thread_ts: thread }) });
    },

    /** The direct message with a person. */
    async openDirect(user: string): Promise<string> {
      const { channel } = await client.conversations.open({ users: user });
      return channel?.id ?? '';
    },

    /** Messages of a conversation, newest first, with their metadata. */
    async readHistory(channel: string, oldest: string): Promise<ReadMessage[]> {
      const { messages } = await client.conversations.history({
        channel,
        oldest,
        limit: 200,
        include_all_metadata: true,
      });
      return messages ?? [];
    },

    /** A thread's messages, or with `only` the one message with this ts, wherever it stands. */
    async readThread(channel: string, ts: string, { only = false } = {}): Promise<ReadMessage[]> {
      const { messages } = await (only ? hurried : client).conversations.replies({
        channel,
        ts,
        ...(only ? { oldest: ts, latest: ts, inclusive: true } : { limit: 200, include_all_metadata: true }),
      });
      return messages ?? [];
    },

    async permalink(channel: string, ts: string): Promise<string | undefined> {
      return (await hurried.chat.getPermalink({ channel, message_ts: ts })).permalink;
    },

    async unfurl(unfurlId: string, source: 'composer' | 'conversations_history', blocks: Record<string, KnownBlock[]>) {
      const unfurls = Object.fromEntries(Object.entries(blocks).map(([url, each]) => [url, { blocks: each }]));
      await client.chat.unfurl({ unfurl_id: unfurlId, source, unfurls });
    },

    async openView(trigger: string, view: ModalView): Promise<void> {
      await hurried.views.open({ trigger_id: trigger, view });
    },

    async pushView(trigger: string, view: ModalView): Promise<void> {
      await hurried.views.push({ trigger_id: trigger, view });
    },

    async updateView(viewId: string, hash: string | undefined, view: ModalView): Promise<void> {
      await hurried.views.update({ view_id: viewId, ...(hash && { hash }), view });
    },

    async publishHome(user: string, view: View): Promise<void> {
      await client.views.publish({ user_id: user, view });
    },

    async readUser(user: string) {
      return (await hurried.users.info({ user, include_locale: true })).user;
    },

    async readChannel(channel: string) {
      return (await client.conversations.info({ channel })).channel;
    },

    async identify() {
      return client.auth.test();
    },

    async revoke(): Promise<void> {
      await client.auth.revoke();
    },
  };
}

/** Asks for a Socket Mode connection and opens none: whether the app-level token works. */
export async function openConnection(appToken: string, apiUrl: string): Promise<void> {
  const client = new WebClient(appToken, clientOptions(apiUrl));
  await client.apps.connections.open({});
}

/** The app's own name and password with Slack. */
export interface AppCredentials {
  clientId: string;
  clientSecret: string;
}

/** Exchanges a refresh token, which then is used up, for the next token of that workspace. */
export async function exchangeToken(
  { clientId, clientSecret }: AppCredentials,
  refreshToken: string,
  apiUrl: string,
): Promise<{ token: string; refreshToken: string; lifetimeMs: number }> {
  const client = new WebClient(undefined, clientOptions(apiUrl));
  const next = await client.oauth.v2.access({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
  const { access_token, refresh_token, expires_in } = ExchangedToken.parse(next);
  return { token: access_token, refreshToken: refresh_token, lifetimeMs: expires_in * 1_000 };
}

/** Answers through an interaction's `response_url`; five times within half an hour. */
export async function respond(responseUrl: string, answer: object): Promise<void> {
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(answer),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const said = await response.text();
  // Also a page of some proxy, or a refusal that comes as a success.
  if (!response.ok || /^\s*<|"ok":\s*false/.test(said)) {
    throw new Error(`Slack took no answer at a response_url: HTTP ${response.status}.`);
  }
}
