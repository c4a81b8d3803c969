import { setTimeout as sleep } from 'node:timers/promises';
import type { Section, Sizes } from '../bench.js';
import type { Place, Places } from '../places.js';
import { startProgram } from '../start-program.js';
import { spreadOf } from '../statistics.js';

/** After this, what the start needed has been given back. */
const SETTLE_MS = 10_000;

/** The built program: from its start until it is ready, on an empty database and again on the same, and idle memory. */
export async function measureStart(places: Places, { smoke }: Sizes): Promise<Section> {
  const section: Section = { figures: [], details: {} };
  for (const engine of ['pglite', 'postgresql'] as const) {
    const measured: Record<'first' | 'second' | 'memory', number[]> = { first: [], second: [], memory: [] };
    for (let index = 0; index < (smoke ? 1 : 5); index += 1) {
      const environment = asEnvironment(await places.make(engine, 'start'));
      const first = await startProgram(environment);
      await first.stop();
      const second = await startProgram(environment);
      await sleep(smoke ? 0 : SETTLE_MS);
      measured.first.push(first.readyMs / 1_000);
      measured.second.push(second.readyMs / 1_000);
      measured.memory.push(await second.memory());
      await second.stop();
    }
    section.figures.push(
      { what: `${engine}: first start, with the demo year, to ready`, unit: 's', spread: spreadOf(measured.first) },
      { what: `${engine}: second start to ready`, unit: 's', spread: spreadOf(measured.second) },
      { what: `${engine}: idle memory`, unit: 'MB', spread: spreadOf(measured.memory) },
    );
    section.details[engine] = measured;
  }
  return section;
}

function asEnvironment({ databaseUrl, dataDir }: Place): Record<string, string> {
  return { DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
}
