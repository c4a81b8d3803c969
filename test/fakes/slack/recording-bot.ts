import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type Json, type JsonObject } from './json.js';

/** A request as the bot under test would get it. */
interface Recorded {
  headers: IncomingHttpHeaders;
  raw: string;
  /** The form fields, the JSON in `payload=`, or the JSON body. */
  body: JsonObject;
}

interface Reply {
  status?: number;
  /** An object goes as JSON, text as plain text. */
  body?: Json;
  afterMs?: number;
}

/** A bot that keeps what it gets and answers as told: for the fake's own tests. */
export class RecordingBot {
  readonly requests: Recorded[] = [];
  readonly #server: Server;
  #replies: Reply[] = [];
  /** What happens between getting a request and answering it. */
  onRequest: (request: Recorded) => Promise<void> = () => Promise.resolve();

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        const recorded = { headers: request.headers, raw, body: bodyOf(request.headers['content-type'] ?? '', raw) };
        this.requests.push(recorded);
        const reply = this.#replies.shift() ?? {};
        void this.onRequest(recorded).then(() => {
          setTimeout(() => {
            const isText = typeof reply.body === 'string';
            response.writeHead(reply.status ?? 200, {
              'content-type': isText ? 'text/plain' : 'application/json',
            });
            response.end(isText || reply.body === undefined ? reply.body : JSON.stringify(reply.body));
          }, reply.afterMs ?? 0);
        });
      });
    });
  }

  /** What the next requests are answered, in order; afterwards 200 without a body. */
  answer(...replies: Reply[]): void {
    this.#replies.push(...replies);
  }

  /** The last request; throws when there was none. */
  get last(): Recorded {
    const last = this.requests.at(-1);
    if (last === undefined) throw new Error('the bot got no request');
    return last;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/slack/events`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}

function bodyOf(contentType: string, raw: string): JsonObject {
  if (contentType === 'application/json') return JSON.parse(raw) as JsonObject;
  const fields = Object.fromEntries(new URLSearchParams(raw));
  const payload: unknown = fields.payload === undefined ? fields : JSON.parse(fields.payload);
  return isObject(payload) ? payload : {};
}
