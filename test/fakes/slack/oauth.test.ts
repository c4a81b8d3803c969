import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, refusal } from './api-client.js';
import { SEED, startFakeSlack, type FakeSlack } from './fake-slack.js';

const REDIRECT = 'https://bot.example/slack/oauth_redirect';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack({ seed: 'not installed', app: { redirectUrls: [REDIRECT] } });
});
afterEach(async () => {
  await slack.close();
});

/** Sends a person to the consent screen, who says yes; the status and the address they come back to. */
async function consent(given: Record<string, string> = {}): Promise<{ status: number; back: URL }> {
  const url = new URL(slack.authorizeUrl);
  const query = { client_id: slack.app.clientId, scope: 'chat:write', state: 's', redirect_uri: REDIRECT, ...given };
  url.search = new URLSearchParams(query).toString();
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, back: new URL(response.headers.get('location') ?? 'https://nowhere.example') };
}

async function newCode(): Promise<string> {
  return (await consent()).back.searchParams.get('code') ?? '';
}

const access = (given: Record<string, string>) =>
  clientOf(slack, '').oauth.v2.access({
    client_id: slack.app.clientId,
    client_secret: slack.app.clientSecret,
    redirect_uri: REDIRECT,
    ...given,
  } as never);

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return (await refusal(call)).error;
}

describe('the consent screen', () => {
  test('sends the person back with a code and the state', async () => {
    const { status, back } = await consent();
    expect(status).toBe(302);
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('s');
  });

  test.each([
    ['another app', { client_id: '1.1' }],
    ['no scopes', { scope: '' }],
    ['a scope the app does not have', { scope: 'admin' }],
    ['another address', { redirect_uri: 'https://kwaad.example/' }],
  ])('refuses %s', async (_name, given) => {
    expect((await consent(given)).status).toBe(400);
  });
});

describe('a code', () => {
  test('gives a token with the scopes that were agreed to, once', async () => {
    const code = await newCode();
    const granted = await access({ code });
    expect(granted).toMatchObject({
      token_type: 'bot',
      scope: 'chat:write',
      bot_user_id: SEED.botUser,
      team: { id: SEED.team },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: SEED.administrator },
    });
    expect((await clientOf(slack, granted.access_token).auth.test()).team_id).toBe(SEED.team);
    expect(await errorOf(access({ code }))).toBe('code_already_used');
  });

  test('is refused with the wrong secret, address, or grant; when made up, or after ten minutes', async () => {
    const code = await newCode();
    expect(await errorOf(access({ code, client_secret: 'x' }))).toBe('bad_client_secret');
    expect(await errorOf(access({ code, client_id: 'x' }))).toBe('invalid_client_id');
    expect(await errorOf(access({ code, redirect_uri: 'https://x.example/' }))).toBe('bad_redirect_uri');
    expect(await errorOf(access({ code, grant_type: 'client_credentials' }))).toBe('invalid_grant_type');
    expect(await errorOf(access({ code: 'verzonnen' }))).toBe('invalid_code');
    slack.advance(600_001);
    expect(await errorOf(access({ code }))).toBe('invalid_code');
  });

  test('works with the secret in the header as well', async () => {
    const basic = Buffer.from(`${slack.app.clientId}:${slack.app.clientSecret}`).toString('base64');
    const response = await fetch(`${slack.apiUrl}oauth.v2.access`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code: await newCode(), redirect_uri: REDIRECT }).toString(),
    });
    expect(await response.json()).toMatchObject({ ok: true, token_type: 'bot' });
  });
});

describe('a token that rotates', () => {
  const renew = (refreshToken: unknown) =>
    access({ grant_type: 'refresh_token', refresh_token: String(refreshToken), redirect_uri: '' });

  test('lives twelve hours, and is exchanged once for the next', async () => {
    slack.app.tokenRotation = true;
    const first = await access({ code: await newCode() });
    expect(first).toMatchObject({ expires_in: 43_200, access_token: expect.stringMatching(/^xoxe\.xoxb-/) as string });
    slack.advance(43_200_000);
    expect(await errorOf(clientOf(slack, String(first.access_token)).auth.test())).toBe('token_expired');
    const second = await renew(first.refresh_token);
    expect(await clientOf(slack, String(second.access_token)).auth.test()).toMatchObject({ ok: true });
    expect(await errorOf(renew(first.refresh_token))).toBe('invalid_refresh_token');
    expect(await renew(second.refresh_token)).toMatchObject({ ok: true });
  });

  test('is there only where the app says so', async () => {
    expect(await access({ code: await newCode() })).not.toHaveProperty('refresh_token');
    expect(await errorOf(renew('xoxe-1-made-up'))).toBe('invalid_refresh_token');
  });
});
