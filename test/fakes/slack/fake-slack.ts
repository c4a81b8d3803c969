/**
 * A strict fake Slack on loopback: a Web API that refuses what Slack refuses, and people who use the bot through signed
 * requests. The bot under test runs for real and reaches it by `SLACK_API_URL`.
 *
 *   const slack = await startFakeSlack();                    // one workspace, see seed.ts
 *   // start the bot with SLACK_API_URL=slack.apiUrl, SLACK_SIGNING_SECRET=slack.app.signingSecret,
 *   // SLACK_BOT_TOKEN=slack.botToken (or SLACK_APP_TOKEN=slack.app.appToken for Socket Mode)
 *   slack.connectHttp(`${bot.url}/slack/events`);            // or: slack.useSocketMode()
 *
 *   const noor = slack.user(SEED.worker);
 *   await noor.command('/signaal');                          // throws UserSeesError unless answered 200 within 3 s
 *   slack.openView(noor.id);                                 // the modal that views.open put there
 *   await noor.typeSuggestion(noor.view, 'neighbourhood', 'rab');
 *   const sent = await noor.submitView({ title: 'Geen wachtkamer', neighbourhood: 'Rabot' });
 *   sent.action;                                             // 'update' | 'errors' | 'close' | 'push' | 'clear'
 *
 *   const [card] = slack.messages('C0REG3');                 // what chat.postMessage stored; .edits holds older states
 *   await slack.user(SEED.regisseur).press(card, 'signal.take');
 *   await noor.message(undefined, 'Er is nog iets', { thread: slack.direct(noor.id)[0] });
 *   await slack.settled();                                   // the bot's own echoes were answered too
 *   await slack.close();
 *
 * Trouble, per test: `slack.fail('chat.postMessage', { kind: 'silence' })` (stored, never answered),
 * `slack.limits.perChannel({ perSecond: 1, burst: 1 })`, `slack.revoke(slack.team, 'token_revoked')`,
 * `slack.unreachable = true`, `slack.advance(3_001)` (trigger_ids and response_urls age), and on every act of a person
 * `{ signature: 'wrong' | 'old' | 'future' | 'tampered' | 'none' }` or `{ retry: { num: 1, reason: 'http_timeout' } }`.
 * With `unchecked: true` (or a bad signature) the bot's answer comes back unjudged.
 *
 * With `app: appFromManifest(manifest)` only what the manifest names exists: scopes, events, commands, shortcuts.
 *
 * Stricter than Slack on purpose: unknown arguments of a method are refused; a text over 40,000 characters is refused
 * instead of cut; a thread_ts must be an existing root; conversations go by id alone; lengths count UTF-16 units.
 * Milder: no file uploads, no user tokens, no Slack Connect, no lists, canvases or workflows; an org-wide install is shown in
 * payloads alone (`addTeam({ enterprise, orgWide: true })`).
 */
import { everythingApp } from './app-settings.js';
import { Delivery, requireAnswer, type BotAnswer, type DeliveryOptions, type RawRequest } from './delivery.js';
import { UserSeesError } from './errors.js';
import { EventSender, type EventDelivery } from './events.js';
import { FakeUser } from './fake-user.js';
import { readable } from './fill-in.js';
import { newSecret } from './ids.js';
import { installThrough, type Installed, type InstallOptions } from './installing.js';
import { isObject, objectsAt, type JsonObject } from './json.js';
import { OAuth } from './oauth.js';
import { isView, Payloads, type Target } from './payloads.js';
import { ResponseUrls } from './response-urls.js';
import { plantSeed, SEED, type Seed } from './seed.js';
import { SlackServer } from './server.js';
import { SocketHub } from './socket-hub.js';
import { Failures, RateLimits, type Failure } from './trouble.js';
import type { AppSettings, Call, Channel, Ephemeral, Message, Team, Token, User, View } from './types.js';
import { userOnWire } from './wire.js';
import { WebApi } from './web-api.js';
import { World, type NewChannel, type NewTeam, type NewUser } from './world.js';

