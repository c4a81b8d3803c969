import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { isBusy, isUniqueViolation } from '../../src/storage/database.js';
import { signalSearch } from '../../src/storage/full-text.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addMunicipality, addPerson, addSignal } from '../support/rows.js';

const { db, executeSql } = await openTestDatabase();
const gent = await addMunicipality(db, 'Gent');
const owner = await addPerson(db, gent, 'An');

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a transaction', () => {
  test('keeps nothing when its work throws', async () => {
    const work = db.$transaction(async (tx) => {
      await tx.installationSecret.create({ data: { name: 'half', value: '1' } });
      throw new Error('the second half');
    });
    await expect(work).rejects.toThrow('the second half');
    expect(await db.installationSecret.findUnique({ where: { name: 'half' } })).toBeNull();
  });

  test('that fails at the very end is not reported as done', async () => {
    await executeSql(`
      CREATE TABLE late_parent (id int PRIMARY KEY);
      CREATE TABLE late_child (id int REFERENCES late_parent DEFERRABLE INITIALLY DEFERRED)`);
    const work = db.$transaction((tx) => tx.$executeRaw`INSERT INTO late_child VALUES (1)`);
    await expect(work).rejects.toThrow();
    expect((await executeSql('SELECT * FROM late_child')).rows).toEqual([]);
    // The connection is fit for the next one.
    await db.$transaction((tx) => tx.$executeRaw`INSERT INTO late_parent VALUES (1)`);
    expect((await executeSql('SELECT * FROM late_parent')).rows).toHaveLength(1);
  });

  test('200 at once are all kept', async () => {
    const year = 2026;
    const key = { municipalityId_year: { municipalityId: gent, year } };
    const numbers = await Promise.all(
      Array.from({ length: 200 }, () =>
        db.$transaction(async (tx) => {
          const { last } = await tx.referenceCounter.upsert({
            where: key,
            create: { municipalityId: gent, year, last: 1 },
            update: { last: { increment: 1 } },
          });
          await addSignal(tx, gent, owner, { reference: `G-${year}-${last}` });
          return last;
        }),
      ),
    );
    expect(new Set(numbers).size).toBe(200);
    expect(await db.signal.count({ where: { municipalityId: gent, reference: { startsWith: 'G-2026-' } } })).toBe(200);
  });

  test('that cannot start in time says it is busy, and nothing of it is written', async () => {
    // As many as PostgreSQL has connections; on PGlite one would do.
    const blockers = Array.from({ length: 10 }, () => db.$transaction(() => sleep(300)));
    const work = db.$transaction((tx) => tx.installationSecret.create({ data: { name: 'late', value: '1' } }), {
      maxWait: 50,
    });
    const error = await failureOf(work);
    await Promise.all(blockers);
    expect(error).toMatchObject({ code: 'P2028' });
    expect(isBusy(error)).toBe(true);
    expect(await db.installationSecret.findUnique({ where: { name: 'late' } })).toBeNull();
  });

  test('that lasts too long says it is busy, and nothing of it is written', async () => {
    const work = db.$transaction(
      async (tx) => {
        await tx.installationSecret.create({ data: { name: 'slow', value: '1' } });
        await sleep(300);
        await tx.installationSecret.create({ data: { name: 'slower', value: '1' } });
      },
      { timeout: 100 },
    );
    expect(isBusy(await failureOf(work))).toBe(true);
    expect(await db.installationSecret.count({ where: { name: { startsWith: 'slow' } } })).toBe(0);
  });
});

describe('errors are told apart', () => {
  test('a second row with the same unique value, from a model and from SQL', async () => {
    const row = { name: 'twice', value: '1' };
    await db.installationSecret.create({ data: row });
    const fromModel = await failureOf(db.installationSecret.create({ data: row }));
    const fromSql = await failureOf(db.$executeRaw`INSERT INTO "InstallationSecret" VALUES ('twice', '2')`);
    expect([fromModel, fromSql].map(isUniqueViolation)).toEqual([true, true]);
    expect([fromModel, fromSql].map(isBusy)).toEqual([false, false]);
  });

  test('a row that others still refer to', async () => {
    const municipalityId = await addMunicipality(db, 'Aalst');
    const id = await addPerson(db, municipalityId, 'Bo');
    await addSignal(db, municipalityId, id);
    const error = await failureOf(db.person.delete({ where: { municipalityId_id: { municipalityId, id } } }));
    expect(error).toMatchObject({ code: 'P2003' });
  });

  test('a mistake in a query is neither', async () => {
    const error = await failureOf(db.$queryRaw`SELECT * FROM no_such_table`);
    expect(error).toBeInstanceOf(Error);
    expect([isBusy(error), isUniqueViolation(error)]).toEqual([false, false]);
  });
});

