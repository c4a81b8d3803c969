/**
 * What the product costs, beside what it could cost: `npm run bench`.
 *   --smoke            tiny sizes and one round, in seconds: that it runs, not how fast; writes nothing
 *   --only a,b         some of: filing, reading, queue, slack, newsletter, start
 *   --server URL       a PostgreSQL to measure on (as superuser); databases called bench_... are made anew. Otherwise one
 *                      of its own is started, with fsync off: what is left is the work itself
 *   --profile          where the time goes (sections filing and slack)
 * Compare only the ratios of one run: both sides took turns on the same machine. No test depends on a time.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openPlaces, type Places } from './places.js';
import { describeMachine } from './machine.js';
import { measureFiling } from './sections/filing.js';
import { measureNewsletter } from './sections/newsletter.js';
import { measureQueue } from './sections/queue.js';
import { measureReading } from './sections/reading.js';
import { measureSlack } from './sections/slack.js';
import { measureStart } from './sections/start.js';
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

const SECTIONS: Record<string, (places: Places, sizes: Sizes) => Promise<Section>> = {
  filing: measureFiling,
  reading: measureReading,
  queue: measureQueue,
  slack: measureSlack,
  newsletter: measureNewsletter,
  start: measureStart,
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
  const sections: Record<string, Section> = {};
  for (const name of chosen) {
    console.log(`\n${name}`);
    const section = await SECTIONS[name]?.(places, { smoke: values.smoke, profile: values.profile });
    if (!section) continue;
    sections[name] = section;
    for (const figure of section.figures) console.log(sayFigure(figure));
  }
  if (!values.smoke) {
    await writeFile(RESULTS, `${JSON.stringify({ date: new Date().toISOString(), machine, sections }, null, 2)}\n`);
    console.log(`\nWrote test/bench/results.json.`);
  }
} finally {
  await places.close();
}

function sayFigure({ what, unit, spread, aim }: Figure): string {
  return `  ${what.padEnd(62)} ${saySpread(spread)} ${unit}${aim ? `, aim ${aim}` : ''}`;
}
