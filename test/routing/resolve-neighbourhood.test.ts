import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMunicipalityFile } from '../../src/municipality/municipality-file.js';
import { readPreset } from '../../src/municipality/presets.js';
import { resolveNeighbourhoods, searchNeighbourhoods } from '../../src/routing/resolve-neighbourhood.js';

const parsed = parseMunicipalityFile(readPreset('gent'));
if (!parsed.ok) throw new Error('the Gent preset cannot be read');
/** The id is the number, so that a table can name neighbourhoods by it. */
const gent = parsed.file.neighbourhoods.map((neighbourhood) => ({
  ...neighbourhood,
  id: String(neighbourhood.number),
}));

const SPELLINGS: [typed: string, ...numbers: number[]][] = [
  // As the mission's documents spell them.
  ['Binnenstad', 1],
  ['Sluizeken-Tolhuis-Ham', 2],
  ['Macharius-Heirnis', 3],
  ['Brugse Poort -Rooigem', 4],
  ['Watersportbaan - Ekkerghem', 5],
  ['Elisabethbegijnhof – Papegaai', 6],
  ['Rabot-Blaisantvest', 7],
  ['Wondelgem', 8],
  ['Bloemekenswijk', 9],
  ['Muide-Meulestede-Afrikalaan', 10],
  ['Kanaaldorpen', 11],
  ['Oostakker', 12],
  ['Dampoort Sint-Amandsberg', 13, 14],
  ['Moscou-Vogelhoek', 15],
  ['Gentbrugge', 16],
  ['Oud-Gentbrugge', 17],
  ['Ledeberg', 18],
  ['Zwijnaarde', 19],
  ['Nieuw Gent-UZ', 20],
  ['Stationsbuurt Zuid', 21],
  ['Stationsbuurt Noord', 22],
  ['Sint-Denijs-Westrem', 23],
  ['Mariakerke', 24],
  ['Drogen', 25],
  // Parts of a name.
  ['Ekkerghem', 5],
  ['Ekkergem', 5],
  ['Papegaai', 6],
  ['Prinsenhof', 6],
  ['Sint-Michiels', 6],
  ['Brugse Poort', 4],
  ['Rooigem', 4],
  ['Rabot', 7],
  ['Blaisantvest', 7],
  ['Muide', 10],
  ['Meulestede', 10],
  ['Ham', 2],
  ['UZ', 20],
  ['Nieuw Gent', 20],
  ['Afsnee', 23],
  ['Heirnis', 3],
  // Capitals, hyphens, dashes, spaces, accents, abbreviations.
  ['RABOT', 7],
  ['  rabot  ', 7],
  ['brugsepoort', 4],
  ['brugse-poort', 4],
  ['Brugse Poort – Rooigem', 4],
  ['Brugse Poort — Rooigem', 4],
  ['nieuwgent', 20],
  ['St-Amandsberg', 14],
  ['St. Amandsberg', 14],
  ['sint amandsberg', 14],
  ['Sint\u2011Amandsberg', 14],
  ['Sint Denijs Westrem', 23],
  ['Afsnée', 23],
  ['oud gentbrugge', 17],
  ['Gentse Kanaaldorpen en -zone', 11],
  ['stationsbuurt-zuid', 21],
  ['de wijk Rabot', 7],
  // Numbers.
  ['7', 7],
  ['07', 7],
  ['wijk 7', 7],
  ['nr. 25', 25],
  // Typos.
  ['Drongn', 25],
  ['Wondelgm', 8],
  ['Ledenberg', 18],
  ['Moskou', 15],
  ['Bloemenkenswijk', 9],
  ['Blaisanvest', 7],
  ['Zwijnaerde', 19],
  ['Gentbrugghe', 16],
  ['Oostaker', 12],
  ['Elisabetbegijnhof', 6],
  // Several.
  ['Rabot en Brugse Poort', 7, 4],
  ['Brugse Poort, Rabot', 4, 7],
  ['Gentbrugge en Oud Gentbrugge', 16, 17],
  ['Rabot en Gentse Kanaaldorpen en -zone', 7, 11],
  ['7, 8 en 9', 7, 8, 9],
  ['Dampoort/Sint-Amandsberg', 13, 14],
  ['Wondelgm en Rabot', 8, 7],
  ['Rabot, Blaisantvest', 7],
  ['Nieuw Gent UZ Ledeberg', 20, 18],
];

const UNKNOWN = [
  'Gent',
  'gent',
  'Brugge',
  'Brugs',
  'Brussel',
  'Antwerpen',
  'Aalst',
  'Evergem',
  'Everghem',
  'Merelbeke',
  'Destelbergen',
  'Lochristi',
  'Melle',
  'Zelzate',
  'Stationsbuurt',
  'Noord',
  'Oud',
  'Nieuw',
  'Sint',
  'Han',
  'Hal',
  'poort',
  'wijk',
  'de',
  'en',
  '0',
  '26',
  '77',
  'wijk 77',
  'Rabot en Brugge',
  'Rabot Brugge',
  'heel de stad',
  '',
  '   ',
  '-',
  ', ,',
  '<b>',
  '%',
  '💡',
];

