import type { ModalView } from '@slack/web-api';
import type { Figure, Section, Sizes } from '../bench.js';
import type { Places } from '../places.js';
import { readProfile } from '../read-profile.js';
import { compare, expectSameRows, speeds, startServing, type Taken, type Timed } from '../http-load.js';
import { startSlackStub, submitForms, typeCommand } from '../slack-load.js';
import { round } from '../statistics.js';

const IN_FLIGHT = 20;
const UNIT = 'commands/s';
const ROUNDS = { rounds: 7, warmUp: 2, times: 400 };

type Work = 'opening the form' | 'filing' | 'doing nothing';

/**
 * Slack's commands over signed HTTP: the product beside a bare Bolt app that opens the same form and files by hand, on
 * PostgreSQL. Whoever sends the requests, and the Slack that answers the calls, are the bench's own process.
 */
export async function measureSlack(places: Places, { smoke, profile }: Sizes): Promise<Section> {
  const stub = await startSlackStub();
  const { apiUrl, opened } = stub;
  const product = await startServing('slack-product', { ...(await places.make('postgresql', 'slack')), apiUrl });
  await typeCommand(product.url, '/signaal', 'first', { times: 1, atOnce: 1 });
  const view = opened.get('first.1');
  if (!view) throw new Error('The product opened no form.');
  const bare = await startServing('slack-bare', { ...(await places.make('postgresql', 'bolt')), apiUrl, view });

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
      const opening = await typeCommand(side.url, '/signaal', label, crowd);
      const form = (turn: number): ModalView => opened.get(`${label}.${turn}`) ?? view;
      const filing = await submitForms(side.url, form, side.neighbourhoodIds, crowd);
      const nothing = name === 'bare' ? await typeCommand(side.url, '/niets', label, crowd) : undefined;
      opened.clear();
      if (index < warmUp) continue;
      taken[name]['opening the form'].push(opening);
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

const empty = (): Record<Work, Timed[]> => ({ 'opening the form': [], filing: [], 'doing nothing': [] });
