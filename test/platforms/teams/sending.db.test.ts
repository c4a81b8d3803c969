import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { PUBLISHED } from '../../fakes/teams/pace.js';
import { titlesIn } from '../../fakes/teams/fake-user.js';
import { openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, municipalityId, worker, administrator } = town;
const channel = SEED.regisseurChannel;

afterEach(() => {
  teams.heal();
  teams.pace.limits = [];
  sure(teams.world.teams[0]).installed = true;
});

const cards = (reference: string, where: string = channel) =>
  teams.messages(where).filter((message) => textOf(message).includes(reference));
const deliveryOf = (signalId: string) =>
  db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key: `card:${signalId}` } } });
const settledAt = (signalId: string, wanted: 'sent' | 'failed') =>
  expect.poll(async () => (await deliveryOf(signalId)).status).toBe(wanted);

/** What the list of failed messages says; it may take more than one message, and on a busy machine a while. */
const failedList = async () => {
  const before = teams.messages(administrator.chat).length;
  const answers = () =>
    teams
      .messages(administrator.chat)
      .slice(before)
      .filter(({ from }) => from === 'bot');
  await administrator.say('beheer');
  await expect.poll(() => answers().map(textOf).join('\n')).toMatch(/mislukt|afgeleverd/);
  await teams.settled();
  return answers();
};
async function retryAll(): Promise<void> {
  const all = ['Probeer alles opnieuw', 'Probeer opnieuw'];
  for (const title of all) {
    const found = (await failedList()).find(({ card }) => card && titlesIn(card).includes(title));
    if (found) return administrator.press(found, title);
  }
  throw new Error('Nothing to try again.');
}

describe('a message whose answer was lost', () => {
  it.each([
    ['no answer came', { kind: 'silence', afterStoring: true } as const],
    ['Teams had trouble after storing it', { kind: 'status', status: 502, afterStoring: true } as const],
  ])(
    'is never sent twice, and stands in the failed list with what to do: %s',
    async (_how, trouble) => {
      teams.fail('create', trouble, { conversation: channel });
      const signal = await town.file();
      await settledAt(signal.id, 'failed');
      expect(cards(signal.reference)).toHaveLength(1);
      const list = (await failedList()).map(textOf).join('\n');
      expect(list).toContain('kan aangekomen zijn of niet');
      expect(list).not.toContain(signal.title);
      await retryAll();
      await settledAt(signal.id, 'sent');
    },
    90_000,
  );
});

describe('a pause that Teams asks for', () => {
  it('is kept, and everything arrives once', async () => {
    teams.fail('create', { kind: 'status', status: 429, retryAfter: 1 }, { conversation: channel, times: 2 });
    const signal = await town.file();
    await settledAt(signal.id, 'sent');
    expect(cards(signal.reference)).toHaveLength(1);
    expect(teams.callsOf('create').filter(({ status }) => status === 429)).toHaveLength(2);
  });

  it('is not needed: no conversation gets more than it takes', async () => {
    teams.pace.limits = PUBLISHED;
    const before = teams.calls.filter(({ status }) => status === 429).length;
    const person = await db.person.findFirstOrThrow({ where: { municipalityId, name: 'Ria Proefman' } });
    const ids = Array.from({ length: 10 }, (_, index) => `burst:${index}`);
    const signal = await town.file();
    await db.delivery.createMany({
      data: ids.map((key) => ({
        municipalityId,
        key,
        personId: person.id,
        view: 'signals.follow-card',
        params: { signalId: signal.id },
        status: 'failed' as const,
        failure: 'TEST',
      })),
    });
    await retryAll();
    await town.delivered();
    expect(
      teams.messages(town.regisseur.chat).filter((each) => textOf(each).includes(signal.reference)).length,
    ).toBeGreaterThanOrEqual(10);
    expect(teams.calls.filter(({ status }) => status === 429)).toHaveLength(before);
  });
});

describe('a place that cannot be reached', () => {
  it('is said in words, and tried again when it is there', async () => {
    sure(teams.world.teams[0]).installed = false;
    const signal = await town.file();
    await settledAt(signal.id, 'failed');
    expect((await deliveryOf(signal.id)).failure).toBe('TEAMS.NOT_INSTALLED');
    const list = (await failedList()).map(textOf).join('\n');
    expect(list).toContain('Voeg de app Wijksignaal toe aan het team');
    sure(teams.world.teams[0]).installed = true;
    await retryAll();
    await settledAt(signal.id, 'sent');
    expect(cards(signal.reference)).toHaveLength(1);
  });

  it('is forgotten when somebody blocks the bot, and nobody else gets what was theirs', async () => {
    await worker.say('help');
    const known = () =>
      db.teamsConversation.count({ where: { municipalityId, kind: 'person', externalId: SEED.worker } });
    expect(await known()).toBe(1);
    const signal = await town.file();
    await town.delivered();
    worker.person.blocked = true;
    await town.regisseur.press(await town.card(signal), 'Neem op');
    await expect
      .poll(() => db.delivery.count({ where: { municipalityId, status: 'failed', failure: 'TEAMS.BLOCKED' } }))
      .toBeGreaterThan(0);
    expect(await known()).toBe(0);
    worker.person.blocked = false;
  });
});

describe('a connection', () => {
  it('that breaks before an answer of ours arrives is made anew: who asked waits for it', async () => {
    await town.delivered();
    teams.fail('send', { kind: 'silence' }, { conversation: worker.chat });
    const before = teams.messages(worker.chat).length;
    await worker.say('help');
    const said = teams.messages(worker.chat).slice(before);
    expect(said.map(({ from }) => from)).toEqual([worker.person.mri, 'bot']);
    expect(textOf(sure(said[1]))).toContain('Wat je met Wijksignaal kan');
  });
});

describe('after a restart', () => {
  it('people and channels are written to before they say anything', async () => {
    await worker.say('help');
    const signal = await town.file();
    await town.delivered();
    await town.restart();
    const before = teams.messages(worker.chat).length;
    await db.delivery.updateMany({
      where: { municipalityId, key: `card:${signal.id}` },
      data: { conversationId: null, messageId: null, attemptedAt: null, status: 'failed', failure: 'TEST' },
    });
    await retryAll();
    await settledAt(signal.id, 'sent');
    expect(cards(signal.reference)).toHaveLength(2);
    await town.regisseur.press(sure(cards(signal.reference)[1]), 'Neem op');
    await town.delivered();
    expect(teams.messages(worker.chat).length).toBeGreaterThan(before);
  });

  it('a token the other side no longer takes is fetched anew', async () => {
    const asked = teams.issuer.asked;
    teams.issuer.revokeAll();
    await worker.say('help');
    await worker.say('help');
    expect(teams.issuer.asked).toBe(asked + 1);
    expect(textOf(sure(teams.messages(worker.chat).at(-1)))).toContain('Wat je met Wijksignaal kan');
  });
});
