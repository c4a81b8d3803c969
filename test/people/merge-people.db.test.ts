import { beforeAll, describe, expect, it, afterAll } from 'vitest';
import { chooseWhoStays, mergePeople, separatePeople } from '../../src/people/linking/merge-people.js';
import { allowLinking, type Person } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId } = town;
afterAll(() => town.stop());

const { worker, colleague, regisseur } = town.people;
const now = new Date('2026-03-10T10:00:00Z');

/** Everything in the database, row by row; what only counts how often something was rendered is left out. */
async function everything(): Promise<Record<string, string[]>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS "name" FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_%' ORDER BY 1`;
  expect(tables.length).toBeGreaterThan(20);
  const dump: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<{ row: string }[]>(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`);
    dump[name] = rows.map(({ row }) => row).sort();
  }
  return dump;
}

const merge = (stays: Person, goes: Person) =>
  db.$transaction((tx) => mergePeople(tx, { municipalityId, staysId: stays.id, goesId: goes.id, now }));
const person = (id: string) => db.person.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id } } });

beforeAll(async () => {
  const own = await town.file(worker);
  const other = await town.file(colleague, { neighbourhoods: [town.neighbourhoods.dampoort] });
  // Both filed this one.
  for (const personId of [worker.id, colleague.id]) {
    await db.signalFiler.createMany({
      data: [own, other].map(({ id }) => ({ municipalityId, signalId: id, personId, at: now })),
      skipDuplicates: true,
    });
  }
  await town.step(regisseur, own.id, 'needs_info', { text: 'Op welke uren?' });
  await town.act(colleague, 'signals.answer', own.id, { text: 'Elke woensdag.' });
});

describe('two people who are one', () => {
  it('are one row, and nothing in the database names the other any more', async () => {
    const before = await everything();
    const { linkId } = await merge(worker, colleague);
    const merged = await everything();
    const naming = Object.entries(merged).filter(
      // The row from which it can be taken back, and keys, which only have to stay what they are.
      ([table, rows]) => table !== 'AccountLink' && rows.some((row) => row.includes(`"${colleague.id}"`)),
    );
    // Their account in the playground is called after them.
    expect(naming.map(([table]) => table)).toEqual(['Account']);
    expect(await db.signalFiler.count({ where: { municipalityId, personId: worker.id } })).toBe(2);
    for (const [table, rows] of Object.entries(before)) {
      const gone = { Person: 1, SignalFiler: 2 }[table] ?? 0;
      if (table !== 'AccountLink') expect([table, merged[table]?.length]).toEqual([table, rows.length - gone]);
    }

    const separated = await db.$transaction((tx) =>
      separatePeople(tx, { municipalityId, personId: worker.id, linkId }),
    );
    expect(separated?.formerId).toBe(colleague.id);
    // As it was, down to the last column.
    const after = await everything();
    for (const [table, rows] of Object.entries(before)) expect([table, after[table]]).toEqual([table, rows]);
  });

  it('keep what was done since with the one who stayed', async () => {
    const { linkId } = await merge(worker, colleague);
    const since = await town.file(worker);
    await db.$transaction((tx) => separatePeople(tx, { municipalityId, personId: worker.id, linkId }));
    const filers = await db.signalFiler.findMany({ where: { municipalityId, signalId: since.id } });
    expect(filers.map(({ personId }) => personId)).toEqual([worker.id]);
  });

  it('have the roles of both by working here, and none of the file', async () => {
    const key = { municipalityId_id: { municipalityId, id: colleague.id } };
    await db.person.update({ where: key, data: { roles: ['signal_coordinator', 'regisseur'] } });
    const { linkId } = await merge(worker, colleague);
    expect((await person(worker.id)).roles).toEqual(['worker', 'signal_coordinator']);
    await db.$transaction((tx) => separatePeople(tx, { municipalityId, personId: worker.id, linkId }));
    expect((await person(worker.id)).roles).toEqual(['worker']);
    // Nobody gets back what they do not have any more.
    expect((await person(colleague.id)).roles).toEqual(['signal_coordinator']);
    await db.person.update({ where: key, data: { roles: ['worker'] } });
  });

  it('are taken apart once, and by nobody else', async () => {
    const { linkId } = await merge(worker, colleague);
    const by = (personId: string) => db.$transaction((tx) => separatePeople(tx, { municipalityId, personId, linkId }));
    expect(await by(regisseur.id)).toBeNull();
    expect(await by(worker.id)).not.toBeNull();
    expect(await by(worker.id)).toBeNull();
  });

  it('stay two when both have something of which there is one: nothing is changed', async () => {
    const before = await everything();
    await expect(merge(regisseur, town.people.otherRegisseur)).rejects.toMatchObject({ name: /Prisma/ });
    expect(await everything()).toEqual(before);
  });

  it('merge once, however many do it at the same time', async () => {
    const results = await Promise.allSettled([merge(worker, colleague), merge(worker, colleague)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [link] = await db.accountLink.findMany({ where: { municipalityId } });
    await db.$transaction((tx) => separatePeople(tx, { municipalityId, personId: worker.id, linkId: link?.id ?? '' }));
  });
});

describe('the timeline, which nothing changes', () => {
  it.each([
    ['words', { text: 'anders' }],
    ['another date', { at: now }],
    ['a third person', { personId: regisseur.id }],
    ['nobody', { personId: null }],
  ])('takes the one id for the other, and still refuses %s', async (_what, data) => {
    const change = db.$transaction(async (tx) => {
      await allowLinking(tx, colleague.id, worker.id);
      await tx.timelineEntry.updateMany({ where: { municipalityId, personId: colleague.id }, data });
    });
    // Prisma's word for the trigger's refusal.
    await expect(change).rejects.toMatchObject({ code: 'P2003' });
  });
});

describe('who stays', () => {
  const at = (day: number, fileKey: string | null = null) => ({ createdAt: new Date(day), fileKey });
  it.each([
    ['whom the file names', at(2, 'ria'), at(1), 'one'],
    ['whom the file names, either way round', at(1), at(2, 'ria'), 'other'],
    ['who was here first', at(1), at(2), 'one'],
    ['who was here first, either way round', at(2), at(1), 'other'],
  ] as const)('is %s', (_who, one, other, stays) => {
    expect(chooseWhoStays(one, other)?.stays).toBe(stays === 'one' ? one : other);
  });

  it('is for the file to say when it names both', () => {
    expect(chooseWhoStays(at(1, 'ria'), at(2, 'cor'))).toBeUndefined();
  });
});

it('no table keeps people in a list of ids, which moving them would not see', async () => {
  const lists = await db.$queryRaw`
    SELECT table_name::text AS "table", column_name::text AS "column" FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'ARRAY' AND udt_name = '_uuid'`;
  // Neighbourhoods are no people.
  expect(lists).toEqual([{ table: 'NewsletterReader', column: 'neighbourhoodIds' }]);
});
