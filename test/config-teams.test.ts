import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../src/config.js';

const BOT = {
  TEAMS_APP_ID: '22222222-2222-4222-8222-222222222222',
  TEAMS_APP_PASSWORD: 'geheim',
  TEAMS_TENANT_ID: '11111111-1111-4111-8111-111111111111',
};

describe('connecting Teams by environment variables', () => {
  it('is off without any of them', () => {
    expect(loadConfig({})).toMatchObject({ teams: undefined, platforms: [] });
  });

  it('takes one bot in one tenant: three variables', () => {
    const config = loadConfig(BOT);
    expect(config.teams).toEqual({
      bot: { appId: BOT.TEAMS_APP_ID, password: 'geheim', tenantId: BOT.TEAMS_TENANT_ID },
      openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
      loginUrl: 'https://login.microsoftonline.com',
      allowAnonymous: false,
    });
    expect(config).toMatchObject({ platforms: ['teams'], playground: false, openSite: false });
  });

  it('takes the local emulator without a bot', () => {
    expect(loadConfig({ TEAMS_ALLOW_ANONYMOUS: 'true' }).teams).toMatchObject({ bot: undefined, allowAnonymous: true });
  });

  it('goes beside Slack', () => {
    const slack = { SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-1' };
    expect(loadConfig({ ...BOT, ...slack }).platforms).toEqual(['slack', 'teams']);
  });

  it.each([
    [{ TEAMS_APP_ID: BOT.TEAMS_APP_ID }, /needs TEAMS_APP_PASSWORD: .*\n.*needs TEAMS_TENANT_ID/],
    [{ ...BOT, TEAMS_APP_ID: 'bot' }, /TEAMS_APP_ID should be the Application \(client\) ID/],
    [{ ...BOT, TEAMS_TENANT_ID: 'gent' }, /TEAMS_TENANT_ID should be the Directory \(tenant\) ID/],
    [{ TEAMS_ALLOW_ANONYMOUS: 'true', HOST: '0.0.0.0' }, /needs HOST to be a loopback address/],
    [{ ...BOT, TEAMS_ALLOW_ANONYMOUS: 'true', HOST: 'example.be' }, /needs HOST to be a loopback address/],
    [{ ...BOT, TEAMS_LOGIN_URL: 'login' }, /TEAMS_LOGIN_URL should be an address/],
  ])('refuses %j in words, without repeating a secret', (environment, words) => {
    let refusal: unknown;
    try {
      loadConfig(environment);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConfigError);
    expect((refusal as ConfigError).message).toMatch(words);
    expect((refusal as ConfigError).message).not.toContain('geheim');
  });
});
