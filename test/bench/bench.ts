/**
 * What the product costs, beside what it could cost: `npm run bench`.
 *   --smoke            tiny sizes and one round, in seconds: that it runs, not how fast; writes nothing
 *   --only a,b         some of: filing, reading, queue, slack, burst, teams, newsletter, start, platforms; results.json keeps
 *                      the others' last figures
 *   --server URL       a PostgreSQL to measure on (as superuser); databases called bench_... are made anew. Otherwise one
 *                      of its own is started, with fsync off: what is left is the work itself
 *   --profile          where the time goes (sections filing, slack, burst and teams)
 * Compare only the ratios of one run: both sides took turns on the same machine. No test depends on a time.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openPlaces, type Places } from './places.js';
import { describeMachine } from './machine.js';
import { measureBurst } from './sections/burst.js';
import { measureFiling } from './sections/filing.js';
import { measureNewsletter } from './sections/newsletter.js';
import { measurePlatforms } from './sections/platforms.js';
import { measureQueue } from './sections/queue.js';
import { measureReading } from './sections/reading.js';
import { measureSlack } from './sections/slack.js';
import { measureStart } from './sections/start.js';
import { measureTeams } from './sections/teams.js';
import { saySpread, type Spread } from './statistics.js';

/** One line of the table. */
export interface Figure {
  what: string;
  unit: string;
  spread: Spread;
  aim?: string;
}

export interface Section {
  figures: Figure[];
  /** Everything else worth keeping, for `results.json`. */
  details: Record<string, unknown>;
}

export interface Sizes {
  smoke: boolean;
  profile: boolean;
}

/** What `results.json` holds: by section, when and on which machine it was measured last, and its figures. */
type Results = Record<string, Section & { date: string; machine: Awaited<ReturnType<typeof describeMachine>> }>;

const SECTIONS: Record<string, (places: Places, sizes: Sizes) => Promise<Section>> = {
  filing: measureFiling,
  reading: measureReading,
  queue: measureQueue,
  slack: measureSlack,
  burst: measureBurst,
  teams: measureTeams,
  newsletter: measureNewsletter,
  start: measureStart,
  platforms: measurePlatforms,
};
const RESULTS = new URL('results.json', import.meta.url);

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(SECTIONS).join(',') },
    server: { type: 'string' },
  },
});
const chosen = values.only.split(',');
const unknown = chosen.filter((name) => !(name in SECTIONS));
if (unknown.length > 0)
  throw new Error(`There is no section ${unknown.join(', ')}: ${Object.keys(SECTIONS).join(', ')}.`);

const places = await openPlaces(values.server);
try {
  const machine = await describeMachine(places);
  const measured: Results = {};
  for (const name of chosen) {
    console.log(`\n${name}`);
    const section = await SECTIONS[name]?.(places, { smoke: values.smoke, profile: values.profile });
    if (!section) continue;
    measured[name] = { date: new Date().toISOString(), machine, ...section };
    for (const figure of section.figures) console.log(sayFigure(figure));
  }
  if (!values.smoke) {
    await writeFile(RESULTS, `${JSON.stringify({ ...(await readResults()), ...measured }, null, 2)}\n`);
    console.log(`\nWrote test/bench/results.json.`);
  }
} finally {
  await places.close();
}

/** What was measured before; sections that are gone are left out. */
async function readResults(): Promise<Results> {
  const text = await readFile(RESULTS, 'utf8').catch(() => '{}');
  const results = JSON.parse(text) as Results;
  return Object.fromEntries(Object.entries(results).filter(([name]) => name in SECTIONS));
}

function sayFigure({ what, unit, spread, aim }: Figure): string {
  return `  ${what.padEnd(62)} ${saySpread(spread)} ${unit}${aim ? `, aim ${aim}` : ''}`;
}
