import { whereMayTell } from '../chat/subscriptions.js';
import type { Db, Prisma, Tx } from '../storage/database.js';
import { rolesThatMay } from '../people/roles.js';
import type { Recipients } from './newsletter.js';
import { newsletterSubscription } from './subscription.js';

/**
 * The people an issue goes to: who may read signals or said yes to it by mail, can be reached, did not opt out, and belongs to
 * what was chosen. Who belongs to a neighbourhood filed a signal there, last filed there, answers for it, or asked for it.
 */
function whereReads(municipalityId: string, { neighbourhoods, domains, roles }: Recipients): Prisma.PersonWhereInput {
  return {
    municipalityId,
    active: true,
    accounts: { some: { active: true } },
    AND: [
      {
        OR: [
          { roles: { hasSome: rolesThatMay('read signals') } },
          { newsletterReader: { confirmedAt: { not: null } } },
        ],
      },
      whereMayTell(newsletterSubscription),
      ...(roles.length > 0 ? [{ roles: { hasSome: roles } }] : []),
      ...(neighbourhoods.length > 0
        ? [
            {
              OR: [
                { lastNeighbourhoodId: { in: neighbourhoods } },
                { assignments: { some: { neighbourhoodId: { in: neighbourhoods } } } },
                {
                  newsletterReader: {
                    OR: [{ neighbourhoodIds: { hasSome: neighbourhoods } }, { neighbourhoodIds: { isEmpty: true } }],
                  },
                },
                {
                  filings: {
                    some: { signal: { neighbourhoods: { some: { neighbourhoodId: { in: neighbourhoods } } } } },
                  },
                },
              ],
            },
          ]
        : []),
      ...(domains.length > 0 ? [{ filings: { some: { signal: { lifeDomain: { in: domains } } } } }] : []),
    ],
  };
}

const IN_CHAT = { active: true, platform: { not: 'mail' } };

export interface Audience {
  people: number;
  /** Of them: those reached by mail alone. */
  byMail: number;
  channels: number;
}

/** How many get it, now. */
export async function countRecipients(db: Db | Tx, municipalityId: string, recipients: Recipients): Promise<Audience> {
  const where = whereReads(municipalityId, recipients);
  const people = await db.person.count({ where });
  const byChat = await db.person.count({
    where: { AND: [where, { municipalityId, accounts: { some: IN_CHAT } }] },
  });
  const channels = recipients.channels ? (await findChannels(db, municipalityId)).length : 0;
  return { people, byMail: people - byChat, channels };
}

export interface Recipient {
  id: string;
  /** Reached by mail alone: without chat nobody can sign in. */
  byMail: boolean;
}

/** The next ones in the order of their ids, after this one. */
export async function nextRecipients(
  db: Db | Tx,
  municipalityId: string,
  recipients: Recipients,
  after: string | null,
  limit: number,
): Promise<Recipient[]> {
  const people = await db.person.findMany({
    where: { ...whereReads(municipalityId, recipients), ...(after && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, accounts: { where: IN_CHAT, select: { id: true }, take: 1 } },
  });
  return people.map(({ id, accounts }) => ({ id, byMail: accounts.length === 0 }));
}

/** Channels of owners who are there, with an address on some platform. */
export async function findChannels(db: Db | Tx, municipalityId: string): Promise<string[]> {
  const channels = await db.channel.findMany({
    where: { municipalityId, owner: { active: true }, addresses: { some: {} } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return channels.map(({ id }) => id);
}
