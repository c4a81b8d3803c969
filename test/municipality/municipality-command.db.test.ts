import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runMunicipality } from '../../src/municipality/municipality-command.js';
import { readPreset } from '../../src/municipality/presets.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addSignal } from '../support/rows.js';

const { db } = await openTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'municipality-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as the operator does; the clock moves a minute each time. */
let minute = 0;
async function run(...args: string[]) {
  const lines: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const status = await runMunicipality(args, {
    now: new Date(Date.UTC(2026, 10, 22, 9, minute++)),
    out: (line) => lines.out.push(line),
    err: (line) => lines.err.push(line),
    withDatabase: (work) => work(db),
  });
  return { status, ...lines };
}

function file(name: string, ...edits: [from: string, to: string][]): string {
  const text = edits.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the test looks for “${from}”`);
    return before.replace(from, to);
  }, readPreset('small'));
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}

const small = file('small.yaml');
const renamed = file('renamed.yaml', ['name: Stationswijk', 'name: Stationsbuurt']);

it('shows what a file changes, applies it, and takes it back', async () => {
  expect(await run('undo')).toMatchObject({ status: 1, err: [expect.stringContaining('Er is geen gemeente')] });
  const first = await run('apply', small);
  expect(first).toMatchObject({ status: 0, err: [] });
  expect(first.out).toContain('  + Wijk 3 Hoog - Laag: Regisseur Voorbeeldgem');
  expect(first.out.at(-1)).toBe('Toegepast: de gemeente is klaar voor gebruik.');

  expect(await run('diff', renamed)).toEqual({
    status: 0,
    err: [],
    out: [
      'Dit verandert er (1), + nieuw, - weg, ~ anders:',
      '  ~ Wijk 2 Stationsbuurt',
      '      name: Stationswijk → Stationsbuurt',
      'Er is niets gewijzigd.',
    ],
  });
  expect((await run('apply', renamed, '--lang', 'en')).out.at(-1)).toBe(
    '1 change applied. To take it back: npm run municipality -- undo',
  );
  expect((await run('apply', renamed)).out).toEqual(['Er verandert niets: alles staat al zo.']);

  const back = await run('undo');
  expect(back).toMatchObject({ status: 0, err: [] });
  expect(back.out.at(-1)).toContain('Het bestand van 22 nov 2026 om 10:01 geldt weer.');
  expect((await run('diff', small)).out).toEqual(['Er verandert niets: alles staat al zo.', 'Er is niets gewijzigd.']);
  expect(await run('undo', '--lang', 'en')).toEqual({
    status: 1,
    out: [],
    err: ['There is no former file to go back to.'],
  });
});

it('says before applying which neighbourhoods fall to the coordinator', async () => {
  const gap = file('gap.yaml', ['neighbourhoods: [1, 2, 3]', 'neighbourhoods: [1, 2]']);
  const { status, out } = await run('check', gap);
  expect(status).toBe(0);
  expect(out).toEqual([
    `${gap}:16  let op: Wijk 3 heeft geen regisseur: signalen gaan naar de coördinator.`,
    `${gap} is in orde (wijken: 3, regisseurs: 1, beheerders: 1).`,
  ]);
});

it('names a mistake by file, line and column, and writes nothing', async () => {
  const wrong = file('wrong.yaml', ['coordinator:', 'cordinator:']);
  for (const command of ['check', 'diff', 'apply']) {
    expect(await run(command, wrong)).toEqual({
      status: 1,
      out: [],
      err: [
        `${wrong}:24:1  De sleutel “cordinator” bestaat hier niet. Bedoelde u “coordinator”?`,
        '1 fout. Er is niets gewijzigd.',
      ],
    });
  }
});

it('refuses what the signals in the database do not allow', async () => {
  await run('apply', small);
  const { id: municipalityId } = await db.municipality.findFirstOrThrow({ where: { reference: 'V' } });
  const owner = await db.person.findFirstOrThrow({ where: { municipalityId } });
  const { id: neighbourhoodId } = await db.neighbourhood.findFirstOrThrow({ where: { municipalityId, number: 3 } });
  const signalId = await addSignal(db, municipalityId, owner.id);
  await db.signalNeighbourhood.create({ data: { municipalityId, signalId, neighbourhoodId, position: 0 } });
  const without = file(
    'without.yaml',
    ['  - { number: 3, name: Hoog - Laag, aliases: [Hoogveld] }\n', ''],
    ['[1, 2, 3]', '[1, 2]'],
  );
  expect(await run('apply', without)).toMatchObject({
    status: 1,
    out: [],
    err: [expect.stringContaining('Wijk 3 staat niet meer in het bestand'), 'Er is niets gewijzigd.'],
  });
});

it('explains itself when it is called in a way it does not know', async () => {
  for (const args of [[], ['apply'], ['aply', small], ['check', small, '--what'], ['check', small, small]]) {
    const { status, err } = await run(...args);
    expect({ args, status }).toEqual({ args, status: 1 });
    expect(err[0]).toMatch(/^Gebruik: /);
  }
  const missing = path.join(folder, 'nowhere.yaml');
  expect((await run('check', missing)).err).toEqual([`${missing} kan niet gelezen worden (ENOENT). Klopt het pad?`]);
  expect((await run('check', folder, '--lang', 'en')).err[0]).toContain('cannot be read (EISDIR)');
});

it('asks which municipality when there are two', async () => {
  await run('apply', file('other.yaml', ['name: Voorbeeldgem', 'name: Elders'], ['reference: V', 'reference: E']));
  expect((await run('undo')).err).toEqual([expect.stringContaining('Zet de referentie erbij')]);
  expect((await run('undo', 'E')).err).toEqual(['Er is geen vorig bestand om naar terug te keren.']);
});

it('shows which open signals a file would move, when and to whom, and moves none', async () => {
  await run('apply', small);
  const { id: municipalityId } = await db.municipality.findFirstOrThrow({ where: { reference: 'V' } });
  const where = { municipalityId };
  const owner = await db.person.findFirstOrThrow({ where: { ...where, name: 'Regisseur Voorbeeldgem' } });
  const place = await db.neighbourhood.findFirstOrThrow({ where: { ...where, number: 2 } });
  const other = await db.neighbourhood.findFirstOrThrow({ where: { ...where, number: 1 } });
  const add = async (reference: string, neighbourhoodId: string, status: 'accepted' | 'closed') => {
    const signalId = await addSignal(db, municipalityId, owner.id, {
      reference,
      status,
      route: { rule: 'assignment' },
    });
    await db.signalNeighbourhood.create({ data: { municipalityId, signalId, neighbourhoodId, position: 0 } });
  };
  await add('V-2026-0001', place.id, 'accepted');
  await add('V-2026-0002', place.id, 'closed');
  await add('V-2026-0003', other.id, 'accepted');
  const split = file(
    'split.yaml',
    ['neighbourhoods: [1, 2, 3]', 'neighbourhoods: [1, 3]'],
    ['coordinator:', '  - { name: Regisseur Nieuw, neighbourhoods: [2], from: 2026-12-01 }\ncoordinator:'],
  );
  const { out, status } = await run('diff', split);
  expect(status).toBe(0);
  expect(out.slice(-3)).toEqual([
    'Open signalen die daarmee in andere handen komen, op de eerste werkdag vanaf die dag:',
    '  1 december 2026: 1 van Regisseur Voorbeeldgem naar Regisseur Nieuw (V-2026-0001)',
    'Er is niets gewijzigd.',
  ]);
  expect((await run('diff', split, '--lang', 'en')).out).toContain(
    '  1 December 2026: 1 from Regisseur Voorbeeldgem to Regisseur Nieuw (V-2026-0001)',
  );
  expect(await db.person.count({ where: { ...where, name: 'Regisseur Nieuw' } })).toBe(0);
  expect(await db.signal.count({ where: { ...where, ownerId: owner.id } })).toBe(3);
  await db.signal.deleteMany({ where });
});
