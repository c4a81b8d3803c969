import type { MunicipalityInfo, Occasion, OccasionContext, Schedule } from '../chat/feature.js';
import type { Db, Tx } from '../storage/database.js';
import { wallClock } from '../calendar/wall-clock.js';
import { FORGOTTEN_AFTER_DAYS } from './reader-message.js';
import { addReader, askReader, removeReader } from './readers.js';
import { readerTexts } from './texts-readers.js';

const DAY_MS = 86_400_000;
/** Subject of the occasion that brings the rows in line with the municipality file; the others are about one person. */
const FILE = 'file';

/** Takes up the readers of the municipality file, asks who was not asked yet, and forgets who said nothing. */
export const readerSchedule: Schedule = {
  id: 'newsletters.readers',
  says: (locale) => readerTexts(locale)('schedule'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const { until } = window;
    const { add, remove } = await compareWithFile(db, municipality);
    const waiting = await db.newsletterReader.findMany({
      where: { municipalityId: municipality.id, OR: [{ askedAt: null }, silentSince(until)] },
      select: { personId: true },
    });
    // The next minute again, until nothing is left to do.
    const moment = wallClock(until, municipality.zone);
    return [
      ...(add.length + remove.length > 0 ? [{ subject: FILE, at: until, moment }] : []),
      ...waiting.map(({ personId }): Occasion => ({ subject: personId, at: until, moment })),
    ];
  },
  async run(context, { subject }) {
    if (subject === FILE) return followFile(context);
    const { tx, municipality, now } = context;
    const reader = await tx.newsletterReader.findUnique({
      where: { municipalityId_personId: { municipalityId: municipality.id, personId: subject } },
    });
    if (!reader) return;
    if (!reader.askedAt) return askReader(tx, context, reader);
    if (reader.confirmedAt === null && !reader.fromFile && isSilent(reader.askedAt, now)) {
      await removeReader(tx, municipality.id, subject);
    }
  },
};

const longAgo = (now: Date) => new Date(now.getTime() - FORGOTTEN_AFTER_DAYS * DAY_MS);
const isSilent = (askedAt: Date, now: Date) => askedAt < longAgo(now);
const silentSince = (now: Date) => ({ confirmedAt: null, fromFile: false, askedAt: { lt: longAgo(now) } });

async function followFile({ tx, municipality, now }: OccasionContext): Promise<void> {
  const { add, remove } = await compareWithFile(tx, municipality);
  const numbers = await tx.neighbourhood.findMany({ where: { municipalityId: municipality.id } });
  for (const { name, mail, organisation, neighbourhoods } of add) {
    const neighbourhoodIds = numbers.filter(({ number }) => neighbourhoods.includes(number)).map(({ id }) => id);
    await addReader(
      tx,
      { municipalityId: municipality.id, now, fromFile: true },
      { name, mail, organisation, neighbourhoodIds },
    );
  }
  for (const personId of remove) await removeReader(tx, municipality.id, personId);
}

/** Entries of the file that are no readers yet, and readers from a file who stand in it no longer. */
async function compareWithFile(db: Db | Tx, { id: municipalityId, settings }: MunicipalityInfo) {
  const rows = await db.newsletterReader.findMany({
    where: { municipalityId, fromFile: true },
    select: { personId: true, person: { select: { accounts: { where: { platform: 'mail' } } } } },
  });
  const mails = new Map(rows.map(({ personId, person }) => [person.accounts[0]?.externalId, personId]));
  const wanted = new Set<string | undefined>(settings.readers.map(({ mail }) => mail));
  return {
    add: settings.readers.filter(({ mail }) => !mails.has(mail)),
    remove: [...mails].filter(([mail]) => !wanted.has(mail)).map(([, personId]) => personId),
  };
}
