import { expect, it } from 'vitest';
import { applyMunicipality } from '../../src/municipality/apply-municipality.js';
import { parseMunicipalityFile } from '../../src/municipality/municipality-file.js';
import { readPreset } from '../../src/municipality/presets.js';
import { openTestDatabase } from '../support/open-test-database.js';

const { db } = await openTestDatabase();

it('a file takes away a leave that it no longer names, and never one that was reported in the chat', async () => {
  const apply = async (text: string) => {
    const parsed = parseMunicipalityFile(text);
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message.en).join('\n'));
    return db.$transaction((tx) => applyMunicipality(tx, parsed.file, new Date('2026-05-01'), text));
  };
  const small = readPreset('small');
  const neighbourhoods = 'neighbourhoods: [1, 2, 3]';
  await apply(small.replace(neighbourhoods, `${neighbourhoods}\n    leave: { from: 2026-12-21, until: 2026-12-31 }`));
  const { id: municipalityId } = await db.municipality.findFirstOrThrow({ where: { reference: 'V' } });
  const { id: personId } = await db.person.findFirstOrThrow({
    where: { municipalityId, name: 'Regisseur Voorbeeldgem' },
  });
  const { id } = await db.leave.create({
    data: { municipalityId, personId, from: new Date('2026-06-01'), until: new Date('2026-06-05'), source: 'chat' },
  });
  const result = await apply(small);
  expect(result).toMatchObject({ ok: true, changes: [{ kind: 'leave', change: 'removed' }] });
  expect(await db.leave.findMany({ where: { municipalityId }, select: { id: true } })).toEqual([{ id }]);
});
