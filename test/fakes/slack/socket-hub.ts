import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { newSecret, newUuid } from './ids.js';
import { isObject, type Json, type JsonObject } from './json.js';
import type { AppSettings } from './types.js';

/** The SDK gives up on a connection that was not pinged for 30 s. */
const PING_EVERY_MS = 5_000;

/** How the bot acknowledged an envelope; undefined when it did not in time. */
type Acknowledgement = { payload: Json | undefined } | undefined;

interface Envelope {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: JsonObject;
  acceptsResponse: boolean;
  retry: { attempt: number; reason: string };
}

/** The server side of Socket Mode: docs.slack.dev/apis/events-api/using-socket-mode. */
export class SocketHub {
  readonly #app: AppSettings;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open: WebSocket[] = [];
  readonly #waiting = new Map<string, (payload: Json | undefined) => void>();
  /** What the bot said on a socket that Slack would not understand. */
  readonly complaints: string[] = [];

  /** Connections so far, those that ended among them. */
  accepted = 0;

  constructor(app: AppSettings) {
    this.#app = app;
  }

  get connections(): number {
    return this.#open.filter((one) => one.readyState === WebSocket.OPEN).length;
  }

  /** The path of a new connection; its ticket works once. */
  newPath(): string {
    const ticket = newUuid();
    this.#tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=${this.#app.id}`;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/link/' || !this.#tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => {
      this.accepted += 1;
      this.#greet(connection);
    });
  }

  #greet(connection: WebSocket): void {
    this.#open.push(connection);
    const pinging = setInterval(() => connection.ping(), PING_EVERY_MS);
    pinging.unref();
    connection.on('close', () => {
      clearInterval(pinging);
      const index = this.#open.indexOf(connection);
      if (index >= 0) this.#open.splice(index, 1);
    });
    connection.on('message', (data: Buffer) => {
      this.#hear(data.toString());
    });
    const hello = {
      type: 'hello',
      num_connections: this.#open.length,
      debug_info: { host: `applink-${newSecret(6)}`, build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#app.id },
    };
    connection.send(JSON.stringify(hello));
  }

  #hear(text: string): void {
    const said = JSON.parse(text) as Json;
    const id = isObject(said) && typeof said.envelope_id === 'string' ? said.envelope_id : undefined;
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) {
      this.complaints.push(`acknowledges an envelope that was not sent, or a second time: ${text.slice(0, 100)}`);
      return;
    }
    this.#waiting.delete(id);
    waiting(isObject(said) ? said.payload : undefined);
  }

  /** Sends an envelope over one of the connections and waits for its acknowledgement. */
  async send(envelope: Envelope, deadlineMs: number): Promise<Acknowledgement> {
    const connection = this.#open.find((one) => one.readyState === WebSocket.OPEN);
    if (connection === undefined) return undefined;
    const id = newUuid();
    const wire: JsonObject = {
      envelope_id: id,
      type: envelope.type,
      accepts_response_payload: envelope.acceptsResponse,
      payload: envelope.payload,
    };
    if (envelope.type === 'events_api') {
      wire.retry_attempt = envelope.retry.attempt;
      wire.retry_reason = envelope.retry.reason;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        resolve(undefined);
      }, deadlineMs);
      this.#waiting.set(id, (payload) => {
        clearTimeout(timer);
        resolve({ payload });
      });
      connection.send(JSON.stringify(wire));
    });
  }

  /** Asks all connections to go, as Slack does every few hours; the bot should connect anew. */
  refresh(reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested'): void {
    for (const connection of this.#open)
      connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
  }

  /** Cuts all connections without a word. */
  cut(): void {
    for (const connection of [...this.#open]) connection.terminate();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
