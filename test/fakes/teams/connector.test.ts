import { afterAll, describe, expect, it } from 'vitest';
import { wrongWithCard } from './card-rules.js';
import { FakeTeams, SEED } from './fake-teams.js';
import { at, type Json } from './json.js';
import { PUBLISHED } from './pace.js';

const fake = await FakeTeams.start();
afterAll(() => fake.close());

const link = { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.be/' };
const card = (more: Json = {}): Json => ({ type: 'AdaptiveCard', version: '1.5', body: [], actions: [link], ...more });
const message = (content: Json = card()): Json => ({
  type: 'message',
  summary: 'Woord',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

async function grant(form: Record<string, string> = {}, tenant: string = SEED.tenant): Promise<Response> {
  return fetch(`${fake.url}/login/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SEED.app,
      client_secret: SEED.password,
      scope: 'https://api.botframework.com/.default',
      ...form,
    }),
  });
}
const { access_token: token } = (await (await grant()).json()) as { access_token: string };

async function call(method: string, path: string, body?: unknown, bearer = token) {
  const response = await fetch(`${fake.url}/emea${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json().catch(() => ({}))) as Json;
  return { status: response.status, code: at(answer, 'error', 'code'), answer, headers: response.headers };
}
const chat = String(fake.world.person(SEED.worker).chat);
const activities = (conversation = chat) => `/v3/conversations/${encodeURIComponent(conversation)}/activities`;

describe('the fake Bot Connector refuses what the real one refuses', () => {
  it.each([
    [{ client_secret: 'wrong' }, SEED.tenant, 401],
    [{ grant_type: 'password' }, SEED.tenant, 400],
    [{ scope: 'openid' }, SEED.tenant, 400],
    [{}, 'common', 400],
  ])('a token for %j in %s', async (form, tenant, status) => {
    expect((await grant(form, tenant)).status).toBe(status);
  });

  it('a call without a token of the bot', async () => {
    expect((await call('POST', activities(), message(), 'stolen')).status).toBe(401);
  });

  it('a conversation that does not exist', async () => {
    expect(await call('POST', activities('a:nowhere'), message())).toMatchObject({ status: 404 });
    expect(await call('POST', activities('19:other@thread.tacv2'), message())).toMatchObject({ status: 404 });
    expect(await call('POST', activities(`${SEED.team};messageid=1`), message())).toMatchObject({ status: 404 });
  });

  it('somebody who blocked the bot, and a team without it', async () => {
    const person = fake.world.person(SEED.coordinator);
    person.blocked = true;
    expect(await call('POST', activities(person.chat), message())).toMatchObject({
      status: 403,
      code: 'MessageWritesBlocked',
    });
    const team = fake.world.teams[0];
    if (team) team.installed = false;
    expect(await call('POST', activities(SEED.team), message())).toMatchObject({ status: 403 });
    if (team) team.installed = true;
  });

  it('an edit of what is not there, or not the bot’s', async () => {
    expect(await call('PUT', `${activities()}/1`, message())).toMatchObject({ status: 404 });
    fake.world.messages.push({
      id: '2',
      conversationId: chat,
      from: '29:x',
      text: 'x',
      summary: '',
      card: undefined,
      edits: [],
    });
    expect(await call('PUT', `${activities()}/2`, message())).toMatchObject({ status: 403 });
  });

  it('a message with nothing in it, or with too much', async () => {
    expect(await call('POST', activities(), { type: 'message' })).toMatchObject({ status: 400 });
    expect(await call('POST', activities(), { type: 'typing' })).toMatchObject({ status: 400 });
    const text = 'x'.repeat(29_000);
    const huge = card({ body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }] });
    expect(await call('POST', activities(), message(huge))).toMatchObject({ status: 413 });
  });

  it('more than a conversation takes, with how long to wait', async () => {
    expect(fake.pace.limits).toBe(PUBLISHED);
    const statuses: number[] = [];
    for (let index = 0; index < 9; index += 1) statuses.push((await call('POST', activities(), message())).status);
    expect(statuses).toContain(429);
    const refused = await call('POST', activities(), message());
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('a card that Teams would not show is found out', () => {
  const execute = (title: string) => ({ type: 'Action.Execute', title, verb: 'press', data: {} });
  it.each<[string, Json, RegExp]>([
    [
      'seven actions',
      card({ actions: [link, ...Array.from({ length: 6 }, (_, n) => execute(String(n)))] }),
      /7 actions/,
    ],
    ['no web link', card({ actions: [execute('Druk')] }), /no web link/],
    ['an action without title', card({ actions: [link, execute('')] }), /no title/],
    ['a newer version', card({ version: '1.6' }), /Version 1\.6/],
    ['an unknown element', card({ body: [{ type: 'Badge' }] }), /does not know Badge/],
    ['a text that is read as Markdown', card({ body: [{ type: 'TextBlock', text: '[a](b)' }] }), /Markdown/],
    [
      'too many viewers',
      card({ refresh: { action: execute('x'), userIds: Array.from({ length: 61 }, (_, n) => `29:${n}`) } }),
      /61 people/,
    ],
    ['viewers Teams does not know', card({ refresh: { action: execute('x'), userIds: ['me'] } }), /does not know/],
    [
      'two inputs of one name',
      card({ body: ['a', 'a'].map((id) => ({ type: 'Input.Text', id, label: id })) }),
      /called a/,
    ],
    [
      'a menu without choices',
      card({ body: [{ type: 'Input.ChoiceSet', id: 'm', label: 'm', choices: [] }] }),
      /nothing to choose/,
    ],
  ])('%s', (_what, content, words) => {
    expect(wrongWithCard(content).join(' ')).toMatch(words);
  });

  it('a right one passes', () => {
    expect(
      wrongWithCard(card({ body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Dag' }] }] })),
    ).toEqual([]);
  });
});
