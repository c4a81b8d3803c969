import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerConnector, type ApiAnswer } from './connector-api.js';
import { FakeTeamsUser } from './fake-user.js';
import type { Json } from './json.js';
import { FakePace } from './pace.js';
import { SEED, sow } from './seed.js';
import { TokenIssuer, type TokenWishes } from './token-issuer.js';
import { World, type FakeMessage } from './world.js';

export { SEED } from './seed.js';

/** What goes wrong with a call, once or more often. */
export type Trouble =
  /** No answer ever comes; `afterStoring`: and yet it arrived. */
  | { kind: 'silence'; afterStoring?: boolean }
  | { kind: 'status'; status: number; code?: string; retryAfter?: number; afterStoring?: boolean };

type Call = 'create' | 'send' | 'update' | 'member';

export interface SeenCall {
  call: Call;
  conversationId: string;
  status: number;
  body: unknown;
}

export interface BotAnswer {
  status: number;
  body: Json;
  ms: number;
}

/** A Teams for tests: the Bot Connector, the token issuer in both directions, and people who use it. Strict: what the real one
 * refuses, it refuses. */
export class FakeTeams {
  readonly bot = { appId: SEED.app, password: SEED.password, tenantId: SEED.tenant };
  readonly world = new World();
  readonly pace = new FakePace();
  readonly issuer = new TokenIssuer(this.bot, () => this.serviceUrl);
  readonly calls: SeenCall[] = [];
  /** What the real Teams would not have shown. */
  readonly complaints: string[] = [];
  #troubles: { call: Call; conversation: string | undefined; trouble: Trouble; times: number }[] = [];
  #botUrl = '';
  #underWay = new Set<Promise<unknown>>();
  /** Nothing answers any more. */
  unreachable = false;
  /** Plays the emulator on one's own machine: no tokens, either way. */
  anonymous = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {
    sow(this.world);
  }

  static async start(): Promise<FakeTeams> {
    let fake: FakeTeams | undefined = undefined;
    const server = createServer((request, response) => void fake?.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fake = new FakeTeams(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return fake;
  }

  get serviceUrl(): string {
    return `${this.url}/emea/`;
  }

  /** The variables an operator sets. */
  environment(): Record<string, string> {
    if (this.anonymous) return { TEAMS_ALLOW_ANONYMOUS: 'true' };
    return {
      TEAMS_APP_ID: this.bot.appId,
      TEAMS_APP_PASSWORD: this.bot.password,
      TEAMS_TENANT_ID: this.bot.tenantId,
      TEAMS_OPENID_METADATA_URL: `${this.url}/openid`,
      TEAMS_LOGIN_URL: `${this.url}/login`,
    };
  }

  /** @param url of the bot, such as http://127.0.0.1:3000 */
  connect(url: string): void {
    this.#botUrl = `${url}/api/messages`;
  }

  user(objectId: string): FakeTeamsUser {
    return new FakeTeamsUser(this, this.world.person(objectId));
  }

  /** Hands an activity to the bot, under a right token unless wished otherwise; null: without one. */
  async deliver(
    activity: unknown,
    token: TokenWishes | null = this.anonymous ? null : {},
    more: Record<string, string> = {},
  ): Promise<BotAnswer> {
    const start = performance.now();
    const authorization = token && `Bearer ${await this.issuer.inbound(token)}`;
    const sending = fetch(this.#botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...(authorization && { authorization }), ...more },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    });
    this.#underWay.add(sending);
    try {
      const response = await sending;
      const text = await response.text();
      return { status: response.status, body: readBody(text), ms: performance.now() - start };
    } finally {
      this.#underWay.delete(sending);
    }
  }

  /** The next calls of this kind go wrong. */
  fail(
    call: Call,
    trouble: Trouble,
    { conversation, times = 1 }: { conversation?: string; times?: number } = {},
  ): void {
    this.#troubles.push({ call, conversation, trouble, times });
  }

  heal(): void {
    this.#troubles = [];
  }

  complain(...problems: string[]): void {
    this.complaints.push(...problems);
  }

  /** What stands in a chat or channel, oldest first; a channel's threads included. */
  messages(place: string): FakeMessage[] {
    return this.world.messages.filter(
      ({ conversationId }) => conversationId === place || conversationId.startsWith(`${place};messageid=`),
    );
  }

  callsOf(call: Call): SeenCall[] {
    return this.calls.filter((seen) => seen.call === call);
  }

  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.unreachable) return void request.socket.destroy();
    const body = await read(request);
    const { pathname } = new URL(request.url ?? '/', this.url);
    const send = ({ status, body: content, headers }: ApiAnswer) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(content === undefined ? '' : JSON.stringify(content));
    };
    if (pathname === '/openid') return send({ status: 200, body: this.issuer.metadata(this.url) });
    if (pathname === '/keys') return send({ status: 200, body: await this.issuer.keys() });
    const login = /^\/login\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(pathname);
    if (login && request.method === 'POST') return send(this.issuer.grant(login[1] ?? '', new URLSearchParams(body)));
    if (!pathname.startsWith('/emea/')) return send({ status: 404 });
    return this.answerCall(request, response, pathname.slice('/emea'.length), body, send);
  }

  private answerCall(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    raw: string,
    send: (answer: ApiAnswer) => void,
  ): void {
    const method = request.method ?? '';
    const conversationId = decodeURIComponent(path.split('/')[3] ?? '');
    const call: Call =
      method === 'PUT' ? 'update' : method === 'GET' ? 'member' : conversationId === '' ? 'create' : 'send';
    const body: unknown = raw === '' ? undefined : JSON.parse(raw);
    const note = (status: number) => this.calls.push({ call, conversationId, status, body });
    if (!this.anonymous && !this.issuer.isOurs(request.headers.authorization)) {
      note(401);
      return send({ status: 401, body: { error: { code: 'Unauthorized', message: 'No token of the bot.' } } });
    }
    const trouble = this.takeTrouble(call, conversationId, body);
    const answer = trouble && !trouble.afterStoring ? undefined : answerConnector(this, method, path, body);
    if (trouble?.kind === 'silence') {
      note(0);
      return void response.destroy();
    }
    if (trouble) {
      note(trouble.status);
      const headers: Record<string, string> =
        trouble.retryAfter === undefined ? {} : { 'retry-after': String(trouble.retryAfter) };
      const code = trouble.code ?? 'ServiceError';
      return send({ status: trouble.status, body: { error: { code, message: '' } }, headers });
    }
    const given = answer ?? { status: 500 };
    note(given.status);
    return send(given);
  }

  private takeTrouble(call: Call, conversationId: string, body: unknown): Trouble | undefined {
    const place = conversationId || JSON.stringify(body ?? {});
    const found = this.#troubles.find(
      (each) =>
        each.call === call && each.times > 0 && (each.conversation === undefined || place.includes(each.conversation)),
    );
    if (found) found.times -= 1;
    return found?.trouble;
  }
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function readBody(text: string): Json {
  try {
    return text === '' ? {} : (JSON.parse(text) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) return { text };
    throw error;
  }
}
