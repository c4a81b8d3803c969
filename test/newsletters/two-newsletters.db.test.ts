import { afterAll, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { Figures } from '../../src/newsletters/read-figures.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addSignal } from '../support/rows.js';
import { openTown } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people, neighbourhoods } = town;
afterAll(() => town.stop());

it('of two newsletters about the same days one alone has tables: nobody finds a small count by subtracting them', async () => {
  const settings = MunicipalitySettings.parse({
    newsletters: [
      { key: 'kwartaal', title: 'Kwartaal', schedule: 'eerste dinsdag van maart, juni, september en december om 9 u.' },
      { key: 'maand', title: 'Maand', schedule: 'eerste dinsdag van de maand om 9 u.' },
    ],
  });
  await db.municipality.update({ where: { id: municipalityId }, data: { settings } });
  await town.tickAt('2026-05-20T08:00:00Z');
  for (const [count, neighbourhoodId] of [
    [12, neighbourhoods.rabot],
    [9, neighbourhoods.dampoort],
  ] as const) {
    for (let index = 0; index < count; index += 1) {
      const filedAt = new Date('2026-05-04T10:00:00Z');
      const row = { filedAt, updatedAt: filedAt, lifeDomain: 'housing', fundamentalRight: 'housing' };
      const signalId = await addSignal(db, municipalityId, people.regisseur.id, row);
      await db.signalNeighbourhood.create({ data: { municipalityId, signalId, neighbourhoodId, position: 0 } });
    }
  }
  await town.tickAt('2026-05-23T07:01:00Z');
  const drafted = async (series: string) => {
    const { figures, text } = await db.newsletter.findFirstOrThrow({ where: { municipalityId, series } });
    return { figures: Figures.parse(figures), words: (text as { came: string }).came };
  };
  const quarter = await drafted('kwartaal');
  const month = await drafted('maand');
  expect(quarter.figures.places.lines).toHaveLength(2);
  expect(quarter.words).toContain('Per wijk');
  // The same signals, the same total, and nothing to subtract from a table.
  expect([quarter.figures.filed, month.figures.filed]).toEqual([21, 21]);
  for (const table of ['places', 'domains', 'rights', 'outcomes'] as const) {
    expect(month.figures[table], table).toEqual({ lines: [], rest: 0 });
  }
  expect(month.words).toContain('21 signalen');
  expect(month.words).not.toMatch(/Per wijk|Kleine aantallen/);
});
