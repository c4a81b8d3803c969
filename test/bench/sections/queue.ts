import type { Section, Sizes } from '../bench.js';
import { ratios, takeTurns } from '../compare.js';
import type { Places } from '../places.js';
import { startSide } from '../start-side.js';
import { spreadOf } from '../statistics.js';

/** Sending owed messages to a platform that does nothing, beside the queue doing nothing. */
export async function measureQueue(places: Places, { smoke }: Sizes): Promise<Section> {
  const section: Section = { figures: [], details: {} };
  const rounds = smoke ? { rounds: 1, warmUp: 0, times: 20 } : { rounds: 5, warmUp: 1, times: 10_000 };
  for (const engine of ['postgresql', 'pglite'] as const) {
    const sides = {
      worker: await startSide('send-with-worker', await places.make(engine, 'worker')),
      nothing: await startSide('send-nothing', await places.make(engine, 'nothing')),
    };
    const { worker = [], nothing = [] } = await takeTurns(sides, 'send', rounds);
    await Promise.all(Object.values(sides).map((side) => side.close()));
    const perSecond = (taken: typeof worker) => spreadOf(taken.map(({ milliseconds }) => 1_000 / milliseconds));
    section.figures.push(
      { what: `${engine}: sending, queue alone / worker`, unit: 'x', spread: spreadOf(ratios(nothing, worker)) },
      { what: `${engine}: worker with a platform that does nothing`, unit: 'messages/s', spread: perSecond(worker) },
      { what: `${engine}: queue alone, fetched and completed`, unit: 'jobs/s', spread: perSecond(nothing) },
    );
    section.details[engine] = { worker, nothing };
  }
  return section;
}
