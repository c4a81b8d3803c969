import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installedWorkspaces } from '../../../src/platforms/slack/workspaces.js';
import { createSecretBox } from '../../../src/storage/secret-box.js';
import { loadConfig } from '../../../src/config.js';
import { platformChecks } from '../../../src/platforms/platform-checks.js';
import { createOutbox } from '../../../src/delivery/outbox.js';
import { startQueue } from '../../../src/delivery/queue.js';
import { createLog } from '../../../src/operations/log.js';
import { SEED } from '../../fakes/slack/fake-slack.js';
import type { Failure } from '../../fakes/slack/trouble.js';
import { openTestDatabase } from '../../support/open-test-database.js';
import { ENCRYPTION_KEY, oauthEnvironment, openSlackTown, sure } from './slack-town.js';

const HOUR_MS = 3_600_000;
/** Longer than a process keeps what it read of a workspace. */
const STEP_MS = 40_000;
/** Short of what a signature may be off. */
const MOST_MS = 240_000;
/** Of the product and of Slack alike, behind the machine's clock. */
let behind = 0;
const clock = () => Date.now() - behind;
const database = await openTestDatabase();
const town = await openSlackTown({
  database,
  slack: { seed: 'not installed', app: { tokenRotation: true }, now: clock },
  environment: oauthEnvironment,
  now: () => new Date(clock()),
});
/** As another replica has it. */
const queue = await startQueue(database, createLog('silent'));
const outbox = createOutbox(queue);
afterAll(() => queue.stop());
const { slack, app, db, municipalityId, worker } = town;
const box = createSecretBox([ENCRYPTION_KEY]);

interface Kept {
  token: string;
  refreshToken: string;
  expiresAt: number;
  askingUntil?: number;
}
const where = { municipalityId, platform: 'slack' };
const row = () => db.workspace.findFirstOrThrow({ where });
const secret = async () => JSON.parse(sure(await box.open((await row()).secret)).secret) as Kept;
const keep = async (kept: Kept) =>
  db.workspace.updateMany({ where, data: { secret: await box.seal(JSON.stringify(kept)) } });
/** Nothing read before counts any more. */
const forget = () => (behind = (behind + STEP_MS) % MOST_MS);
/** The token has this long to live, here and at Slack. */
async function leave(ms: number): Promise<void> {
  forget();
  const expiresAt = clock() + ms;
  slack.tokenOf(slack.team).expiresAt = expiresAt;
  await keep({ ...(await secret()), expiresAt });
}

const owe = (key: string) => db.$transaction((tx) => outbox.refresh(tx, municipalityId, [key]));
const exchanges = () => slack.callsOf('oauth.v2.access').filter(({ args }) => args.grant_type === 'refresh_token');
const worked = () => exchanges().filter(({ ok }) => ok).length;
const said = () => slack.textOf(sure(slack.ephemerals(worker.id).at(-1)));
const helped = async () => {
  await worker.command('/signaal', 'help');
  return said();
};

beforeAll(async () => {
  expect(await slack.install(`${app.url}/slack/install`)).toMatchObject({ status: 200 });
});
beforeEach(async () => {
  await leave(11 * HOUR_MS);
  await helped();
});
afterEach(() => slack.failures.clear());

describe('a token that lives twelve hours', () => {
  it('is kept with what gives the next one, both unreadable, and used while it is good', async () => {
    const { token, refreshToken } = await secret();
    expect(token).toMatch(/^xoxe\.xoxb-/);
    expect((await row()).secret).not.toContain(token);
    expect((await row()).secret).not.toContain(refreshToken);
    const before = exchanges().length;
    expect(await helped()).toContain('/signaal status');
    expect(exchanges()).toHaveLength(before);
  });

  it.each([
    ['ends soon', HOUR_MS],
    ['ended in the night', -9 * HOUR_MS],
  ])('is exchanged for the next one when it %s: nobody notices', async (_when, left) => {
    const before = await secret();
    const count = worked();
    await leave(left);
    const signal = await town.file();
    await worker.closeView({ all: true });
    expect(slack.textOf(await town.card(signal))).toContain(signal.reference);
    const after = await secret();
    expect(after.token).not.toBe(before.token);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(after.expiresAt).toBeGreaterThan(clock() + 11 * HOUR_MS);
    expect(worked()).toBe(count + 1);
    expect(slack.calls.filter(({ error }) => error === 'token_expired')).toEqual([]);
  });

  it.each([
    ['ends soon', HOUR_MS],
    ['is over', -HOUR_MS],
  ])('is exchanged once, however many processes find that it %s: a refresh token works once', async (_when, left) => {
    const { apiUrl } = slack;
    const replica = () =>
      installedWorkspaces({ db, apiUrl, app: slack.app, box, now: () => new Date(clock()) }).from(slack.team.id);
    const before = exchanges().length;
    await leave(left);
    const found = await Promise.all([replica(), replica(), replica(), replica()]);
    for (const workspace of found) expect(await sure(workspace).api.identify()).toMatchObject({ ok: true });
    expect(exchanges()).toHaveLength(before + 1);
  });

  it('is exchanged by another when who asked for the next one died on the way', async () => {
    await leave(-HOUR_MS);
    await keep({ ...(await secret()), askingUntil: clock() + 1_000 });
    expect(await helped()).toContain('/signaal status');
    expect((await secret()).expiresAt).toBeGreaterThan(clock());
  });

  it('is renewed by a new installation, which an exchange under way never undoes', async () => {
    await leave(HOUR_MS);
    expect(await slack.install(`${app.url}/slack/install`)).toMatchObject({ status: 200 });
    const count = exchanges().length;
    expect(await helped()).toContain('/signaal status');
    expect(exchanges()).toHaveLength(count);
    expect((await secret()).expiresAt).toBeGreaterThan(clock() + 11 * HOUR_MS);
  });
});

