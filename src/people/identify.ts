import type { Caller } from '../chat/chat.js';
import { toLocale } from '../chat/texts.js';
import {
  isUniqueViolation,
  prepared,
  Prisma,
  type Account,
  type OpenDatabase,
  type Person,
} from '../storage/database.js';

/** How often `lastUsedAt` is written at most: it only decides on which platform somebody hears of things. */
const SEEN_EVERY_MS = 10 * 60_000;

type Database = Pick<OpenDatabase, 'db' | 'executeSql'>;

/**
 * Finds the person behind an account; on first contact makes one, a worker. The platform has verified the account.
 *
 * @throws when two first contacts at once still find nobody, which would be a fault of ours.
 */
export async function identify(database: Database, caller: Caller, now: Date): Promise<Person> {
  const { db } = database;
  const { municipalityId, platform, account } = caller;
  const where = {
    municipalityId_platform_externalId: { municipalityId, platform, externalId: account.externalId },
  };
  const known = await findKnown(database, caller);
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

type Known = Pick<Account, 'id' | 'active' | 'email' | 'lastUsedAt'> & { person: Person };
type Row = Person & { accountId: string; accountActive: boolean; accountEmail: string | null; lastUsedAt: Date | null };

const PERSON_COLUMNS = Object.values(Prisma.PersonScalarFieldEnum)
  // An array of one of our own types comes back as text.
  .map((name) => (name === 'roles' ? 'person."roles"::text[]' : `person."${name}"`))
  .join(', ');

const FIND_KNOWN = prepared(`
  SELECT account."id"::text AS "accountId", account."active" AS "accountActive", account."email" AS "accountEmail",
    account."lastUsedAt", ${PERSON_COLUMNS}
  FROM "Account" account JOIN "Person" person
    ON person."municipalityId" = account."municipalityId" AND person."id" = account."personId"
  WHERE account."municipalityId" = $1 AND account."platform" = $2 AND account."externalId" = $3`);

/**
 * Account and person in one statement, past Prisma, whose own way takes four times as long: every command, click and form begins
 * with it.
 */
async function findKnown({ executeSql }: Database, { municipalityId, platform, account }: Caller) {
  const { rows } = await executeSql(FIND_KNOWN, [municipalityId, platform, account.externalId]);
  const [row] = rows as Row[];
  if (!row) return undefined;
  const { accountId, accountActive, accountEmail, lastUsedAt, ...person } = row;
  const known: Known = { id: accountId, active: accountActive, email: accountEmail, lastUsedAt, person };
  return known;
}
