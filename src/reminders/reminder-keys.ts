import type { Db, Signal, Tx } from '../storage/database.js';
import { keysUnder } from '../storage/keys-under.js';
import type { Stage } from './find-due.js';

const STAGES: readonly Stage[] = ['owner', 'again', 'coordinator'];

/** Key of one person's reminder of one moment. */
export const reminderKey = (stage: Stage, signalId: string, moment: string, personId: string) =>
  `remind:${stage}:${signalId}:${moment}:${personId}`;

/** Keys of every reminder of this signal that was owed to anybody. */
export async function findReminders(
  db: Db | Tx,
  { municipalityId, id }: Pick<Signal, 'municipalityId' | 'id'>,
): Promise<string[]> {
  const found = await db.delivery.findMany({
    where: { municipalityId, OR: STAGES.map((stage) => ({ key: keysUnder(`remind:${stage}:${id}`) })) },
    select: { key: true },
  });
  return found.map(({ key }) => key);
}
