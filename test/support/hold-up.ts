import type { Db, Prisma } from '../../src/storage/database.js';

/**
 * Holds a lock until it is released: whoever is answered meanwhile did not wait for the end of their work.
 *
 * @param lock a `LOCK TABLE` statement; it holds once this has resolved.
 */
export async function holdUp(db: Db, lock: Prisma.Sql): Promise<{ release(): Promise<void> }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let ended: Promise<unknown> = released;
  await new Promise<void>((begun) => {
    ended = db.$transaction(
      async (tx) => {
        await tx.$executeRaw(lock);
        begun();
        await released;
      },
      { timeout: 60_000 },
    );
  });
  return {
    async release() {
      release();
      await ended;
    },
  };
}
