import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../src/config.js';

const SECRET = 'a'.repeat(32);
const OAUTH = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'geheim', SLACK_STATE_SECRET: 'ook geheim' };

describe('connecting Slack by environment variables', () => {
  it('is off without any of them', () => {
    expect(loadConfig({})).toMatchObject({ slack: undefined, platforms: [], playground: true });
  });

  it('takes one workspace over HTTP: two variables', () => {
    const config = loadConfig({ SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(config.slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      inbound: { kind: 'http', signingSecret: 's' },
      workspaces: { kind: 'one', botToken: 'xoxb-1' },
    });
    expect(config).toMatchObject({ platforms: ['slack'], playground: false, openSite: false });
  });

  it('takes Socket Mode instead of HTTP', () => {
    const config = loadConfig({ SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(config.slack?.inbound).toEqual({ kind: 'socket', appToken: 'xapp-1' });
  });

  it('takes many workspaces by OAuth, with the secrets that asks for', () => {
    const config = loadConfig({ ...OAUTH, SLACK_SIGNING_SECRET: 's', ENCRYPTION_KEY: SECRET, SESSION_SECRET: SECRET });
    expect(config.slack?.workspaces).toEqual({
      kind: 'oauth',
      clientId: '1.2',
      clientSecret: 'geheim',
      stateSecret: 'ook geheim',
    });
    expect(config.encryptionKeys).toEqual([SECRET]);
  });

  it('points everything at another Web API, with or without the last slash', () => {
    const given = { SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_API_URL: 'http://127.0.0.1:9/api' };
    expect(loadConfig(given).slack?.apiUrl).toBe('http://127.0.0.1:9/api/');
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', ...OAUTH }, /leave one of the two out/],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_SIGNING_SECRET \(over HTTP\), or SLACK_APP_TOKEN/],
    [{ SLACK_SIGNING_SECRET: 's' }, /also needs SLACK_BOT_TOKEN/],
    [{ SLACK_SIGNING_SECRET: 's', SLACK_CLIENT_ID: '1' }, /needs SLACK_CLIENT_SECRET and SLACK_STATE_SECRET/],
    [{ ...OAUTH, SLACK_SIGNING_SECRET: 's' }, /needs ENCRYPTION_KEY: at least 32 characters\..*\n.*SESSION_SECRET/],
    [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's' }, /SLACK_BOT_TOKEN should be .* begins with xoxb-/],
    [{ SLACK_APP_TOKEN: 'xoxb-1', SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_APP_TOKEN should be .* begins with xapp-/],
    [{ SLACK_API_URL: 'slack' }, /SLACK_API_URL should be an address/],
    [{ ENCRYPTION_KEY_PREVIOUS: SECRET }, /ENCRYPTION_KEY is the one of now/],
  ])('refuses %j in words, without repeating a secret', (environment, words) => {
    let refusal: unknown;
    try {
      loadConfig(environment);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConfigError);
    const { message } = refusal as ConfigError;
    expect(message).toMatch(words);
    expect(message).not.toMatch(/xoxb-1|xapp-1|geheim/);
  });
});