describe('a neighbourhood typed instead of chosen', () => {
  it.each(SPELLINGS)('%s is understood', (typed, ...numbers) => {
    expect(resolveNeighbourhoods(gent, typed)).toEqual({ ok: true, ids: numbers.map(String) });
  });

  it.each(UNKNOWN)('“%s” is not taken for a neighbourhood of Ghent', (typed) => {
    expect(resolveNeighbourhoods(gent, typed).ok).toBe(false);
  });

  it('says which ones may have been meant when it could be two', () => {
    const result = resolveNeighbourhoods(gent, 'Stationsbuurt');
    expect(!result.ok && result.suggestions.map(({ name }) => name)).toEqual([
      'Stationsbuurt-Zuid',
      'Stationsbuurt-Noord',
    ]);
  });

  it('suggests for the part that is unknown, not for the rest', () => {
    const result = resolveNeighbourhoods(gent, 'Wondelgem, Mariak');
    expect(!result.ok && result.suggestions.map(({ name }) => name)).toEqual(['Mariakerke']);
  });

  it('takes an alias of two neighbourhoods as both', () => {
    const both = gent.map((one) =>
      one.number === 21 || one.number === 22 ? { ...one, aliases: ['Stationsbuurt'] } : one,
    );
    expect(resolveNeighbourhoods(both, 'stationsbuurt')).toEqual({ ok: true, ids: ['21', '22'] });
  });

  it('understands every official name and every alias', () => {
    for (const { id, name, aliases } of gent) {
      for (const spelling of [name, ...aliases, name.toUpperCase(), name.replaceAll(/[\s-]+/g, ' ')]) {
        expect(resolveNeighbourhoods(gent, spelling), spelling).toEqual({ ok: true, ids: [id] });
      }
    }
  });

  it('never takes a name with one letter missing for another neighbourhood', () => {
    const name = fc.constantFrom(
      ...gent.flatMap((one) => [one.name, ...one.aliases].map((spelling) => ({ spelling, id: one.id }))),
    );
    fc.assert(
      fc.property(name, fc.nat(), ({ spelling, id }, at) => {
        const index = at % spelling.length;
        const result = resolveNeighbourhoods(gent, spelling.slice(0, index) + spelling.slice(index + 1));
        if (result.ok) expect(result.ids).toEqual([id]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers a pasted page without trying every way to read it', () => {
    // Milliseconds when it is linear; minutes when it is not.
    const started = performance.now();
    for (const page of [
      'nieuw gent uz '.repeat(70) + 'x',
      'rabot en '.repeat(110),
      'a'.repeat(20_000),
      'rabot,'.repeat(4_000),
    ]) {
      resolveNeighbourhoods(gent, page);
      searchNeighbourhoods(gent, page, 10);
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('the list while typing', () => {
  const names = (query: string, limit = 5) => searchNeighbourhoods(gent, query, limit).map(({ name }) => name);

  it('is everything in its own order before anything is typed', () => {
    expect(searchNeighbourhoods(gent, '', 100)).toEqual(gent);
    expect(names(' ', 2)).toEqual(['Binnenstad', 'Sluizeken - Tolhuis - Ham']);
  });

  it.each([
    ['rab', 'Rabot - Blaisantvest'],
    ['poort brug', 'Brugse Poort - Rooigem'],
    ['brugsep', 'Brugse Poort - Rooigem'],
    ['drogen', 'Drongen'],
    ['dronh', 'Drongen'],
    ['wondelh', 'Wondelgem'],
    ['blaisamt', 'Rabot - Blaisantvest'],
    ['7', 'Rabot - Blaisantvest'],
    ['gentb', 'Gentbrugge'],
    ['oud', 'Oud Gentbrugge'],
    ['st-am', 'Sint-Amandsberg'],
    ['papeg', 'Elisabethbegijnhof - Prinsenhof - Papegaai - Sint-Michiels'],
    ['kanaald', 'Gentse Kanaaldorpen en -zone'],
    ['uz', 'Nieuw Gent - UZ'],
    ['afsné', 'Sint-Denijs-Westrem - Afsnee'],
    ['akker', 'Oostakker'],
  ])('puts the likeliest first: %s', (query, first) => {
    expect(names(query)[0]).toBe(first);
  });

  it('puts a name that starts so before one that only holds it', () => {
    expect(names('gentbrugge')).toEqual(['Gentbrugge', 'Oud Gentbrugge']);
    expect(names('stationsbuurt')).toEqual(['Stationsbuurt-Zuid', 'Stationsbuurt-Noord']);
  });

  it('shows nothing for what is nowhere in Ghent, and never more than asked', () => {
    expect(names('antwerpen')).toEqual([]);
    expect(names('xyz')).toEqual([]);
    expect(names('s', 3)).toHaveLength(3);
  });

  it('offers every neighbourhood by its first four letters', () => {
    for (const { name } of gent) expect(names(name.slice(0, 4), 25), name).toContain(name);
  });
});
