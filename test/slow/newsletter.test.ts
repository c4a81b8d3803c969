import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { build, start, temporaryFolder } from './program.js';

const READERS = 10_000;

beforeAll(() => build());

/** Looks at the data folder while no program uses it. */
async function withDatabase<T>(
  dataDir: string,
  work: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ dataDir });
  return work(database.db).finally(() => database.close());
}

describe('a newsletter for ten thousand, of which the program is killed in the middle', () => {
  it('reaches each of them once', { timeout: 1_200_000 }, async () => {
    const dataDir = await temporaryFolder();
    const first = await start({ DATA_DIR: dataDir });
    first.process.kill('SIGTERM');
    await first.exit;
    const municipalityId = await withDatabase(dataDir, async (db) => {
      const { id } = await db.municipality.findFirstOrThrow();
      for (let part = 0; part < 10; part += 1) {
        const readers = Array.from({ length: READERS / 10 }, () => ({ municipalityId: id, id: randomUUID() }));
        await db.person.createMany({
          data: readers.map((reader) => ({ ...reader, name: 'Lezer', roles: ['worker'] })),
        });
        await db.account.createMany({
          data: readers.map((reader) => ({
            municipalityId: id,
            personId: reader.id,
            platform: 'playground',
            externalId: reader.id,
          })),
        });
      }
      // The demo's draft, as its editor approved it, with its moment a minute ago.
      const { count } = await db.newsletter.updateMany({
        where: { municipalityId: id, status: 'draft' },
        data: { status: 'approved', approvedAt: new Date(), sendAt: new Date(Date.now() - 60_000) },
      });
      expect(count).toBe(1);
      return id;
    });

    const where = { municipalityId, view: 'newsletters.issue' };
    // Killed while it writes the messages, and again while it sends them.
    for (const afterMs of [4_000, 20_000]) {
      const program = await start({ DATA_DIR: dataDir });
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      program.process.kill('SIGKILL');
      await program.exit;
    }
    let sent = await withDatabase(dataDir, (db) => db.delivery.count({ where: { ...where, status: 'sent' } }));
    expect(sent).toBeLessThan(READERS);
    for (let round = 0; round < 12 && sent < READERS; round += 1) {
      const program = await start({ DATA_DIR: dataDir });
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      program.process.kill('SIGTERM');
      await program.exit;
      sent = await withDatabase(dataDir, (db) => db.delivery.count({ where: { ...where, status: 'sent' } }));
    }
    await withDatabase(dataDir, async (db) => {
      const people = await db.person.findMany({ where: { municipalityId, name: 'Lezer' }, select: { id: true } });
      const copies = await db.playgroundMessage.groupBy({
        by: ['conversationId'],
        where: { municipalityId, conversationId: { in: people.map(({ id }) => `dm:${id}`) } },
        _count: { _all: true },
      });
      expect(copies).toHaveLength(READERS);
      expect(copies.filter(({ _count }) => _count._all !== 1)).toEqual([]);
    });
  });
});