export { appFromManifest } from './app-settings.js';
export { UserSeesError } from './errors.js';
export { signsIn } from './mentions.js';
export { SEED } from './seed.js';

interface FakeSlackOptions {
  app?: Partial<AppSettings>;
  /** The clock that the bot under test has too; `Date.now` when left out. */
  now?: () => number;
  /** How long the bot has to answer; Slack's 3 s when left out. */
  deadlineMs?: number;
  seed?: Seed;
}

export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = new FakeSlack(options);
  await slack.listen();
  return slack;
}

export class FakeSlack {
  readonly app: AppSettings;
  /** Everything the fake knows; for what the methods below do not show. */
  readonly world: World;
  readonly limits = new RateLimits();
  readonly failures = new Failures();
  readonly sockets: SocketHub;
  readonly events: EventSender;
  readonly #payloads: Payloads;
  readonly #delivery: Delivery;
  readonly #oauth: OAuth;
  readonly #server: SlackServer;
  readonly #users = new Map<string, FakeUser>();

  constructor({ app, now = Date.now, deadlineMs, seed = 'full' }: FakeSlackOptions) {
    this.app = everythingApp(app);
    this.world = new World(this.app, now, deadlineMs);
    this.sockets = new SocketHub(this.app);
    this.#oauth = new OAuth(this.world);
    const url = () => this.url;
    const responseUrls = new ResponseUrls(this.world, url);
    this.#payloads = new Payloads(this.world, responseUrls);
    this.#delivery = new Delivery(this.world, this.sockets);
    this.events = new EventSender(this.world, this.#payloads, this.#delivery);
    const { world, failures, limits } = this;
    const openSocket = () => url().replace('http:', 'ws:') + this.sockets.newPath();
    const api = new WebApi({ world, failures, limits, oauth: this.#oauth, openSocket, url });
    const consent = () => ({ teamId: this.team.id, userId: SEED.administrator });
    this.#server = new SlackServer({ failures, api, oauth: this.#oauth, responseUrls, sockets: this.sockets, consent });
    plantSeed(this.world, seed);
  }

  // Addresses and the connection to the bot.

  get url(): string {
    return this.#server.url;
  }

  /** For `SLACK_API_URL`, with the slash at the end that the SDK wants. */
  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  get authorizeUrl(): string {
    return `${this.url}/oauth/v2/authorize`;
  }

  async listen(): Promise<void> {
    await this.#server.listen();
  }

  connectHttp(requestUrl: string): void {
    this.#delivery.connectHttp(requestUrl);
  }

  useSocketMode(): void {
    this.#delivery.useSocketMode();
  }

  /** As if Slack could not be reached at all. */
  set unreachable(value: boolean) {
    this.#server.unreachable = value;
    if (value) this.#server.cutAll();
  }

  async close(): Promise<void> {
    this.sockets.close();
    await this.#server.close();
  }

  /** Lets Slack's time pass: trigger_ids, response_urls and rate limits. Signatures keep the real time. */
  advance(ms: number): void {
    this.world.advance(ms);
  }

  // Workspaces, people, conversations.

  /** The first workspace. */
  get team(): Team {
    const [team] = this.world.teams.values();
    if (team === undefined) throw new Error('The fake Slack has no workspace');
    return team;
  }

  get botToken(): string {
    return this.tokenOf(this.team).value;
  }

  tokenOf(team: Team): Token {
    const token = this.world.botTokenOf(team);
    if (token === undefined) throw new Error(`The app is not installed in ${team.id}`);
    return token;
  }

  addTeam(given?: NewTeam): Team {
    return this.world.addTeam(given);
  }

  addUser(given?: NewUser, team = this.team): FakeUser {
    return this.user(this.world.addUser(team, given).id);
  }

  addChannel(given?: NewChannel, team = this.team): Channel {
    return this.world.addChannel(team, given);
  }

  /** The person with this id, to act as them. */
  user(id: string): FakeUser {
    const found = this.#users.get(id);
    if (found !== undefined) return found;
    const { world, events } = this;
    world.user(id);
    const user = new FakeUser({ world, events, payloads: this.#payloads, delivery: this.#delivery }, id);
    this.#users.set(id, user);
    return user;
  }

  // What the bot did.

  /** The messages of a conversation, oldest first, without deleted ones; with `thread` only that thread's answers. */
  messages(channel: string, { thread }: { thread?: string } = {}): Message[] {
    const all = this.world.channel(channel).messages.filter((message) => !message.deleted);
    return thread === undefined ? all : all.filter((message) => message.threadTs === thread);
  }

  /** The messages of the direct message between the bot and this person. */
  direct(userId: string): Message[] {
    const channel = this.world.findDirectMessage(this.world.team(this.world.user(userId).teamId), userId);
    return channel === undefined ? [] : this.messages(channel.id);
  }

  /** What only this person sees, oldest first. */
  ephemerals(userId: string): Ephemeral[] {
    return this.world.ephemerals.filter((one) => one.user === userId && !one.gone);
  }

  /** The modal on top of this person's screen. */
  openView(userId: string): View | undefined {
    return this.world.stackOf(userId).at(-1);
  }

  /** All open modals of this person, the one on top last. */
  openViews(userId: string): View[] {
    return [...this.world.stackOf(userId)];
  }

  home(userId: string): View | undefined {
    return this.world.homes.get(userId);
  }

  /** Every call of the Web API so far, oldest first. */
  get calls(): Call[] {
    return this.world.calls;
  }

  callsOf(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Everything a person reads in a message or view, one text a line. */
  textOf(target: Target): string {
    if (isView(target)) return readable(objectsAt(target.wire, 'blocks'));
    return target.blocks.length > 0 ? readable(target.blocks) : target.text;
  }

  /** Waits until the bot has answered every event sent in the background; throws when one went wrong. */
  async settled(): Promise<void> {
    await this.events.settled();
  }

  // Trouble.

  fail(method: string, failure: Failure, options?: { times?: number; channel?: string }): void {
    this.failures.plan(method, failure, options);
  }

  /** Makes the team's token useless, without telling the bot. */
  revoke(team = this.team, trouble: Token['trouble'] = 'token_revoked'): void {
    for (const token of this.world.tokens.values()) if (token.teamId === team.id) token.trouble = trouble;
  }

  // What Slack itself sends.

  /** Somebody changes in the workspace: a new name, deactivated, another language. Sends `user_change`. */
  async userChange(
    userId: string,
    change: Partial<User>,
    options?: DeliveryOptions,
  ): Promise<EventDelivery | undefined> {
    const user = Object.assign(this.world.user(userId), change, { updated: this.world.nowSeconds() });
    return this.#aboutUser('user_change', user, options);
  }

  /** Somebody joins the workspace. Sends `team_join`. */
  async teamJoin(given: NewUser = {}, options?: DeliveryOptions): Promise<EventDelivery | undefined> {
    return this.#aboutUser('team_join', this.world.addUser(this.team, given), options);
  }

  /** The app is taken away: the token dies, and `app_uninstalled` comes, with `tokens_revoked` before or after it. */
  async uninstall(
    team = this.team,
    {
      order = 'uninstalled first',
      ...options
    }: DeliveryOptions & { order?: 'uninstalled first' | 'revoked first' } = {},
  ): Promise<void> {
    this.revoke(team);
    team.installed = false;
    const uninstalled = () => this.events.send(team, this.#bare('app_uninstalled'), 'app_uninstalled', options);
    const revoked = () => this.tokensRevoked({ bot: [team.bot.userId], oauth: [] }, team, options);
    const both = order === 'uninstalled first' ? [uninstalled, revoked] : [revoked, uninstalled];
    for (const send of both) await send();
  }

  /** The lists hold user ids; an empty `bot` means the app's own token still works. */
  async tokensRevoked(
    tokens: { bot: string[]; oauth: string[] },
    team = this.team,
    options?: DeliveryOptions,
  ): Promise<EventDelivery | undefined> {
    return this.events.send(
      team,
      { ...this.#bare('tokens_revoked'), tokens: { ...tokens } },
      'tokens_revoked',
      options,
    );
  }

  /** `url_verification`: signed, without a team; throws unless the challenge comes back. */
  async verifyUrl(options: DeliveryOptions = {}): Promise<BotAnswer> {
    const challenge = newSecret(40);
    const { verificationToken: token } = this.app;
    const body = JSON.stringify({ type: 'url_verification', token, challenge });
    const answered = await this.raw({ contentType: 'application/json', body }, options);
    if (options.unchecked === true || (options.signature ?? 'good') !== 'good') return answered;
    requireAnswer(answered, 'url_verification');
    const echoed = isObject(answered.json) ? answered.json.challenge : answered.body.trim();
    if (echoed !== challenge) throw new UserSeesError('app_answer_invalid', 'the challenge did not come back');
    return answered;
  }

  /** `ssl_check`: a form without signature; throws unless answered 200. */
  async sslCheck(): Promise<BotAnswer> {
    const body = new URLSearchParams({ ssl_check: '1', token: this.app.verificationToken }).toString();
    const request = { contentType: 'application/x-www-form-urlencoded', body };
    const answered = await this.raw(request, { signature: 'none' });
    requireAnswer(answered, 'ssl_check');
    return answered;
  }

  /** `app_rate_limited`: at the top level, without `event`. */
  async appRateLimited(options: DeliveryOptions = {}): Promise<BotAnswer> {
    const payload = {
      token: this.app.verificationToken,
      type: 'app_rate_limited',
      team_id: this.team.id,
      minute_rate_limited: this.world.nowSeconds(),
      api_app_id: this.app.id,
    };
    const answered = await this.#delivery.send({ kind: 'event', payload }, options);
    if (options.unchecked !== true) requireAnswer(answered, 'app_rate_limited');
    return answered;
  }

  /** Every body that went to the bot over HTTP, in order. */
  get sent(): readonly RawRequest[] {
    return this.#delivery.sent;
  }

  /** Any body, signed unless asked otherwise; the answer comes back unjudged. */
  async raw(request: RawRequest, options: DeliveryOptions = {}): Promise<BotAnswer> {
    return this.#delivery.raw(request, options);
  }

  /** Any event at all, as if this team's conversation had given it; the app's subscriptions are not asked. */
  async sendEvent(event: JsonObject, team = this.team, options: DeliveryOptions = {}): Promise<BotAnswer> {
    const payload = this.#payloads.event(team, event);
    const answered = await this.#delivery.send({ kind: 'event', payload }, options);
    if (options.unchecked !== true) requireAnswer(answered, `event ${String(event.type)}`);
    return answered;
  }

  /** A person installs the app through the bot's own install page. */
  async install(installUrl: string, options: Partial<InstallOptions> = {}): Promise<Installed> {
    const consent = { teamId: this.team.id, userId: SEED.administrator };
    return installThrough(this.#oauth, installUrl, { ...consent, ...options });
  }

  #bare(type: string): JsonObject {
    return { type, event_ts: this.world.nextTs() };
  }

  async #aboutUser(
    type: 'user_change' | 'team_join',
    user: User,
    options?: DeliveryOptions,
  ): Promise<EventDelivery | undefined> {
    const team = this.world.team(user.teamId);
    const email = this.world.botTokenOf(team)?.scopes.has('users:read.email') ?? false;
    const event = {
      ...this.#bare(type),
      user: userOnWire(user, { email, locale: true }),
      cache_ts: this.world.nowSeconds(),
    };
    return this.events.send(team, event, type, options);
  }
}
