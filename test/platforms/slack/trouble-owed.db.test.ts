import { expect, it, vi } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { openSlackTown, sure } from './slack-town.js';
import { TROUBLE, type Trouble } from './trouble.js';

/** Every trouble has a neighbourhood, a regisseur and a channel of its own: what befalls one leaves the others alone. */
const PLACES = TROUBLE.map((trouble, index) => {
  const number = String(index + 1).padStart(2, '0');
  return {
    trouble,
    neighbourhood: `Wijk ${number}`,
    regisseur: `U0REGIS${number}`,
    channel: `C0REGIS${number}`,
    index,
  };
});
type Place = (typeof PLACES)[number];

const town = await openSlackTown({
  file: `
name: Teststad
reference: T
administrators:
  - { name: IT-dienst, slack: { user: ${SEED.administrator} } }
neighbourhoods:
${PLACES.map(({ neighbourhood, index }) => `  - { number: ${index + 1}, name: ${neighbourhood} }`).join('\n')}
regisseurs:
${PLACES.map(
  ({ regisseur, channel, index }) =>
    `  - { name: Regisseur ${index + 1}, slack: { user: ${regisseur}, channel: ${channel} }, neighbourhoods: [${index + 1}] }`,
).join('\n')}
coordinator:
  name: Cor Voorbeeldts
  slack: { user: ${SEED.coordinator}, channel: ${SEED.coordinatorChannel} }
`,
  before(slack) {
    for (const { regisseur, channel, neighbourhood } of PLACES) {
      slack.addUser({ id: regisseur, realName: `Regisseur van ${neighbourhood}` });
      slack.addChannel({ id: channel, private: true, members: [regisseur, SEED.coordinator] });
    }
  },
});
const { slack, db, municipalityId, worker } = town;
/** What is not answered is tried again ever later; on a busy machine that takes its time. */
vi.setConfig({ testTimeout: 400_000 });
/** More often than anything is tried. */
const ALWAYS = { times: 1_000 };

async function file({ neighbourhood }: Place, user = worker) {
  const signal = await town.file(user, { neighbourhoods: [neighbourhood] });
  await user.closeView({ all: true });
  return signal;
}

const cardsIn = (channel: string, reference: string) =>
  slack.messages(channel).filter((each) => !each.threadTs && slack.textOf(each).includes(reference));

/** Where the signal's card stands, and how often. */
const standing = ({ channel }: Place, reference: string) => ({
  home: cardsIn(channel, reference).length,
  coordinator: cardsIn(SEED.coordinatorChannel, reference).length,
});

/** When a place is closed for good, posting there is refused as well. */
function close({ trouble, channel }: Place, method: string): void {
  slack.fail(method, trouble.failure, { channel, ...(trouble.passes ? {} : ALWAYS) });
  if (!trouble.passes) slack.fail('chat.postMessage', trouble.failure, { channel, ...ALWAYS });
}

async function tried<T>(what: (place: Place) => Promise<T>): Promise<[Place, T][]> {
  const done: [Place, T][] = [];
  for (const place of PLACES) done.push([place, await what(place)]);
  return done;
}

const expected = (outcome: (trouble: Trouble) => unknown) => TROUBLE.map((each) => [each.name, outcome(each)]);
const seen = <T>(found: [Place, T][]) => found.map(([{ trouble }, outcome]) => [trouble.name, outcome]);

it('chat.postMessage in a channel: the card comes once, there or with the coordinator, with what to do about it', async () => {
  const signals = await tried((place) => {
    close(place, 'chat.postMessage');
    return file(place);
  });
  await town.delivered();
  slack.failures.clear();
  expect(seen(signals.map(([place, { reference }]) => [place, standing(place, reference)]))).toEqual(
    expected(({ passes }) => (passes ? { home: 1, coordinator: 0 } : { home: 0, coordinator: 1 })),
  );
  const failed = await db.delivery.count({ where: { municipalityId, status: 'failed' } });
  expect(failed).toBe(0);
  for (const [{ trouble }, { reference }] of signals) {
    if (trouble.passes) continue;
    const [card] = cardsIn(SEED.coordinatorChannel, reference);
    expect(slack.textOf(sure(card))).toContain('bedoeld voor');
  }
});

