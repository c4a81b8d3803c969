import type { ModalView } from '@slack/web-api';
import type { Figure, Section, Sizes } from '../bench.js';
import type { Places } from '../places.js';
import { readProfile } from '../read-profile.js';
import { compare, expectSameRows, speeds, startServing, weigh, type Taken, type Weighed } from '../http-load.js';
import { startSlackStub, submitForms, typeCommand } from '../slack-load.js';
import { round } from '../statistics.js';

const IN_FLIGHT = 20;
const UNIT = 'commands/s';
const ROUNDS = { rounds: 7, warmUp: 2, times: 400 };

type Work = 'opening the form' | 'opening a form that is the same for all' | 'filing' | 'doing nothing';

/**
 * Slack's commands over signed HTTP: the product beside a bare Bolt app that opens the same form and files by hand, on
 * PostgreSQL. Whoever sends the requests, and the Slack that answers the calls, are the bench's own process: it takes its share
 * of both sides' time (1.0 to 1.3 ms of the processor for an opening, on a busy machine, where the bare side takes 1.7).
 *
 * The form is this person's: their last neighbourhood is filled in, so the bare side looks it up, in one statement, as whoever
 * opens it must. Beside a form that is the same for all it needs no database, and that is measured too. Filing, it reads nothing
 * at all: it knows people, routes and channels by heart, which no town's bot can.
 *
 * Where it goes, on two busy cores: an opening takes 2.0 ms of the program's processor time, the bare side's 1.7. Of the
 * product's, the call to Slack takes a sixth (half of it the SDK's own), the look-up of who asks 0.1 ms, Bolt 0.07 ms, the form
 * and its token 0.1 ms. A filing takes 5.5 ms, the bare side's 2.1: 2.3 ms for a transaction of four statements through Prisma
 * (0.25 ms for an empty one and some 0.2 ms for each statement), and PostgreSQL 5 ms beside 3.
 */
export async function measureSlack(places: Places, { smoke, profile }: Sizes): Promise<Section> {
  const stub = await startSlackStub();
  const { apiUrl, opened } = stub;
  const product = await startServing('slack-product', { ...(await places.make('postgresql', 'slack')), apiUrl });
  const once = { times: 1, atOnce: 1 };
  const openFirst = async () => {
    await typeCommand(product.url, '/signaal', 'first', once);
    const view = opened.get('first.1');
    if (!view) throw new Error('The product opened no form.');
    return view;
  };
  // Whoever files for the first time sees tips, and no neighbourhood filled in: the form of all others is the second.
  const firstView = await openFirst();
  await submitForms(product.url, () => firstView, product.neighbourhoodIds, once);
  const view = await openFirst();
  const bare = await startServing('slack-bare', { ...(await places.make('postgresql', 'bolt')), apiUrl, view });
  await submitForms(bare.url, () => view, bare.neighbourhoodIds, once);

  const { rounds, warmUp, times } = smoke ? { rounds: 1, warmUp: 0, times: 20 } : ROUNDS;
  const crowd = { times, atOnce: IN_FLIGHT };
  const taken: Taken<Work> = { product: empty(), bare: empty() };
  for (let index = 0; index < warmUp + rounds; index += 1) {
    const order = [
      ['product', product],
      ['bare', bare],
    ] as const;
    for (const [name, side] of index % 2 === 0 ? order : order.toReversed()) {
      const label = `${name}-${index}`;
      const opening = await weigh(side, () => typeCommand(side.url, '/signaal', label, crowd));
      const form = (turn: number): ModalView => opened.get(`${label}.${turn}`) ?? view;
      const filing = await weigh(side, () => submitForms(side.url, form, side.neighbourhoodIds, crowd));
      opened.clear();
      const type = (command: string) => weigh(side, () => typeCommand(side.url, command, label, crowd));
      const sameForAll = name === 'bare' ? await type('/vast') : opening;
      const nothing = name === 'bare' ? await type('/niets') : undefined;
      opened.clear();
      if (index < warmUp) continue;
      taken[name]['opening the form'].push(opening);
      taken[name]['opening a form that is the same for all'].push(sameForAll);
      taken[name].filing.push(filing);
      if (nothing) taken.bare['doing nothing'].push(nothing);
    }
  }
  await expectSameRows(product.side, bare.side);
  await Promise.all([product.side.close(), bare.side.close()]);
  // On a side of its own: measuring where the time goes takes time.
  const heaviest = profile ? await profileProduct(places, apiUrl, times) : [];
  stub.close();

  const figures: Figure[] = [
    compare('slack: opening the form, product / bare Bolt', taken, 'opening the form', '>= 0.8'),
    compare(
      'slack: opening the form, product / bare Bolt’s that is the same for all',
      taken,
      'opening a form that is the same for all',
    ),
    compare('slack: filing, product / bare Bolt', taken, 'filing', '>= 0.5'),
    ...(['opening the form', 'filing'] as const).flatMap((work) => [
      ...speeds(`slack: product: ${work}`, UNIT, taken.product[work]),
      ...speeds(`slack: bare Bolt: ${work}`, UNIT, taken.bare[work]),
    ]),
    ...speeds('slack: bare Bolt: doing nothing', UNIT, taken.bare['doing nothing']),
  ];
  for (const { where, share } of heaviest) console.log(`  profile: ${(share * 100).toFixed(1).padStart(5)} % ${where}`);
  return { figures, details: { profile: heaviest.map(({ where, share }) => ({ where, share: round(share) })) } };
}

/** Opening the form, which is what the aim is hardest on. */
async function profileProduct(places: Places, apiUrl: string, times: number) {
  const folder = await places.folder();
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const { side, url } = await startServing(
    'slack-product',
    { ...(await places.make('postgresql', 'profile')), apiUrl },
    flags,
  );
  for (let index = 0; index < 5; index += 1)
    await typeCommand(url, '/signaal', `profile-${index}`, { times, atOnce: IN_FLIGHT });
  await side.close();
  return (await readProfile(folder)).slice(0, 10);
}

const empty = (): Record<Work, Weighed[]> => ({
  'opening the form': [],
  'opening a form that is the same for all': [],
  filing: [],
  'doing nothing': [],
});
