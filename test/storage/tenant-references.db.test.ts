import { expect, test } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { addMunicipality, addPerson, addSignal } from '../support/rows.js';

const { db } = await openTestDatabase();
const gent = await addMunicipality(db, 'Gent');
const aalst = await addMunicipality(db, 'Aalst');
const ours = await addPerson(db, gent, 'An');
const theirs = await addPerson(db, aalst, 'Bo');
const signal = await addSignal(db, gent, ours);
const theirSignal = await addSignal(db, aalst, theirs);
const theirPlace = await db.neighbourhood.create({ data: { municipalityId: aalst, number: 1, name: 'Centrum' } });

test.each([
  ['a signal owned by a person of another', () => addSignal(db, gent, theirs)],
  [
    'a signal moved to an owner of another',
    () =>
      db.signal.update({
        where: { municipalityId_id: { municipalityId: gent, id: signal } },
        data: { ownerId: theirs },
      }),
  ],
  ['a signal merged into one of another', () => addSignal(db, gent, ours, { mergedIntoId: theirSignal })],
  [
    'a signal in a neighbourhood of another',
    () =>
      db.signalNeighbourhood.create({
        data: { municipalityId: gent, signalId: signal, neighbourhoodId: theirPlace.id, position: 0 },
      }),
  ],
  [
    'a signal filed by a person of another',
    () => db.signalFiler.create({ data: { municipalityId: gent, signalId: signal, personId: theirs, at: new Date() } }),
  ],
  [
    'an account of a person of another',
    () =>
      db.account.create({ data: { municipalityId: gent, personId: theirs, platform: 'playground', externalId: 'x' } }),
  ],
])('the database refuses, in one municipality, %s', async (_, write) => {
  await expect(write()).rejects.toMatchObject({ code: 'P2003' });
});

test('every reference between rows of municipalities carries the municipality', async () => {
  const references = await db.$queryRaw<{ name: string; columns: string[] }[]>`
    SELECT c.conname AS name, array_agg(a.attname::text) AS columns
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
    GROUP BY c.oid, c.conname`;
  expect(references.length).toBeGreaterThan(10);
  for (const { name, columns } of references) expect(columns, name).toContain('municipalityId');
});

test('every unique value of a municipality is unique within it, not across all', async () => {
  const indexes = await db.$queryRaw<{ name: string; columns: string[] }[]>`
    SELECT i.indexrelid::regclass::text AS name, array_agg(a.attname::text) AS columns
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indisunique AND i.indrelid IN (
      SELECT attrelid FROM pg_attribute WHERE attname = 'municipalityId'
      AND attrelid::regclass::text NOT LIKE 'pg%')
    GROUP BY i.indexrelid`;
  expect(indexes.length).toBeGreaterThan(10);
  const acrossAll = indexes.filter(({ columns }) => !columns.includes('municipalityId')).map(({ name }) => name);
  // A workspace, a personal link and a session tell which municipality they are of.
  expect(acrossAll.toSorted()).toEqual([
    '"PartnerRequest_tokenHash_key"',
    '"SignInLink_tokenHash_key"',
    '"SignInSession_tokenHash_key"',
    '"Workspace_platform_externalId_key"',
  ]);
});
