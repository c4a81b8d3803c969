import { describe, expect, it } from 'vitest';
import { listSignals, type SignalFilter } from '../../src/signals/read-signals.js';
import { Prisma } from '../../src/storage/database.js';
import { signalSearch } from '../../src/storage/full-text.js';
import { generateSignals } from '../bench/generate-signals.js';
import { createBenchTown } from '../bench/town.js';
import { openTestDatabase } from '../support/open-test-database.js';

const { db, executeSql } = await openTestDatabase();
const town = await createBenchTown(db);
const other = await createBenchTown(db, { reference: 'X' });
const COUNT = 3_000;
const generate = (municipalityId: string, reference: string, seed: number) =>
  generateSignals(executeSql, {
    municipalityId,
    reference,
    count: COUNT,
    seed,
    until: new Date('2026-11-01T12:00:00Z'),
  });
await generate(town.municipality.id, 'B', 1);
await generate(other.municipality.id, 'X', 2);

/** What the list should say, asked in the plainest way. */
async function expected(words: string, more = Prisma.sql`true`): Promise<string[]> {
  const rows = await db.$queryRaw<{ reference: string }[]>`
    SELECT "reference" FROM "Signal" WHERE "municipalityId" = ${town.municipality.id}::uuid AND ${signalSearch(words)} AND ${more}
    ORDER BY "filedAt" DESC, "id" DESC`;
  return rows.map(({ reference }) => reference);
}

/** Every page of the list, one after the other. */
async function walk(filter: SignalFilter): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await listSignals(db, town.municipality.id, filter, { limit: 40, ...(after && { after }) });
    found.push(...page.lines.map(({ reference }) => reference));
    after = page.next;
  } while (after !== undefined);
  return found;
}

describe('a search in a town with thousands of signals', () => {
  it.each([
    ['a word that very many hold', 'gezin', 900, COUNT],
    ['a word that some hold', 'drempel', 41, 1_000],
    ['a word that hardly any holds', 'energiepremie', 1, 40],
    ['two words', 'gezin -kinderen', 100, COUNT],
    ['a word that nobody wrote', 'zeppelin', 0, 0],
  ])('finds every signal with %s, newest first, page by page', async (_, words, least, most) => {
    const references = await expected(words);
    expect(references.length).toBeGreaterThanOrEqual(least);
    expect(references.length).toBeLessThanOrEqual(most);
    expect(await walk({ search: words })).toEqual(references);
  });

  it('keeps to the statuses and the neighbourhood that were asked for too', async () => {
    const neighbourhoodId = town.neighbourhoodIds[3] ?? '';
    const references = await expected(
      'gezin',
      Prisma.sql`"status" IN ('closed', 'resolved') AND EXISTS (SELECT FROM "SignalNeighbourhood" place
        WHERE place."signalId" = "Signal"."id" AND place."neighbourhoodId" = ${neighbourhoodId}::uuid)`,
    );
    expect(references.length).toBeGreaterThan(5);
    expect(await walk({ search: 'gezin', statuses: ['closed', 'resolved'], neighbourhoodId })).toEqual(references);
  });
});