it.each(['chat.postMessage', 'conversations.open'])(
  '%s for a person: the receipt comes once, or stands in the failed list with its reason, and is shown to nobody else',
  async (method) => {
    const filers = await tried(async (place) => {
      const user = slack.addUser({ realName: `Nieuw ${place.neighbourhood}` });
      const at = method === 'conversations.open' ? user.id : slack.world.directMessage(slack.team, user.id).id;
      slack.fail(method, place.trouble.failure, { channel: at, ...(place.trouble.passes ? {} : ALWAYS) });
      const { reference } = await file(place, user);
      return { user, reference };
    });
    await town.delivered();
    const found: [Place, unknown][] = [];
    for (const [place, { user, reference }] of filers) {
      const account = await db.account.findFirstOrThrow({ where: { municipalityId, externalId: user.id } });
      const receipt = await db.delivery.findFirstOrThrow({ where: { municipalityId, personId: account.personId } });
      const there = slack.direct(user.id).filter((each) => slack.textOf(each).includes(reference)).length;
      found.push([place, { there, status: receipt.status, failure: receipt.failure }]);
    }
    expect(seen(found)).toEqual(
      expected(({ name, passes }) =>
        passes
          ? { there: 1, status: 'sent', failure: null }
          : { there: 0, status: 'failed', failure: `SLACK.${name.toUpperCase()}` },
      ),
    );
    slack.failures.clear();
    const administrator = slack.user(SEED.administrator);
    await administrator.command('/signaal', 'beheer');
    await administrator.press(sure(slack.ephemerals(administrator.id).at(-1)), { label: 'Probeer alles opnieuw' });
    await town.delivered();
    for (const [, { user, reference }] of filers) {
      expect(slack.direct(user.id).filter((each) => slack.textOf(each).includes(reference))).toHaveLength(1);
    }
  },
);

it('chat.update: the card changes where it stands, or goes on with the coordinator', async () => {
  const signals = await tried(file);
  await town.delivered();
  for (const [place, { reference }] of signals) {
    const [card] = cardsIn(place.channel, reference);
    close(place, 'chat.update');
    await slack.user(place.regisseur).press(sure(card), { label: 'Neem op' });
  }
  await town.delivered();
  slack.failures.clear();
  const counts = signals.map(([place, { reference }]) => {
    const changed = (channel: string) =>
      cardsIn(channel, reference).filter((card) => slack.textOf(card).includes('in onderzoek')).length;
    return [place, { home: changed(place.channel), coordinator: changed(SEED.coordinatorChannel) }] as [Place, unknown];
  });
  expect(seen(counts)).toEqual(
    expected(({ passes }) => (passes ? { home: 1, coordinator: 0 } : { home: 0, coordinator: 1 })),
  );
});

it('conversations.history: what may have arrived is looked up until that is known, and never comes twice', async () => {
  const signals = await tried((place) => {
    slack.fail('chat.postMessage', { kind: 'silence' }, { channel: place.channel });
    close(place, 'conversations.history');
    return file(place);
  });
  await town.delivered();
  slack.failures.clear();
  expect(seen(signals.map(([place, { reference }]) => [place, standing(place, reference)]))).toEqual(
    expected(({ passes }) => (passes ? { home: 1, coordinator: 0 } : { home: 1, coordinator: 1 })),
  );
});

it('conversations.replies: the same in a thread', async () => {
  const signals = (await tried(file)).filter(([{ trouble }]) => trouble.passes);
  await town.delivered();
  const roots: [Place, string][] = [];
  for (const [place, { reference }] of signals) {
    const card = sure(cardsIn(place.channel, reference)[0]);
    slack.fail('chat.postMessage', { kind: 'silence' }, { channel: place.channel });
    slack.fail('conversations.replies', place.trouble.failure, { channel: place.channel });
    const regisseur = slack.user(place.regisseur);
    await regisseur.press(card, { label: 'Vraag meer info' });
    await regisseur.submitView({ text: 'Op welke uren?' });
    await regisseur.closeView({ all: true });
    roots.push([place, card.ts]);
  }
  await town.delivered();
  const inThreads = roots.map(([place, thread]): [Place, number] => [
    place,
    slack.messages(place.channel, { thread }).length,
  ]);
  expect(seen(inThreads)).toEqual(signals.map(([{ trouble }]) => [trouble.name, 1]));
});
