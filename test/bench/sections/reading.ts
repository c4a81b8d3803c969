import { PGlite } from '@electric-sql/pglite';
import path from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../../src/storage/database.js';
import type { Figure, Section, Sizes } from '../bench.js';
import { ratios, takeTurns } from '../compare.js';
import { generateSignals } from '../generate-signals.js';
import type { Place, Places } from '../places.js';
import { startSide, type RunningSide } from '../start-side.js';
import { round, spreadOf } from '../statistics.js';
import { createBenchTown } from '../town.js';

const WORK = ['lookup', 'list', 'deep page', 'search frequent', 'search occasional', 'search rare', 'similar'];
const SEED = 1;
const UNTIL = new Date('2026-11-01T12:00:00Z');
/** The size that the others are held against. */
const BASE = 1_000;

/** Looking one signal up, listing and searching, in municipalities of different sizes. */
export async function measureReading(places: Places, { smoke }: Sizes): Promise<Section> {
  const sizes = smoke ? [50, 200] : [200, BASE, 100_000, 1_000_000];
  const base = smoke ? 50 : BASE;
  const details: Record<string, unknown> = {};
  const sides: Record<string, RunningSide> = {};
  for (const size of sizes) {
    const place = await places.make('postgresql', `reading_${size}`);
    const start = performance.now();
    await fill(place, size);
    details[`seconds to make ${size}`] = round((performance.now() - start) / 1_000);
    sides[size] = await startSide('read', place);
    details[`found in ${size}`] = await sides[size].report();
  }
  const figures: Figure[] = [];
  const rounds = smoke ? { rounds: 1, warmUp: 0, times: 3 } : { rounds: 15, warmUp: 3, times: 60 };
  for (const work of WORK) {
    const taken = await takeTurns(sides, work, rounds);
    details[work] = taken;
    for (const size of sizes) {
      const own = taken[size] ?? [];
      figures.push({
        what: `${work}, ${size} signals`,
        unit: 'ms',
        spread: spreadOf(own.map(({ milliseconds }) => milliseconds)),
      });
      if (size <= base) continue;
      figures.push({
        what: `${work}, ${size} / ${base} signals`,
        unit: 'x',
        spread: spreadOf(ratios(own, taken[base])),
        aim: '<= 2',
      });
    }
  }
  await Promise.all(Object.values(sides).map((side) => side.close()));
  return { figures, details };
}

async function fill(place: Place, count: number): Promise<void> {
  const database = await openDatabase(place);
  const { municipality } = await createBenchTown(database.db);
  await database.close();
  const options = { municipalityId: municipality.id, reference: 'B', count, seed: SEED, until: UNTIL };
  if (!place.databaseUrl) {
    const pglite = await PGlite.create({ dataDir: path.join(place.dataDir, 'database') });
    await generateSignals((sql) => pglite.exec(sql), options);
    return pglite.close();
  }
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  await generateSignals((sql) => client.query(sql), options);
  await client.end();
}
