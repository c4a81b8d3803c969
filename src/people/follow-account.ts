import type { AccountChange } from '../chat/chat.js';
import { toLocale } from '../chat/texts.js';
import { endAllSessions } from '../sign-in/sessions.js';
import type { Db } from '../storage/database.js';

/**
 * Follows what a platform tells about an account: another name or language, deactivated, back again. Platforms tell far
 * more often than something changed, so nothing is written unless it differs. Names and activity of people in the
 * municipality file are the file's.
 */
export async function followAccount(db: Db, change: AccountChange): Promise<void> {
  const { municipalityId, platform, account: given, active } = change;
  await db.$transaction(async (tx) => {
    const account = await tx.account.findUnique({
      where: { municipalityId_platform_externalId: { municipalityId, platform, externalId: given.externalId } },
      include: { person: { include: { accounts: true } } },
    });
    if (!account) return;
    const email = given.email?.toLowerCase();
    if (account.active !== active || (email !== undefined && account.email !== email)) {
      await tx.account.update({
        where: { municipalityId_id: { municipalityId, id: account.id } },
        data: { active, ...(email !== undefined && { email }) },
      });
    }
    const { person } = account;
    const inFile = person.fileKey !== null;
    const wanted = {
      name: inFile ? person.name : given.name?.trim() || person.name,
      locale: person.localeChosen || given.locale === undefined ? person.locale : readLocale(given.locale),
      active: inFile
        ? person.active
        : active || person.accounts.some((other) => other.id !== account.id && other.active),
    };
    if (wanted.name === person.name && wanted.locale === person.locale && wanted.active === person.active) return;
    await tx.person.update({ where: { municipalityId_id: { municipalityId, id: person.id } }, data: wanted });
    if (!wanted.active) await endAllSessions(tx, municipalityId, [person.id]);
  });
}

/** Null: the municipality's language. */
function readLocale(locale: string | null): string | null {
  return locale === null ? null : toLocale(locale);
}