const TROUBLE: [string, Failure][] = [
  ['too many requests', { kind: 'ratelimited', retryAfter: 1 }],
  ['Slack’s own trouble', { kind: 'error', error: 'fatal_error' }],
  ['an HTTP error', { kind: 'status', status: 500 }],
  ['a page of some proxy', { kind: 'not_json' }],
  ['a connection that is cut', { kind: 'reset' }],
  ['no answer', { kind: 'silence', afterStoring: false }],
];

describe('an exchange that goes wrong', () => {
  it.each(TROUBLE)(
    'early: the token is used as long as it lives, and the next try is soon: %s',
    async (_how, failure) => {
      const { token } = await secret();
      await leave(HOUR_MS);
      slack.fail('oauth.v2.access', failure);
      expect(await helped()).toContain('/signaal status');
      expect((await secret()).token).toBe(token);
      forget();
      expect(await helped()).toContain('/signaal status');
      expect((await secret()).token).not.toBe(token);
    },
  );

  it.each(TROUBLE)('late: the person is told, and helped as soon as Slack is there: %s', async (_how, failure) => {
    await leave(-HOUR_MS);
    slack.fail('oauth.v2.access', failure);
    expect(await helped()).toContain('Er ging iets mis');
    expect(await helped()).toContain('/signaal status');
  });

  it('late: what is owed waits for it', async () => {
    const { id, reference } = await town.file();
    await worker.closeView({ all: true });
    await town.delivered();
    await leave(-HOUR_MS);
    slack.fail('oauth.v2.access', { kind: 'status', status: 500 });
    await owe(`card:${id}`);
    await town.delivered();
    expect(slack.messages(SEED.regisseurChannel).filter((each) => slack.textOf(each).includes(reference))).toHaveLength(
      1,
    );
    expect(exchanges().filter(({ status }) => status === 500)).not.toEqual([]);
    expect(await db.delivery.count({ where: { municipalityId, status: 'failed' } })).toBe(0);
  });
});

describe('the doctor, about a token that is over', () => {
  it('asks for the next one, and says when Slack gives none now', async () => {
    const config = loadConfig({ ...oauthEnvironment(slack), SLACK_API_URL: slack.apiUrl });
    const wrong = async () => {
      const checks = await platformChecks(config, db, () => new Date());
      const findings = (await Promise.all(checks.map((check) => check('nl')))).flat();
      return findings.filter(({ status, says }) => status === 'wrong' && !says.includes('kanaal'));
    };
    await leave(-HOUR_MS);
    slack.fail('oauth.v2.access', { kind: 'status', status: 500 });
    expect(await wrong()).toMatchObject([{ says: 'Slack antwoordt niet' }]);
    expect(await wrong()).toEqual([]);
    expect((await secret()).expiresAt).toBeGreaterThan(clock());
  });
});

describe('a token that Slack does not exchange any more', () => {
  it('is used to its end; what is owed then stands in the failed list, with what to do about it', async () => {
    slack.fail('oauth.v2.access', { kind: 'error', error: 'invalid_refresh_token' }, { times: 1_000 });
    await leave(HOUR_MS);
    expect(await helped()).toContain('/signaal status');
    const { id } = await town.file();
    await worker.closeView({ all: true });
    await town.delivered();
    await leave(-HOUR_MS);
    await owe(`card:${id}`);
    const card = () =>
      db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key: `card:${id}` } } });
    await expect.poll(async () => (await card()).status).toBe('failed');
    expect(await card()).toMatchObject({ failure: 'SLACK.TOKEN_EXPIRED' });
    const administrator = slack.user(SEED.administrator);
    await administrator.command('/signaal', 'beheer');
    expect(slack.textOf(sure(slack.ephemerals(administrator.id).at(-1)))).toContain('/slack/install');

    slack.failures.clear();
    // Connected anew: it goes out with the rest.
    expect(await slack.install(`${app.url}/slack/install`)).toMatchObject({ status: 200 });
    await administrator.press(sure(slack.ephemerals(administrator.id).at(-1)), { label: 'Probeer opnieuw' });
    await expect.poll(async () => (await card()).status).toBe('sent');
  });
});
