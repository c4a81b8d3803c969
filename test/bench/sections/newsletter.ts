import pg from 'pg';
import { openDatabase } from '../../../src/storage/database.js';
import type { Figure, Section, Sizes } from '../bench.js';
import { ratios, takeTurns } from '../compare.js';
import { generateSignals } from '../generate-signals.js';
import type { Place, Places } from '../places.js';
import { startSide } from '../start-side.js';
import { round, spreadOf } from '../statistics.js';
import { createBenchTown } from '../town.js';

const UNTIL = new Date('2026-11-01T12:00:00Z');
/** Thirty quarters. */
const YEARS = 7.5;

/**
 * Drafting a quarterly newsletter, beside the best single statement for the same figures, in a database of a few towns and in
 * one of three hundred. Towns are of one size, so that what grows is the database.
 */
export async function measureNewsletter(places: Places, { smoke }: Sizes): Promise<Section> {
  const perTown = smoke ? 60 : 3_334;
  const sizes = smoke ? [1, 3] : [3, 300];
  const rounds = smoke ? { rounds: 1, warmUp: 0, times: 2 } : { rounds: 11, warmUp: 2, times: 30 };
  const figures: Figure[] = [];
  const details: Record<string, unknown> = {};
  const drafts: Record<number, Awaited<ReturnType<typeof takeTurns>>> = {};
  for (const towns of sizes) {
    const place = await places.make('postgresql', `newsletter_${towns}`);
    const start = performance.now();
    await fill(place, towns, perTown);
    details[`seconds to make ${towns * perTown}`] = round((performance.now() - start) / 1_000);
    const sides = {
      drafting: await startSide('draft-newsletter', place),
      byHand: await startSide('figures-by-hand', place),
    };
    const [ours, theirs] = await Promise.all(Object.values(sides).map((side) => side.report()));
    // What is compared must say the same.
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error('The two sides count differently.');
    const counted = await takeTurns(sides, 'figures', rounds);
    const drafted = await takeTurns({ drafting: sides.drafting }, 'draft', rounds);
    drafts[towns] = { ...counted, whole: drafted['drafting'] ?? [] };
    await Promise.all(Object.values(sides).map((side) => side.close()));
    const signals = towns * perTown;
    const milliseconds = (name: string) => spreadOf((drafts[towns]?.[name] ?? []).map((taken) => taken.milliseconds));
    figures.push(
      { what: `figures of a quarter, ${signals} signals`, unit: 'ms', spread: milliseconds('drafting') },
      { what: `the same by one statement, ${signals} signals`, unit: 'ms', spread: milliseconds('byHand') },
      {
        what: `figures / one statement, ${signals} signals`,
        unit: 'x',
        spread: spreadOf(ratios(counted['drafting'], counted['byHand'])),
        aim: '<= 3',
      },
      { what: `a whole draft with pictures, ${signals} signals`, unit: 'ms', spread: milliseconds('whole') },
    );
  }
  const [few = 0, many = 0] = sizes;
  for (const name of ['drafting', 'byHand', 'whole']) {
    figures.push({
      what: `${name}, ${many * perTown} / ${few * perTown} signals`,
      unit: 'x',
      spread: spreadOf(ratios(drafts[many]?.[name], drafts[few]?.[name])),
      ...(name === 'byHand' ? {} : { aim: '<= 2' }),
    });
  }
  return { figures, details: { ...details, drafts } };
}

async function fill(place: Place, towns: number, count: number): Promise<void> {
  const database = await openDatabase(place);
  const ids: string[] = [];
  for (let town = 0; town < towns; town += 1) {
    ids.push((await createBenchTown(database.db, { reference: `B${town}` })).municipality.id);
  }
  await database.close();
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  for (const [index, municipalityId] of ids.entries()) {
    const options = { municipalityId, reference: `B${index}`, count, seed: index + 1, until: UNTIL, years: YEARS };
    await generateSignals((sql) => client.query(sql), { ...options, analyze: index === ids.length - 1 });
  }
  await client.end();
}
