import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { OAuth, Consent } from './oauth.js';
import type { ResponseUrls } from './response-urls.js';
import type { SocketHub } from './socket-hub.js';
import type { Failures } from './trouble.js';
import { fail, isAfterStoring, type ApiAnswer, type WebApi } from './web-api.js';

interface ServerParts {
  failures: Failures;
  api: WebApi;
  oauth: OAuth;
  responseUrls: ResponseUrls;
  sockets: SocketHub;
  /** Who sits at the consent screen. */
  consent: () => Consent;
}

/** The fake's one HTTP server on loopback: Web API, response_urls, the consent screen and Socket Mode. */
export class SlackServer {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  /** Cuts every connection at once, as if Slack could not be reached. */
  unreachable = false;
  #url = '';

  constructor(parts: ServerParts) {
    this.#server = createServer((request, response) => {
      answer(parts, request, response).catch((error: unknown) => {
        // A mistake in the fake itself: say so to whoever called, and let the test see it.
        response.writeHead(599, { 'content-type': 'text/plain' }).end(error instanceof Error ? error.stack : 'error');
      });
    });
    this.#server.on('upgrade', (request, socket, head) => {
      parts.sockets.accept(request, socket, head);
    });
    this.#server.on('connection', (socket: Socket) => {
      if (this.unreachable) {
        socket.destroy();
        return;
      }
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
  }

  /** The address, without a slash at the end. */
  get url(): string {
    return this.#url;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  cutAll(): void {
    for (const socket of this.#connections) socket.destroy();
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}

async function answer(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const contentType = request.headers['content-type'];
  const api = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
  if (api !== undefined) {
    const { authorization } = request.headers;
    const httpMethod = request.method ?? 'GET';
    send(parts.api.handle(api, { httpMethod, query: url.searchParams, contentType, authorization, body }), response);
    return;
  }
  if (request.method === 'POST' && parts.responseUrls.knows(url.pathname)) {
    const failure = parts.failures.take('response_url', undefined);
    const said =
      failure && !isAfterStoring(failure) ? undefined : parts.responseUrls.post(url.pathname, contentType, body);
    if (failure) return send(fail({ ok: false, error: undefined, status: 200 }, failure), response);
    if (!said) return;
    response.writeHead(said.status, { 'content-type': 'application/json' }).end(said.body);
    return;
  }
  if (url.pathname === '/oauth/v2/authorize') {
    consentScreen(parts, url.searchParams, response);
    return;
  }
  response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found</html>');
}

function consentScreen(parts: ServerParts, query: URLSearchParams, response: ServerResponse): void {
  try {
    response.writeHead(302, { location: parts.oauth.authorize(query, parts.consent()) }).end();
  } catch (error) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end(error instanceof Error ? error.message : 'error');
  }
}

function send(answered: ApiAnswer, response: ServerResponse): void {
  switch (answered.kind) {
    case 'answer':
      response.writeHead(answered.status, answered.headers).end(answered.body);
      return;
    case 'reset':
      response.destroy();
      return;
    case 'cut':
      // Less than was announced.
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '400' });
      response.write('{"ok":true,"ts":"17', () => response.destroy());
      return;
    case 'silence':
      // The connection stays open until the caller gives up or the fake closes.
      return;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
