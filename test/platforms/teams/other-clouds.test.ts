import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TeamsConfig } from '../../../src/config.js';
import { createBotToken } from '../../../src/platforms/teams/credentials.js';
import { Door } from '../../../src/platforms/teams/door.js';
import type { TeamsActivity } from '../../../src/platforms/teams/envelope.js';
import { TokenIssuer } from '../../fakes/teams/token-issuer.js';

const BOT = {
  appId: '22222222-2222-4222-8222-222222222222',
  password: 'a secret',
  tenantId: '11111111-1111-4111-8111-111111111111',
};
const PUBLIC = { issuer: 'https://api.botframework.com', scope: 'https://api.botframework.com/.default' };
const GOVERNMENT = { issuer: 'https://api.botframework.us', scope: 'https://api.botframework.us/.default' };
/** Its keys can be had from nobody: who gets as far as asking for them is answered 503. */
const GOVERNMENT_KEYS = 'https://nobody.invalid.azure.us/v1/.well-known/openidconfiguration';

const asked: URLSearchParams[] = [];
const issuer = new TokenIssuer(BOT, () => 'https://smba.example/');
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (request.url === '/openid') return response.end(JSON.stringify(issuer.metadata(base)));
    if (request.url === '/keys') return void issuer.keys().then((keys) => response.end(JSON.stringify(keys)));
    asked.push(new URLSearchParams(body));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3_600, access_token: 'x' }));
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

const configOf = (openIdMetadataUrl: string): TeamsConfig => ({
  bot: BOT,
  openIdMetadataUrl,
  loginUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  allowAnonymous: false,
});
const ownKeys = () => `${configOf(PUBLIC.issuer).loginUrl}/openid`;
const ACTIVITY = { type: 'message', channelId: 'msteams', serviceUrl: 'https://smba.example/' } as TeamsActivity;

async function admit(metadataUrl: string, tokenIssuer: string) {
  const door = new Door(configOf(metadataUrl), undefined);
  return door.admit(ACTIVITY, `Bearer ${await issuer.inbound({ issuer: tokenIssuer })}`, false);
}

describe('the cloud that the bot is in, by where its keys are published', () => {
  it('is the public one otherwise: its issuer is let in, the governments’ is not', async () => {
    expect(await admit(ownKeys(), PUBLIC.issuer)).toMatchObject({ ok: true });
    expect(await admit(ownKeys(), GOVERNMENT.issuer)).toEqual({ ok: false, status: 401 });
  });

  it('is the governments’: its own issuer is looked into, the public one refused at once', async () => {
    expect(await admit(GOVERNMENT_KEYS, GOVERNMENT.issuer)).toEqual({ ok: false, status: 503 });
    expect(await admit(GOVERNMENT_KEYS, PUBLIC.issuer)).toEqual({ ok: false, status: 401 });
  });

  it.each([
    ['public', () => ownKeys(), PUBLIC.scope],
    ['governments', () => GOVERNMENT_KEYS, GOVERNMENT.scope],
  ])('decides what the bot’s own token is for: %s', async (_cloud, metadataUrl, scope) => {
    await createBotToken(BOT, configOf(metadataUrl()), () => new Date()).get();
    expect(asked.at(-1)?.get('scope')).toBe(scope);
  });
});
