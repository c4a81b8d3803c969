import { afterEach, describe, expect, it, vi } from 'vitest';
import { MunicipalitySettings } from '../../../src/municipality/municipality-settings.js';
import { installedWorkspaces } from '../../../src/platforms/slack/workspaces.js';
import { createSecretBox } from '../../../src/storage/secret-box.js';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { goBack } from '../../fakes/slack/installing.js';
import type { Failure } from '../../fakes/slack/trouble.js';
import { ENCRYPTION_KEY, oauthEnvironment, openSlackTown, sure } from './slack-town.js';

const town = await openSlackTown({ slack: { seed: 'not installed' }, environment: oauthEnvironment });
const { slack, app, db, municipalityId, worker } = town;
const page = `${app.url}/slack/install`;
const install = (options: Parameters<typeof slack.install>[1] = {}) => slack.install(page, options);

const where = { municipalityId, platform: 'slack' };
const workspaces = () => db.workspace.findMany({ where });
const secretNow = async () => sure((await workspaces())[0]).secret;

afterEach(() => {
  vi.useRealTimers();
  slack.unreachable = false;
  slack.failures.clear();
});

/** What can come of the exchange of the code for a token. */
const EXCHANGE_TROUBLE: [string, Failure][] = [
  ['Slack refuses the code', { kind: 'error', error: 'invalid_code' }],
  ['Slack refuses the app’s own password', { kind: 'error', error: 'bad_client_secret' }],
  ['Slack refuses the address', { kind: 'error', error: 'bad_redirect_uri' }],
  ['too many at once', { kind: 'ratelimited', retryAfter: 30 }],
  ['Slack has trouble', { kind: 'error', error: 'fatal_error' }],
  ['Slack answers 500', { kind: 'status', status: 500 }],
  ['a page of some proxy comes back', { kind: 'not_json' }],
  ['the connection is cut before it', { kind: 'reset' }],
  ['the answer breaks off', { kind: 'cut' }],
  ['Slack never answers', { kind: 'silence' }],
];

/** Another town in the same installation, with one administrator on Slack. */
async function openOtherTown(administrator: string): Promise<string> {
  const other = await db.municipality.create({
    data: {
      name: 'Andersem',
      reference: 'A',
      zone: 'Europe/Brussels',
      locale: 'nl-BE',
      settings: MunicipalitySettings.parse({}),
    },
  });
  await db.person.create({
    data: {
      municipalityId: other.id,
      name: 'IT van Andersem',
      roles: ['administrator'],
      accounts: { create: { platform: 'slack', externalId: administrator } },
    },
  });
  return other.id;
}

describe('an installation that must not happen', () => {
  it.each([
    ['with another state', (back: URL) => back.searchParams.set('state', 'x'), 400, 'niet in deze browser'],
    ['with no state', (back: URL) => back.searchParams.delete('state'), 400, 'niet in deze browser'],
    ['with no code', (back: URL) => back.searchParams.delete('code'), 400, 'niet in deze browser'],
    ['with a code Slack never gave', (back: URL) => back.searchParams.set('code', 'x'), 502, 'aanvaardde'],
    ['while Slack is away', () => (slack.unreachable = true), 502, 'aanvaardde'],
    ...EXCHANGE_TROUBLE.map(([how, failure]): [string, () => void, number, string] => [
      how,
      () => slack.fail('oauth.v2.access', failure),
      502,
      'aanvaardde',
    ]),
    [
      'after ten minutes',
      () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 }),
      400,
      'te lang geleden',
    ],
  ])('is refused in words, and nothing is kept: %s', async (_how, tamper, status, words) => {
    const answered = await install({ tamper: (back) => void tamper(back) });
    expect(answered).toMatchObject({ status, body: expect.stringContaining(words) as string });
    expect(answered.body).not.toContain('xoxb-');
    expect(await workspaces()).toEqual([]);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  it('is refused when it began in another browser: somebody was handed the address', async () => {
    const begun = await install({ tamper: (back) => back.searchParams.set('state', 'x') });
    const back = new URL(begun.back);
    const other = await fetch(page, { redirect: 'manual' });
    const state = new URL(other.headers.get('location') ?? '').searchParams.get('state') ?? '';
    back.searchParams.set('state', state);
    expect(await goBack(back.href, begun.cookies)).toMatchObject({ status: 400 });
    expect(await goBack(back.href)).toMatchObject({ status: 400 });
    expect(await workspaces()).toEqual([]);
  });

  it('is refused when the person cancels', async () => {
    const answered = await install({ deny: true });
    expect(answered).toMatchObject({ status: 400, body: expect.stringContaining('afgebroken') as string });
    expect(await workspaces()).toEqual([]);
  });

  it('is refused to who is no administrator in the municipality file, and the token is given back', async () => {
    const answered = await install({ userId: SEED.worker });
    expect(answered).toMatchObject({ status: 403, body: expect.stringContaining(SEED.worker) as string });
    expect(await workspaces()).toEqual([]);
    expect(slack.callsOf('auth.revoke')).toMatchObject([{ ok: true }]);
    expect([...slack.world.tokens.values()].at(-1)).toMatchObject({ trouble: 'token_revoked' });
  });
});

describe('a token that cannot be given back', () => {
  it.each([
    ['Slack refuses it', { kind: 'error', error: 'token_revoked' }],
    ['Slack answers 500', { kind: 'status', status: 500 }],
    ['a page of some proxy comes back', { kind: 'not_json' }],
    ['the answer breaks off', { kind: 'cut' }],
    ['Slack never answers', { kind: 'silence' }],
  ] satisfies [string, Failure][])('keeps nobody from the reason, and nothing is kept: %s', async (_how, failure) => {
    slack.fail('auth.revoke', failure);
    const answered = await install({ userId: SEED.worker });
    expect(answered).toMatchObject({ status: 403, body: expect.stringContaining(SEED.worker) as string });
    expect(await workspaces()).toEqual([]);
  });
});

