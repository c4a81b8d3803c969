import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.js';
import { platformChecks } from '../../../src/platforms/platform-checks.js';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { openSlackTown } from './slack-town.js';

const town = await openSlackTown();
const { slack, db } = town;
const TOKENS = [slack.botToken, slack.app.appToken, slack.app.signingSecret];

afterEach(() => {
  slack.unreachable = false;
  slack.world.channel(SEED.regisseurChannel).archived = false;
  slack.world.channel(SEED.regisseurChannel).members.add(SEED.botUser);
});

async function examine(environment: NodeJS.ProcessEnv = {}, locale: 'nl' | 'en' = 'en') {
  const config = loadConfig({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.world.botTokenOf(slack.team)?.value ?? 'xoxb-none',
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    ...environment,
  });
  const checks = await platformChecks(config, db, () => new Date());
  const findings = (await Promise.all(checks.map((check) => check(locale)))).flat();
  // Whatever is said, no secret is.
  for (const token of TOKENS) expect(JSON.stringify(findings)).not.toContain(token);
  return { findings, wrong: findings.filter(({ status }) => status === 'wrong') };
}

describe('the doctor, about Slack', () => {
  it('finds nothing wrong with a connection that is in order, and says what it cannot know', async () => {
    const { findings, wrong } = await examine();
    expect(wrong).toEqual([]);
    const says = findings.map((finding) => finding.says).join('\n');
    expect(says).toContain('Stad Voorbeeld: the token works');
    expect(says).toContain('permissions of the manifest');
    expect(says).toContain('channel ria-proefman: the bot is in it');
    expect(says).toContain('SLACK_SIGNING_SECRET is right only Slack can say');
  });

  it.each([
    ['is not in it', () => slack.world.channel(SEED.regisseurChannel).members.delete(SEED.botUser), '/invite'],
    ['it is archived', () => (slack.world.channel(SEED.regisseurChannel).archived = true), 'Unarchive'],
  ])('names the channel the bot cannot post in, and what to do: %s', async (_how, break_, todo) => {
    break_();
    const { wrong } = await examine();
    expect(wrong).toMatchObject([
      {
        says: expect.stringContaining(SEED.regisseurChannel) as string,
        todo: expect.stringContaining(todo) as string,
      },
    ]);
  });

  it('names the permissions that are missing', async () => {
    const token = slack.tokenOf(slack.team);
    token.scopes.delete('reactions:read');
    token.scopes.delete('im:write');
    const { wrong } = await examine();
    expect(wrong).toMatchObject([
      {
        says: expect.stringContaining('im:write, reactions:read') as string,
        todo: expect.stringContaining('manifest'),
      },
    ]);
    token.scopes.add('reactions:read').add('im:write');
  });

  it('says that a token is refused, and asks nothing more with it', async () => {
    const { wrong } = await examine({ SLACK_BOT_TOKEN: 'xoxb-of-another-app' });
    expect(wrong).toMatchObject([{ says: expect.stringContaining('invalid_auth') as string }]);
    expect(JSON.stringify(wrong)).not.toContain('xoxb-of-another-app');
  });

  it('says that Slack cannot be reached, which stops nothing', async () => {
    slack.unreachable = true;
    const { wrong } = await examine();
    expect(wrong).toMatchObject([
      { says: 'Slack does not answer', todo: expect.stringContaining('127.0.0.1') as string },
    ]);
  });

  it('tries the token of Socket Mode', async () => {
    const socket = { SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: slack.app.appToken };
    expect((await examine(socket)).wrong).toEqual([]);
    const { wrong } = await examine({ ...socket, SLACK_APP_TOKEN: 'xapp-wrong' });
    expect(wrong).toMatchObject([{ todo: expect.stringContaining('connections:write') as string }]);
  });

  it('misses the first installation by OAuth, in Dutch too', async () => {
    const { wrong } = await examine(
      {
        SLACK_BOT_TOKEN: '',
        SLACK_CLIENT_ID: 'x',
        SLACK_CLIENT_SECRET: 'y',
        SLACK_STATE_SECRET: 'z',
        SESSION_SECRET: 'a session secret of more than 32 characters',
        ENCRYPTION_KEY: 'the key of now, of more than 32 characters',
      },
      'nl',
    );
    expect(wrong).toMatchObject([{ todo: 'Open /slack/install en kies je werkruimte.' }]);
  });

  it('asks nothing of a platform that is not configured', async () => {
    expect(await platformChecks(loadConfig({}), db, () => new Date())).toEqual([]);
  });
});
