import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { MunicipalitySettings } from '../../../src/municipality/municipality-settings.js';
import type { Db, OpenDatabase, Person } from '../../../src/storage/database.js';
import { ENDED } from '../../../src/signals/transitions.js';
import { openTown, TOWN_NOW, type Town } from '../../support/town.js';
import { PLATFORMS, type Who } from './actions.js';

/** Of every signal here, so that its coordinator may act on it. */
const SECTOR = 'housing';
/** Rounds are this far apart: an entry's time tells its round. */
export const ROUND_MS = 1_000;

/** A town with two signals on their way, in which one sequence at a time is tried; several towns go on beside each other. */
export interface Lane {
  db: Db;
  town: Town;
  people: Record<Who, Person>;
  /** Of the sequence that is under way, in the order they came in; a split and a filing add some. */
  signals: { id: string; reference: string }[];
  /** Ids of the two it began with, which nobody filed through the chat. */
  given: ReadonlySet<string>;
  /** Who stands in for whom, and between which moments that may have counted. */
  leaves: { of: string; replacement: string; from: Date; to: Date }[];
  filersMayReopen: boolean;
  /** Of the town's clock, YYYY-MM-DD. */
  today(): string;
  /** Two signals of two filers, an hour later than everything before. */
  begin(): Promise<void>;
  /** The signals that came in since. */
  look(): Promise<void>;
  /** The sequence's signals are out of everybody's way. */
  end(): Promise<void>;
}

/**
 * @param filersMayReopen whether a filer's "dit helpt niet" reopens a signal here.
 */
export async function openLane(database: OpenDatabase, reference: string, filersMayReopen: boolean): Promise<Lane> {
  const { db } = database;
  const settings = MunicipalitySettings.parse({ signalCoordinatorsTakeOn: true, filersMayReopen });
  const town = await openTown(database, reference, settings);
  const { municipalityId } = town;
  const addPerson = (name: string, role: 'worker' | 'signal_coordinator', organisation: string) =>
    db.person.create({
      data: {
        municipalityId,
        name,
        roles: [role],
        organisation,
        accounts: { create: { platform: 'playground', externalId: name } },
      },
    });
  const people: Lane['people'] = {
    ...town.people,
    neighbour: await addPerson('Werker Drie', 'worker', 'De Brug'),
    sectorCoordinator: await addPerson('Signaalcoördinator', 'signal_coordinator', 'De Woonwinkel'),
  };
  await db.sectorAssignment.create({
    data: { municipalityId, sector: SECTOR, personId: people.sectorCoordinator.id, from: new Date('2026-01-01') },
  });
  // Everybody has an account on every platform.
  await db.account.deleteMany({ where: { municipalityId } });
  await db.account.createMany({
    data: Object.values(people).flatMap(({ id }) =>
      PLATFORMS.map((platform) => ({ municipalityId, personId: id, platform, externalId: id, lastUsedAt: TOWN_NOW })),
    ),
  });
  let since = TOWN_NOW;

  const look = async () => {
    lane.signals = await db.signal.findMany({
      where: { municipalityId, filedAt: { gte: since } },
      orderBy: { reference: 'asc' },
      select: { id: true, reference: true },
    });
  };
  const lane: Lane = {
    db,
    town,
    people,
    signals: [],
    given: new Set(),
    leaves: [],
    filersMayReopen,
    today: () => town.clock.now.toISOString().slice(0, 10),
    look,
    async begin() {
      since = new Date(town.clock.now.getTime() + ROUND_MS);
      town.clock.now = since;
      const filers = [people.worker, people.colleague];
      const { last } = await db.referenceCounter.upsert({
        where: { municipalityId_year: { municipalityId, year: 2026 } },
        create: { municipalityId, year: 2026, last: filers.length },
        update: { last: { increment: filers.length } },
      });
      lane.signals = filers.map((_, index) => ({
        id: uuidv7(),
        reference: `${reference}-2026-${String(last - filers.length + 1 + index).padStart(4, '0')}`,
      }));
      lane.given = new Set(lane.signals.map(({ id }) => id));
      lane.leaves = [];
      // As filing leaves them: filing itself has its own tests, and would take most of the time.
      await db.signal.createMany({
        data: lane.signals.map((signal) => ({
          ...signal,
          municipalityId,
          formId: randomUUID(),
          title: 'Gezinnen vinden geen woning',
          description: 'De huurprijzen stijgen.',
          cityWide: true,
          sector: SECTOR,
          ownerId: people.regisseur.id,
          route: { rule: 'city_wide' },
          filedAt: since,
          updatedAt: since,
          clockFrom: since,
        })),
      });
      await db.signalFiler.createMany({
        data: lane.signals.map(({ id }, index) => ({
          municipalityId,
          signalId: id,
          personId: filers[index]?.id ?? '',
          organisation: filers[index]?.organisation ?? null,
          at: since,
        })),
      });
      await db.timelineEntry.createMany({
        data: lane.signals.map(({ id }, index) => ({
          municipalityId,
          id: uuidv7(),
          signalId: id,
          kind: 'filed' as const,
          visibility: 'public' as const,
          toStatus: 'received' as const,
          personId: filers[index]?.id ?? null,
          platform: 'playground',
          at: since,
        })),
      });
    },
    async end() {
      // A hand-over takes every open signal of somebody, and a leave lasts: the next sequence is to find none of either.
      await db.signal.updateMany({
        where: { municipalityId, status: { notIn: [...ENDED] } },
        data: { status: 'withdrawn' },
      });
      await db.leave.deleteMany({ where: { municipalityId } });
      await db.delivery.deleteMany({ where: { municipalityId } });
    },
  };
  return lane;
}
