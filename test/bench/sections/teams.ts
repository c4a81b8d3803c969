import type { Section, Sizes } from '../bench.js';
import { compare, expectSameRows, speeds, startServing, weigh, type Taken, type Weighed } from '../http-load.js';
import type { Places } from '../places.js';
import { readProfile } from '../read-profile.js';
import { round } from '../statistics.js';
import { createTeamsLoad, startMicrosoftStub, type MicrosoftStub } from '../teams-load.js';

const IN_FLIGHT = 20;
const ROUNDS = { rounds: 7, warmUp: 2, times: 400 };

const WORKS = ['answering a message', 'opening the form', 'filing'] as const;
type Work = (typeof WORKS)[number];
const UNITS: Record<Work, string> = {
  'answering a message': 'messages/s',
  'opening the form': 'forms/s',
  filing: 'signals/s',
};

/**
 * Teams' activities over HTTP under right tokens: the product beside a bare teams-ai echo that opens the same form and files by
 * hand, on PostgreSQL. Whoever sends the requests, and the Microsoft that answers the calls, are the bench's own process.
 */
export async function measureTeams(places: Places, { smoke, profile }: Sizes): Promise<Section> {
  const stub = await startMicrosoftStub();
  const start = async (name: string, database: string, more: object = {}) => {
    const place = await places.make('postgresql', database);
    const serving = await startServing(name, { ...place, microsoftUrl: stub.url, ...more });
    return { ...serving, load: createTeamsLoad(stub, serving.url, IN_FLIGHT) };
  };
  const product = await start('teams-product', 'teams');
  const [card] = (await product.load.open(1)).cards.values();
  const bare = await start('teams-bare', 'echo', { card });

  const { rounds, warmUp, times } = smoke ? { rounds: 1, warmUp: 0, times: 20 } : ROUNDS;
  const taken: Taken<Work> = { product: empty(), bare: empty() };
  for (let index = 0; index < warmUp + rounds; index += 1) {
    const order = [
      ['product', product],
      ['bare', bare],
    ] as const;
    for (const [name, side] of index % 2 === 0 ? order : order.toReversed()) {
      const sentBefore = stub.sent();
      const answering = await weigh(side, () => side.load.say(times));
      if (stub.sent() - sentBefore < times) throw new Error(`The ${name} side left messages unanswered.`);
      const { cards, ...opening } = await weigh(side, () => side.load.open(times));
      const filing = await weigh(side, () => side.load.submit(cards, side.neighbourhoodIds));
      if (index < warmUp) continue;
      taken[name]['answering a message'].push(answering);
      taken[name]['opening the form'].push(opening);
      taken[name].filing.push(filing);
    }
  }
  await expectSameRows(product.side, bare.side);
  await Promise.all([product.side.close(), bare.side.close()]);
  // On a side of its own: measuring where the time goes takes time.
  const heaviest = profile ? await profileProduct(places, stub, times) : [];
  stub.close();

  const figures = [
    ...WORKS.map((work) => compare(`teams: ${work}, product / bare teams-ai`, taken, work)),
    ...WORKS.flatMap((work) => [
      ...speeds(`teams: product: ${work}`, UNITS[work], taken.product[work]),
      ...speeds(`teams: bare teams-ai: ${work}`, UNITS[work], taken.bare[work]),
    ]),
  ];
  for (const { where, share } of heaviest) console.log(`  profile: ${(share * 100).toFixed(1).padStart(5)} % ${where}`);
  return { figures, details: { profile: heaviest.map(({ where, share }) => ({ where, share: round(share) })) } };
}

/** All three kinds of work, in turns. */
async function profileProduct(places: Places, stub: MicrosoftStub, times: number) {
  const folder = await places.folder();
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const place = await places.make('postgresql', 'profile');
  const { side, url, neighbourhoodIds } = await startServing(
    'teams-product',
    { ...place, microsoftUrl: stub.url },
    flags,
  );
  const load = createTeamsLoad(stub, url, IN_FLIGHT);
  for (let index = 0; index < 5; index += 1) {
    await load.say(times);
    await load.submit((await load.open(times)).cards, neighbourhoodIds);
  }
  await side.close();
  return (await readProfile(folder)).slice(0, 10);
}

const empty = (): Record<Work, Weighed[]> => ({ 'answering a message': [], 'opening the form': [], filing: [] });
