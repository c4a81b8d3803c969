import type { Caller } from '../chat/chat.js';
import { toLocale } from '../chat/texts.js';
import { isUniqueViolation, type Db, type Person } from '../storage/database.js';

/** How often `lastUsedAt` is written at most: it only decides on which platform somebody hears of things. */
const SEEN_EVERY_MS = 10 * 60_000;

/**
 * Finds the person behind an account; on first contact makes one, a worker. The platform has verified the account.
 *
 * @throws when two first contacts at once still find nobody, which would be a fault of ours.
 */
export async function identify(db: Db, caller: Caller, now: Date): Promise<Person> {
  const { municipalityId, platform, account } = caller;
  const where = {
    municipalityId_platform_externalId: { municipalityId, platform, externalId: account.externalId },
  };
  const known = await db.account.findUnique({ where, include: { person: true } });
  if (known) {
    const stale = !known.lastUsedAt || now.getTime() - known.lastUsedAt.getTime() > SEEN_EVERY_MS;
    const email = account.email?.toLowerCase() ?? known.email;
    // Who speaks is there, whatever the platform said before.
    if (stale || !known.active || email !== known.email) {
      await db.account.update({
        where: { municipalityId_id: { municipalityId, id: known.id } },
        data: { lastUsedAt: now, active: true, email },
      });
    }
    return known.person;
  }
  try {
    return await db.person.create({
      data: {
        municipalityId,
        name: account.name ?? '',
        roles: ['worker'],
        locale: account.locale ? toLocale(account.locale) : null,
        accounts: {
          create: {
            platform,
            externalId: account.externalId,
            email: account.email?.toLowerCase() ?? null,
            lastUsedAt: now,
          },
        },
      },
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const { person } = await db.account.findUniqueOrThrow({ where, include: { person: true } });
    return person;
  }
}
