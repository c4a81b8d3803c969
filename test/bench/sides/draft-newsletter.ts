import { createMunicipalityReader } from '../../../src/municipality/read-municipality.js';
import { MunicipalitySettings } from '../../../src/municipality/municipality-settings.js';
import { makeDraft } from '../../../src/newsletters/draft-newsletter.js';
import { readFigures, readStories } from '../../../src/newsletters/read-figures.js';
import { issueAt } from '../../../src/newsletters/series.js';
import { openDatabase } from '../../../src/storage/database.js';
import { QUARTER, TOWNS_ASKED } from '../quarter.js';
import type { Side } from '../start-side.js';

const SCHEDULE = 'eerste dinsdag van maart, juni, september en december om 9 u.';

/** Drafts a town's quarterly newsletter, as the product does. */
export async function open(options: { databaseUrl?: string; dataDir: string }): Promise<Side> {
  const database = await openDatabase(options);
  const { db } = database;
  const settings = MunicipalitySettings.parse({ newsletters: [{ title: 'Signalen', schedule: SCHEDULE }] });
  const [series] = settings.newsletters;
  const towns = await db.municipality.findMany({ orderBy: { reference: 'asc' }, take: TOWNS_ASKED });
  const read = createMunicipalityReader(db, () => QUARTER.until);
  const municipalities = await Promise.all(towns.map(async ({ id }) => ({ ...(await read(id)), settings })));
  let turn = 0;
  const next = () => {
    const municipality = municipalities[(turn += 1) % municipalities.length];
    if (!municipality || !series) throw new Error('There is no town.');
    return { municipality, series };
  };
  const count = async ({ id }: { id: string }) => ({
    figures: await readFigures(db, id, QUARTER, QUARTER.before),
    stories: await readStories(db, id, QUARTER),
  });
  return {
    // Drafts of before would be the trend of the next ones.
    prepare: async () => {
      for (const { id } of municipalities) await db.newsletter.deleteMany({ where: { municipalityId: id } });
    },
    work: {
      async figures(times) {
        for (let index = 0; index < times; index += 1) await count(next().municipality);
      },
      async draft(times) {
        for (let index = 0; index < times; index += 1) {
          const { municipality, series: own } = next();
          // Each another issue, a minute later: an issue is drafted once.
          const sendAt = new Date(QUARTER.until.getTime() + (index + 1) * 60_000);
          const issue = issueAt(own, municipality, sendAt);
          await db.$transaction((tx) => makeDraft({ tx, municipality, now: QUARTER.until, features: [] }, issue));
        }
      },
    },
    async report() {
      const [municipality] = municipalities;
      const { figures } = await count({ id: municipality?.id ?? '' });
      return { trend: figures.trend.map(({ count: bar }) => bar), filed: figures.filed };
    },
    close: () => database.close(),
  };
}