describe('an installation', () => {
  it('by the administrator connects the workspace, and its token is kept unreadable', async () => {
    const answered = await install();
    expect(answered).toMatchObject({ status: 200, body: expect.stringContaining('Stad Voorbeeld') as string });
    expect(answered.body).toContain('Teststad');
    const token = slack.botToken;
    expect(await secretNow()).not.toContain(token);
    expect(await createSecretBox([ENCRYPTION_KEY]).open(await secretNow())).toMatchObject({
      secret: expect.stringContaining(token) as string,
    });
    const signal = await town.file();
    expect(slack.textOf(await town.card(signal))).toContain(signal.reference);
    await worker.closeView();
  });

  it('cannot be had again with the same code and state, by whoever kept them', async () => {
    const done = await install();
    const before = await secretNow();
    // The browser's cookie is gone; somebody who kept a copy meets Slack, whose code is used up.
    expect(await goBack(done.back)).toMatchObject({ status: 400 });
    expect(await goBack(done.back, done.cookies)).toMatchObject({ status: 502 });
    expect(await secretNow()).toBe(before);
  });

  it('again gives the workspace its new token, also by somebody else of that workspace', async () => {
    const before = await secretNow();
    expect(await install({ userId: SEED.worker })).toMatchObject({ status: 200 });
    expect(await secretNow()).not.toBe(before);
    expect(await workspaces()).toHaveLength(1);
  });

  it('never moves a workspace to another town, and does not harm it there', async () => {
    const otherTeam = slack.addTeam({ name: 'Andersem', botToken: null });
    const otherAdministrator = slack.addUser({ realName: 'IT van Andersem' }, otherTeam);
    const otherId = await openOtherTown(otherAdministrator.id);
    const consent = { teamId: otherTeam.id, userId: otherAdministrator.id };
    expect(await install(consent)).toMatchObject({ status: 200, body: expect.stringContaining('Andersem') as string });

    const revoked = slack.callsOf('auth.revoke').length;
    const answered = await install({ teamId: otherTeam.id, userId: SEED.administrator });
    expect(answered).toMatchObject({ status: 409, body: expect.stringContaining('andere gemeente') as string });
    expect(slack.callsOf('auth.revoke')).toHaveLength(revoked);
    expect(await db.workspace.count({ where: { municipalityId: otherId } })).toBe(1);
    expect(await workspaces()).toHaveLength(1);

    // Its people are that town's, and nobody of it is known here.
    const theirs = slack.addUser({ realName: 'Werker van Andersem' }, otherTeam);
    await theirs.command('/signaal', 'help');
    const key = { platform: 'slack', externalId: theirs.id };
    expect(await db.account.count({ where: { municipalityId: otherId, ...key } })).toBe(1);
    expect(await db.account.count({ where: { municipalityId, ...key } })).toBe(0);
  });
});

describe('a change of key', () => {
  const openWith = (...keys: string[]) =>
    installedWorkspaces({
      db,
      apiUrl: slack.apiUrl,
      app: slack.app,
      box: createSecretBox(keys),
      now: () => new Date(),
    });
  const NEXT = 'the key of tomorrow, more than 32 characters';

  it('is followed at first use: every token is sealed anew, and the old key can go', async () => {
    const before = await secretNow();
    const workspace = sure(await openWith(NEXT, ENCRYPTION_KEY).from(slack.team.id));
    expect(await workspace.api.identify()).toMatchObject({ ok: true, team_id: slack.team.id });
    expect(await secretNow()).not.toBe(before);
    const later = sure(await openWith(NEXT).from(slack.team.id));
    expect(await later.api.identify()).toMatchObject({ ok: true });
    // And back, for the tests below.
    await openWith(ENCRYPTION_KEY, NEXT).from(slack.team.id);
  });

  it('with the old key lost leaves the workspace unknown, never half known', async () => {
    expect(await openWith('quite another key, of more than 32 characters').from(slack.team.id)).toBeUndefined();
  });
});

describe('a token that is taken away', () => {
  it('of a person leaves the bot’s own, which still works', async () => {
    await slack.tokensRevoked({ bot: [], oauth: [SEED.worker] });
    expect(await workspaces()).toHaveLength(1);
    await worker.command('/signaal', 'help');
    expect(slack.textOf(sure(slack.ephemerals(worker.id).at(-1)))).toContain('/signaal');
  });

  it.each(['uninstalled first', 'revoked first'] as const)(
    'with the app is forgotten, whichever Slack says first: %s',
    async (order) => {
      if ((await workspaces()).length === 0) await install();
      await db.workspacePlace.create({ data: { ...where, externalId: SEED.worker, workspaceId: slack.team.id } });
      await slack.uninstall(slack.team, { order });
      expect(await workspaces()).toEqual([]);
      expect(await db.workspacePlace.count({ where: { ...where, workspaceId: slack.team.id } })).toBe(0);
      // The other town's stays.
      const other = await db.municipality.findFirstOrThrow({ where: { reference: 'A' } });
      expect(await db.workspace.count({ where: { municipalityId: other.id } })).toBe(1);
    },
  );

  it('is said to who still tries: it is not connected any more', async () => {
    slack.team.installed = true;
    await worker.command('/signaal');
    expect(slack.textOf(sure(slack.ephemerals(worker.id).at(-1)))).toContain('niet (meer) met Wijksignaal verbonden');
  });
});
