import { describe, expect, it } from 'vitest';
import { applyMunicipality, type Change } from '../../src/municipality/apply-municipality.js';
import { parseMunicipalityFile } from '../../src/municipality/municipality-file.js';
import { sayChanges } from '../../src/municipality/say-changes.js';
import { openTestDatabase } from '../support/open-test-database.js';

const { db } = await openTestDatabase();
const NOW = new Date('2026-11-22T10:00:00Z');

const FILE = `name: Voorbeeldgem
reference: V
neighbourhoods: [{ number: 4, name: Brugse Poort }]
regisseurs: [{ name: Regisseur Poort, neighbourhoods: [4] }]
administrators: [{ name: IT-dienst }]
coordinator: { name: Coordinator }
`;
const withOne = (line: string) => `${FILE}signalCoordinators:\n  - ${line}\n`;

async function apply(text: string): Promise<{ municipalityId: string; changes: Change[] }> {
  const parsed = parseMunicipalityFile(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const result = await db.$transaction((tx) => applyMunicipality(tx, parsed.file, NOW, text));
  if (!result.ok) throw new Error(result.code);
  return result;
}

describe('signal coordinators', () => {
  it('answer for sectors and organisations from a day until a day, as the file has it', async () => {
    const line =
      '{ name: Onderwijs, slack: { user: U0ONDERWIJS }, sectors: [education], organisations: [Het Buurthuis], from: 2026-02-01 }';
    const { municipalityId, changes } = await apply(withOne(line));
    expect(changes).toEqual(
      expect.arrayContaining([
        { kind: 'sector', change: 'added', about: 'education', person: 'Onderwijs', from: '2026-02-01', until: null },
        { kind: 'sector', change: 'added', about: 'buurthuis', person: 'Onderwijs', from: '2026-02-01', until: null },
      ]),
    );
    const person = await db.person.findFirstOrThrow({ where: { municipalityId, name: 'Onderwijs' } });
    expect(person.roles).toEqual(['signal_coordinator']);
    expect(await db.channel.count({ where: { municipalityId, ownerId: person.id } })).toBe(0);
    expect((await apply(withOne(line))).changes).toEqual([]);
    expect(sayChanges(changes, 'nl').join('\n')).toContain('Signaalcoördinator voor education: Onderwijs (vanaf');
    const gone = await apply(FILE);
    expect(gone.changes.filter(({ kind, change }) => kind === 'sector' && change === 'removed')).toHaveLength(2);
    expect(await db.sectorAssignment.count({ where: { municipalityId } })).toBe(0);
  });

  it.each([
    ['{ name: Niets }', 'NO_SECTOR'],
    ['{ name: Fout, sectors: [eduction] }', 'UNKNOWN_SECTOR'],
    ['{ name: Dagen, sectors: [education], from: 2026-03-01, until: 2026-02-01 }', 'UNTIL_BEFORE_FROM'],
  ])('%s is refused with the line', (line, code) => {
    const parsed = parseMunicipalityFile(withOne(line));
    expect(!parsed.ok && parsed.problems.map((problem) => problem.code)).toEqual([`MUNICIPALITY_FILE.${code}`]);
  });
});
