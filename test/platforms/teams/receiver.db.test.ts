import { describe, expect, it } from 'vitest';
import { activityFrom } from '../../fakes/teams/activities.js';
import type { Json } from '../../fakes/teams/json.js';
import type { TokenWishes } from '../../fakes/teams/token-issuer.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { openTeamsTown } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, worker } = town;

const said = (more: Json = {}): Json =>
  activityFrom(teams, 'message-personal', worker.person, { chat: worker.chat }, { text: 'help', ...more });

/** Everything that could have been written. */
async function rows(): Promise<number[]> {
  const where = { municipalityId: town.municipalityId };
  return Promise.all([
    db.person.count({ where }),
    db.account.count({ where }),
    db.teamsConversation.count({ where }),
    db.handledRequest.count({ where }),
    db.delivery.count({ where }),
  ]);
}

async function expectNothingHappens(work: () => Promise<{ status: number }>, status: number): Promise<void> {
  await town.delivered();
  const before = await rows();
  const calls = teams.calls.length;
  expect((await work()).status).toBe(status);
  expect(await rows()).toEqual(before);
  expect(teams.calls).toHaveLength(calls);
}

describe('a request with the wrong token', () => {
  it.each<[string, TokenWishes | null]>([
    ['none at all', null],
    ['expired', { expiresIn: -3_600 }],
    ['for another bot', { audience: '33333333-3333-4333-8333-333333333333' }],
    ['from another issuer', { issuer: 'https://login.example.com/' }],
    ['from the emulator’s issuer', { issuer: `https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/` }],
    ['for another service address', { serviceUrl: 'https://smba.example.com/' }],
    ['signed with another key', { wrongKey: true }],
    ['under a key nobody published', { unknownKey: true }],
  ])('is answered 401, and nothing is written: %s', async (_what, token) => {
    await expectNothingHappens(() => teams.deliver(said(), token), 401);
  });

  it.each(['Bearer', 'Bearer nonsense', 'Basic dXNlcjpwYXNz', 'Bearer a.b.c'])(
    'is answered 401: %s',
    async (authorization) => {
      const url = `${town.app.url}/api/messages`;
      await expectNothingHappens(
        () => fetch(url, { method: 'POST', headers: { authorization }, body: JSON.stringify(said()) }),
        401,
      );
    },
  );

  it('is not let in for naming another channel, whose rules are others', async () => {
    await expectNothingHappens(() => teams.deliver(said({ channelId: 'AseChannel' })), 401);
  });
});

describe('a request under a right token', () => {
  it.each<[string, unknown]>([
    ['without a type', said({ type: undefined })],
    ['without a service address', said({ serviceUrl: undefined })],
    ['without a bot it is for', said({ recipient: undefined })],
    ['without anybody who speaks', said({ from: undefined })],
    ['without a conversation', said({ conversation: undefined })],
    ['with a service address that is none', said({ serviceUrl: 'javascript:alert(1)' })],
    ['that is a list', []],
    ['that is null', 'null'],
    ['that is no JSON', '{"type":'],
    ['that is empty', ''],
  ])('is answered 400 at once, and nothing is written: %s', async (_what, activity) => {
    await expectNothingHappens(() => teams.deliver(activity), 400);
  });

  it('of another tenant is refused', async () => {
    const other = '99999999-9999-4999-8999-999999999999';
    const activity = said({ channelData: { tenant: { id: other } }, conversation: { tenantId: other } });
    await expectNothingHappens(() => teams.deliver(activity), 403);
  });

  it.each(['fileConsent/invoke', 'signin/verifyState', 'config/fetch', 'toString', ''])(
    'is answered 501 for an invoke nobody knows: "%s"',
    async (name) => {
      const { status } = await worker.invoke(name, { chat: worker.chat }, {});
      expect(status).toBe(501);
    },
  );

  it('is answered 400 for an invoke that is not what its name says', async () => {
    expect((await worker.invoke('adaptiveCard/action', { chat: worker.chat }, { action: 'no' })).status).toBe(400);
  });

  it.each(['message-reaction', 'message-update'] as const)('passes by what is nothing for us: %s', async (name) => {
    const activity = activityFrom(teams, name, worker.person, { chat: worker.chat });
    await expectNothingHappens(() => teams.deliver(activity), 200);
  });

  it('is answered', async () => {
    expect((await teams.deliver(said())).status).toBe(200);
    expect(teams.messages(worker.chat).at(-1)?.summary).toBe('Wat je met Wijksignaal kan');
  });

  it('learns who somebody is from the roster, once', async () => {
    await worker.say('help');
    await worker.say('help');
    const account = await db.account.findFirstOrThrow({
      where: { municipalityId: town.municipalityId, externalId: SEED.worker },
      include: { person: true },
    });
    expect(account).toMatchObject({
      email: 'wim.werkman@teststad.example',
      person: { name: 'Wim Werkman', locale: 'nl' },
    });
    expect(teams.callsOf('member').filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('does not take a guest’s address for confirmed', async () => {
    const guest = teams.world.addPerson({
      objectId: '00000000-0000-4000-8000-0000000000ff',
      name: 'Gus Gast',
      guest: true,
    });
    await teams.user(guest.objectId).say('help');
    const account = await db.account.findFirstOrThrow({
      where: { municipalityId: town.municipalityId, externalId: guest.objectId },
    });
    expect(account.email).toBeNull();
  });
});
