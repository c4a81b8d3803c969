import { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from '../../operations/log.js';
import type { SlackReceiver } from './receiver.js';
import { clientOptions, silentLogger } from './web-api.js';

/** Between two attempts to connect: doubled each time, up to the last. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const STOP_PATIENCE_MS = 2_000;

interface SocketEvent {
  ack(answer?: object): Promise<void>;
  body: unknown;
  retry_num?: number;
  retry_reason?: string;
}

export interface SocketMode {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Socket Mode: Slack's messages come over a connection we open. It is opened again whenever it ends, for as long as the
 * process runs: the SDK's own reconnecting gives up, with an error nobody catches, when Slack cannot be reached.
 */
export function createSocketMode(options: {
  appToken: string;
  apiUrl: string;
  receiver: SlackReceiver;
  log: Logger;
}): SocketMode {
  const { appToken, apiUrl, receiver, log } = options;
  const client = new SocketModeClient({
    appToken,
    logger: silentLogger,
    autoReconnectEnabled: false,
    clientOptions: clientOptions(apiUrl),
  });
  let stopped = false;
  let rouse: (() => void) | undefined;

  // Answered after the work, like HTTP. Without an answer Slack delivers an event again, and tells a person to retry.
  client.on('slack_event', (event: SocketEvent) => {
    void receiver
      .take(event.body, { retryNum: event.retry_num || undefined, retryReason: event.retry_reason || undefined })
      .then((answer) => (answer.status === 500 || answer.status === 503 ? undefined : event.ack(answer.body)))
      .catch((error: unknown) => log.warn({ err: error }, 'slack socket took no answer'));
  });

  async function run(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!stopped) {
      let onEnd = () => {};
      const ended = new Promise<void>((resolve) => (onEnd = resolve));
      client.once('disconnected', onEnd);
      try {
        await client.start();
        log.info('slack socket open');
        pause = FIRST_PAUSE_MS;
        await ended;
        log.info('slack socket closed');
      } catch (error) {
        client.removeListener('disconnected', onEnd);
        if (stopped) return;
        log.warn({ err: error, retryInMs: pause }, 'slack socket could not be opened');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pause);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  let running: Promise<void> | undefined;
  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped = true;
      rouse?.();
      // A peer that never says goodbye keeps nobody from stopping.
      const patience = new Promise<void>((resolve) => setTimeout(resolve, STOP_PATIENCE_MS).unref());
      await Promise.race([client.disconnect().then(() => running), patience]);
    },
  };
}