describe('values come back as they went in', () => {
  test('a moment, whatever zone the server is in', async () => {
    const filedAt = new Date('2026-07-01T10:30:00.123Z');
    const id = await addSignal(db, gent, owner, { filedAt });
    const key = { municipalityId_id: { municipalityId: gent, id } };
    expect((await db.signal.findUniqueOrThrow({ where: key })).filedAt).toEqual(filedAt);
    const rows = await db.$queryRaw<{ filedAt: Date; seconds: number }[]>`
      SELECT "filedAt", extract(epoch FROM "filedAt")::float8 AS seconds FROM "Signal"
      WHERE "municipalityId" = ${gent}::uuid AND id = ${id}::uuid`;
    expect(rows).toEqual([{ filedAt, seconds: filedAt.getTime() / 1_000 }]);
  });

  test('a text with every kind of character', async () => {
    const title = 'Één “raar” teken: 🚲 <b>&amp;</b> \\ \' " ; -- $1';
    const id = await addSignal(db, gent, owner, { title });
    const key = { municipalityId_id: { municipalityId: gent, id } };
    expect((await db.signal.findUniqueOrThrow({ where: key })).title).toBe(title);
  });

  test('SQL for the queue: parameters, and several statements at once', async () => {
    expect((await executeSql('SELECT $1::int + 1 AS sum, $2::jsonb AS json', [1, { a: [1] }])).rows).toEqual([
      { sum: 2, json: { a: [1] } },
    ]);
    expect((await executeSql('SELECT 1 AS a; SELECT 2 AS b')).rows).toEqual([{ b: 2 }]);
  });
});

describe('searching in Dutch', () => {
  async function search(words: string): Promise<string[]> {
    const rows = await db.$queryRaw<{ title: string }[]>`
      SELECT "title" FROM "Signal" WHERE "municipalityId" = ${gent}::uuid AND ${signalSearch(words)}`;
    return rows.map(({ title }) => title);
  }

  test.each([
    ['another form of a word', 'huurwaarborg', ['Huurwaarborgen']],
    ['the beginning of a word', 'huur', ['Huurwaarborgen']],
    ['a stem that is shorter than the word’s', 'gezin', ['Huurwaarborgen']],
    ['accents and capitals', 'ééNoudergezinnen', ['Huurwaarborgen']],
    ['words in any order', 'verhuizen gezinnen', ['Huurwaarborgen']],
    ['the suggested solution', 'tolkenpool', ['Tolken']],
    ['either word', 'huur or tolkenpool', ['Huurwaarborgen', 'Tolken']],
    ['one word without another', 'verhuizen -gezinnen', ['Tolken']],
    ['a quoted phrase', '"in de tolkenpool"', ['Tolken']],
    ['what is nowhere', 'fietsenstalling', []],
    ['operators and quotes of the query language', "' & | ! :* () <-> \\ d'or", []],
    ['nothing but common words', 'de het een', []],
    ['nothing', '', []],
  ])('finds by %s', async (_, words, titles) => {
    await db.signal.deleteMany({ where: { municipalityId: gent } });
    await addSignal(db, gent, owner, {
      title: 'Huurwaarborgen',
      description: 'Gezinnen en ÉÉNOUDERGEZINNEN verhuizen.',
    });
    await addSignal(db, gent, owner, {
      title: 'Tolken',
      description: 'Er zijn er te weinig.',
      suggestedSolution: 'In de tolkenpool, vóór het verhuizen',
    });
    expect((await search(words)).toSorted()).toEqual(titles);
  });

  test('uses its index', async () => {
    const plan = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<Record<string, string>[]>`
        EXPLAIN SELECT id FROM "Signal"
        WHERE ${signalSearch('huurprijs')}`;
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('Signal_search_idx');
  });
});
