import type { Outbox } from '../chat/feature.js';
import { mayTell } from '../chat/subscriptions.js';
import { may } from '../people/roles.js';
import type { Db, NewsletterReader, Person, Tx } from '../storage/database.js';
import { newsletterSubscription } from './subscription.js';

/** Somebody who is to be asked whether they want the newsletter by mail. */
export interface ReaderToAdd {
  name: string;
  /** In small letters. */
  mail: string;
  organisation: string | undefined;
  neighbourhoodIds: string[];
}

/**
 * Adds a reader by mail, who gets one question and nothing else until they said yes.
 *
 * @returns `in chat`: they read it there already; `stopped`: they said no before, and only they take that back.
 */
export async function addReader(
  tx: Tx,
  { municipalityId, now, fromFile }: { municipalityId: string; now: Date; fromFile: boolean },
  { name, mail, organisation, neighbourhoodIds }: ReaderToAdd,
): Promise<'added' | 'there' | 'in chat' | 'stopped'> {
  const account = { municipalityId, platform: 'mail', externalId: mail };
  const holder = await tx.account.findUnique({
    where: { municipalityId_platform_externalId: account },
    include: { person: { include: { newsletterReader: true, choices: true } } },
  });
  const known = holder?.person;
  if (known?.newsletterReader) {
    await tx.newsletterReader.update({
      where: { municipalityId_personId: { municipalityId, personId: known.id } },
      data: { neighbourhoodIds, fromFile },
    });
    return 'there';
  }
  const stopped = known !== undefined && !mayTell(known, newsletterSubscription);
  const inChat = known && may(known, 'read signals');
  // In the file they stand as they are; the form says why it adds nobody.
  if ((stopped || inChat) && !fromFile) return stopped ? 'stopped' : 'in chat';
  const person =
    known ??
    (await tx.person.create({
      data: { municipalityId, name, roles: [], organisation: organisation ?? null, accounts: { create: mailOf(mail) } },
    }));
  await tx.newsletterReader.create({
    data: {
      municipalityId,
      personId: person.id,
      neighbourhoodIds,
      fromFile,
      addedAt: now,
      askedAt: stopped || inChat ? now : null,
    },
  });
  return stopped ? 'stopped' : inChat ? 'in chat' : 'added';
}

const mailOf = (mail: string) => ({ platform: 'mail', externalId: mail, email: mail });

/** Sends the question, once. */
export async function askReader(
  tx: Tx,
  { outbox, now }: { outbox: Outbox; now: Date },
  { municipalityId, personId, addedAt }: Pick<NewsletterReader, 'municipalityId' | 'personId' | 'addedAt'>,
): Promise<void> {
  await tx.newsletterReader.updateMany({ where: { municipalityId, personId, askedAt: null }, data: { askedAt: now } });
  await outbox.post(tx, municipalityId, [
    {
      key: `newsletter-reader:${personId}:${addedAt.getTime()}`,
      to: { personId },
      view: 'newsletters.reader',
      params: { personId },
    },
  ]);
}

/** They said yes. Again it changes nothing; after they stopped it takes that back. */
export async function confirmReader(tx: Tx, reader: NewsletterReader, now: Date): Promise<void> {
  const { municipalityId, personId } = reader;
  await tx.newsletterReader.updateMany({
    where: { municipalityId, personId, confirmedAt: null },
    data: { confirmedAt: now },
  });
  await tx.tellChoice.deleteMany({ where: { municipalityId, personId, kind: newsletterSubscription.id } });
}

/**
 * Forgets a reader. Who was a person here for this alone is erased: their name and address stand nowhere any more, not in
 * what was sent either.
 */
export async function removeReader(tx: Tx, municipalityId: string, personId: string): Promise<void> {
  await tx.newsletterReader.deleteMany({ where: { municipalityId, personId } });
  const person = await tx.person.findUnique({
    where: { municipalityId_id: { municipalityId, id: personId } },
    include: { accounts: true, forums: { take: 1 }, choices: true },
  });
  if (!person || person.roles.length > 0 || person.forums.length > 0) return;
  if (person.accounts.some(({ platform }) => platform !== 'mail')) return;
  // Who said no is kept: nobody may ask them again.
  if (person.choices.some(({ wanted }) => !wanted)) return;
  await tx.account.deleteMany({ where: { municipalityId, personId } });
  await tx.delivery.deleteMany({ where: { municipalityId, personId, status: { in: ['waiting', 'held', 'failed'] } } });
  await tx.delivery.updateMany({ where: { municipalityId, personId }, data: { conversationId: ERASED } });
  await tx.person.update({
    where: { municipalityId_id: { municipalityId, id: personId } },
    data: { name: ERASED, organisation: null, active: false },
  });
}

const ERASED = '-';

export interface ListedReader {
  personId: string;
  name: string;
  organisation: string | null;
  mail: string;
  neighbourhoodIds: string[];
  fromFile: boolean;
  state: 'asked' | 'reads' | 'stopped' | 'in chat';
}

/** Readers by mail, in the order of their names. */
export async function listReaders(db: Db, municipalityId: string): Promise<ListedReader[]> {
  const readers = await db.newsletterReader.findMany({
    where: { municipalityId },
    include: { person: { include: { accounts: { where: { platform: 'mail' } }, choices: true } } },
    orderBy: { person: { name: 'asc' } },
  });
  return readers.map(({ personId, neighbourhoodIds, fromFile, confirmedAt, person }) => ({
    personId,
    name: person.name,
    organisation: person.organisation,
    mail: person.accounts[0]?.externalId ?? '',
    neighbourhoodIds,
    fromFile,
    state: stateOf(person, mayTell(person, newsletterSubscription), confirmedAt),
  }));
}

function stateOf(person: Person, wants: boolean, confirmedAt: Date | null): ListedReader['state'] {
  if (!wants) return 'stopped';
  if (may(person, 'read signals')) return 'in chat';
  return confirmedAt ? 'reads' : 'asked';
}
