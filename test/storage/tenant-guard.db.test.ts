import { describe, expect, test } from 'vitest';
import { Prisma } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addMunicipality, addPerson } from '../support/rows.js';

const { db } = await openTestDatabase();
const gent = await addMunicipality(db, 'Gent');
const aalst = await addMunicipality(db, 'Aalst');
await addPerson(db, gent, 'An');
await addPerson(db, aalst, 'Bo');

/** What a hurried developer may write: the types allow it, a forgotten variable makes it happen. */
const forgotten = undefined;
const where = { municipalityId: forgotten };

describe('a query that forgets the municipality is refused', () => {
  test.each([
    ['findMany without a where', () => db.person.findMany()],
    ['findMany with an undefined municipality', () => db.person.findMany({ where })],
    ['findMany on another column', () => db.person.findMany({ where: { name: 'Bo' } })],
    ['findFirst', () => db.person.findFirst({ where })],
    ['findFirstOrThrow', () => db.person.findFirstOrThrow({ where })],
    ['count', () => db.person.count()],
    ['aggregate', () => db.signal.aggregate({ _count: true })],
    ['groupBy', () => db.signal.groupBy({ by: ['status'], where })],
    ['updateMany', () => db.person.updateMany({ where, data: { active: false } })],
    ['updateManyAndReturn', () => db.person.updateManyAndReturn({ where, data: { active: false } })],
    ['deleteMany', () => db.person.deleteMany({ where })],
    ['one branch of an OR', () => db.person.findMany({ where: { OR: [{ municipalityId: gent }, { name: 'Bo' }] } })],
    ['an empty OR', () => db.person.findMany({ where: { OR: [] } })],
    ['all but one municipality', () => db.person.findMany({ where: { NOT: { municipalityId: gent } } })],
    ['inside a transaction', () => db.$transaction((tx) => tx.person.findMany())],
    ['deleting inside a transaction', () => db.$transaction((tx) => tx.person.deleteMany())],
  ])('%s', async (_, query) => {
    await expect(query()).rejects.toMatchObject({ code: 'STORAGE.NO_MUNICIPALITY' });
    expect(await db.person.count({ where: { municipalityId: { in: [gent, aalst] }, active: true } })).toBe(2);
  });
});

describe('a query that names the municipality is let through', () => {
  test.each([
    ['by itself', { municipalityId: gent }],
    ['as equals', { municipalityId: { equals: gent } }],
    ['inside AND', { AND: [{ active: true }, { municipalityId: gent }] }],
    ['in every branch of an OR', { OR: [{ municipalityId: gent }, { municipalityId: gent, name: 'Cas' }] }],
  ])('%s', async (_, named) => {
    expect(await db.person.findMany({ where: named, select: { name: true } })).toEqual([{ name: 'An' }]);
  });

  test('by its compound key, in a transaction too', async () => {
    const { id } = await db.person.findFirstOrThrow({ where: { municipalityId: gent } });
    const key = { municipalityId_id: { municipalityId: gent, id } };
    expect(await db.person.findUnique({ where: key })).toMatchObject({ name: 'An' });
    expect(await db.$transaction((tx) => tx.person.findUnique({ where: key }))).toMatchObject({ name: 'An' });
  });

  test('when it asks which municipality a workspace is of, and nothing more', async () => {
    await db.workspace.create({
      data: { municipalityId: gent, platform: 'slack', externalId: 'T1', secret: 'x', installedAt: new Date() },
    });
    const where = { platform_externalId: { platform: 'slack', externalId: 'T1' } };
    expect(await db.workspace.findUnique({ where })).toMatchObject({ municipalityId: gent });
    await expect(db.workspace.delete({ where })).rejects.toMatchObject({ code: 'STORAGE.NO_MUNICIPALITY' });
    await expect(db.workspace.findMany()).rejects.toMatchObject({ code: 'STORAGE.NO_MUNICIPALITY' });
  });

  test('every table of a municipality is guarded', async () => {
    const ofMunicipality = await db.$queryRaw<{ table_name: string }[]>`
      SELECT table_name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'municipalityId'`;
    expect(ofMunicipality.length).toBeGreaterThan(10);
    for (const { table_name: table } of ofMunicipality) {
      const model = Object.values(Prisma.ModelName).find((name) => name === table);
      expect(model, table).toBeDefined();
      const delegate: unknown = Reflect.get(db, table.charAt(0).toLowerCase() + table.slice(1));
      const { count } = delegate as { count(): Promise<number> };
      await expect(count(), table).rejects.toMatchObject({ code: 'STORAGE.NO_MUNICIPALITY' });
    }
  });
});
