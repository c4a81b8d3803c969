import type { Section, Sizes } from '../bench.js';
import { ratios, takeTurns, type Rounds } from '../compare.js';
import type { Engine, Places } from '../places.js';
import { readProfile } from '../read-profile.js';
import { startSide, type RunningSide } from '../start-side.js';
import { round, spreadOf, type Spread } from '../statistics.js';

const IN_FLIGHT = 20;
/** PGlite's WebAssembly gets faster for thousands of statements. */
const ROUNDS: Record<Engine, Rounds> = {
  postgresql: { rounds: 9, warmUp: 2, times: 1_000 },
  pglite: { rounds: 7, warmUp: 4, times: 200 },
};

/** Filing through the core beside plain SQL that writes the same rows. */
export async function measureFiling(places: Places, { smoke, profile }: Sizes): Promise<Section> {
  const section: Section = { figures: [], details: {} };
  for (const engine of ['postgresql', 'pglite'] as const) {
    const sides = {
      core: await startSide('file-with-core', { ...(await places.make(engine, 'core')), atOnce: IN_FLIGHT }),
      byHand: await startSide('file-by-hand', { ...(await places.make(engine, 'by_hand')), atOnce: IN_FLIGHT }),
    };
    const rounds = smoke ? { rounds: 1, warmUp: 0, times: 20 } : ROUNDS[engine];
    const { core = [], byHand = [] } = await takeTurns(sides, 'file', rounds);
    await expectSameRows(sides);
    await Promise.all(Object.values(sides).map((side) => side.close()));
    const perSecond = (taken: typeof core): Spread => spreadOf(taken.map(({ milliseconds }) => 1_000 / milliseconds));
    section.figures.push(
      { what: `${engine}: filing, by hand / core`, unit: 'x', spread: spreadOf(ratios(byHand, core)), aim: '>= 0.5' },
      { what: `${engine}: core`, unit: 'filings/s', spread: perSecond(core) },
      { what: `${engine}: by hand`, unit: 'filings/s', spread: perSecond(byHand) },
      {
        what: `${engine}: core, processor time of its process`,
        unit: 'ms/filing',
        spread: spreadOf(core.map(({ cpuMilliseconds }) => cpuMilliseconds)),
      },
      {
        what: `${engine}: by hand, processor time of its process`,
        unit: 'ms/filing',
        spread: spreadOf(byHand.map(({ cpuMilliseconds }) => cpuMilliseconds)),
      },
    );
    section.details[engine] = { core, byHand };
    if (profile) section.details[`${engine} profile`] = await profileFiling(places, engine, rounds);
  }
  return section;
}

/** A side that wrote less would win unfairly. */
async function expectSameRows({ core, byHand }: Record<'core' | 'byHand', RunningSide>): Promise<void> {
  const [ours, theirs] = [JSON.stringify(await core.report()), JSON.stringify(await byHand.report())];
  if (ours !== theirs) throw new Error(`The sides did not write the same rows:\n${ours}\n${theirs}`);
}

async function profileFiling(places: Places, engine: Engine, { warmUp, times }: Rounds) {
  const folder = await places.folder();
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const side = await startSide(
    'file-with-core',
    { ...(await places.make(engine, 'profile')), atOnce: IN_FLIGHT },
    flags,
  );
  for (let index = 0; index < warmUp + 3; index += 1) await side.run('file', times);
  await side.close();
  const lines = (await readProfile(folder)).slice(0, 8);
  for (const { where, share } of lines)
    console.log(`  ${engine} profile: ${(share * 100).toFixed(1).padStart(5)} % ${where}`);
  return lines.map(({ where, share }) => ({ where, share: round(share) }));
}
