import { ENDED } from '../signals/transitions.js';
import type { Db, Municipality, Prisma, Tx } from '../storage/database.js';
import { DEMO_KEY_PREFIX, type FilePerson, peopleOf } from './file-people.js';
import type { MunicipalityFile } from './file-schema.js';

/** What the database holds of the things a municipality file speaks of. */
export interface MunicipalityState {
  municipality: Municipality | null;
  /** Another municipality than this one has the file's reference. */
  referenceTaken: boolean;
  neighbourhoods: { id: string; number: number; name: string; aliases: string[] }[];
  /** Numbers of neighbourhoods that are not in the file but in signals. */
  neededNumbers: number[];
  /** People of a file, now or before, and whoever has an account that the file names. */
  people: Prisma.PersonGetPayload<{ include: { accounts: true } }>[];
  /** By person id. */
  openSignals: Map<string, number>;
  channels: Prisma.ChannelGetPayload<{ include: { addresses: true } }>[];
  assignments: { id: string; neighbourhoodId: string; personId: string; from: Date; until: Date | null }[];
  sectors: {
    id: string;
    personId: string;
    sector: string | null;
    organisation: string | null;
    from: Date;
    until: Date | null;
  }[];
  leaves: { id: string; personId: string; from: Date; until: Date; replacementId: string | null }[];
}

/**
 * @param municipalityId which one the file is of, when known; else the one with its reference, else with its name.
 */
export async function readState(
  db: Db | Tx,
  file: MunicipalityFile,
  municipalityId?: string,
): Promise<MunicipalityState> {
  const holder = await db.municipality.findUnique({ where: { reference: file.reference } });
  const called = await db.municipality.findFirst({ where: { name: file.name }, orderBy: { createdAt: 'asc' } });
  const municipality = municipalityId
    ? await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } })
    : holder?.name === file.name
      ? holder
      : (called ?? holder);
  const state = { municipality, referenceTaken: holder !== null && holder.id !== municipality?.id };
  if (!municipality) {
    const empty = {
      neighbourhoods: [],
      neededNumbers: [],
      people: [],
      channels: [],
      assignments: [],
      sectors: [],
      leaves: [],
    };
    return { ...state, ...empty, openSignals: new Map() };
  }
  const where = { municipalityId: municipality.id };
  const people = await readPeople(db, municipality.id, peopleOf(file));
  const needed = await db.neighbourhood.findMany({
    where: { ...where, number: { notIn: file.neighbourhoods.map(({ number }) => number) }, signals: { some: {} } },
    select: { number: true },
  });
  const open = await db.signal.groupBy({
    by: ['ownerId'],
    where: { ...where, ownerId: { in: people.map(({ id }) => id) }, status: { notIn: [...ENDED] } },
    _count: true,
  });
  return {
    ...state,
    people,
    neededNumbers: needed.map(({ number }) => number).sort((a, b) => a - b),
    openSignals: new Map(open.map(({ ownerId, _count }) => [ownerId, _count])),
    neighbourhoods: await db.neighbourhood.findMany({ where, orderBy: { number: 'asc' } }),
    channels: await db.channel.findMany({ where, include: { addresses: true } }),
    assignments: await db.assignment.findMany({ where }),
    sectors: await db.sectorAssignment.findMany({ where }),
    // What somebody reported in the chat is not the file's to take away.
    leaves: await db.leave.findMany({ where: { ...where, source: 'file' } }),
  };
}

function readPeople(db: Db | Tx, municipalityId: string, named: FilePerson[]) {
  const accounts = named.flatMap((person) =>
    person.accounts.map(({ platform, externalId }) => ({ platform, externalId })),
  );
  return db.person.findMany({
    where: {
      municipalityId,
      OR: [
        { fileKey: { not: null }, NOT: { fileKey: { startsWith: DEMO_KEY_PREFIX } } },
        ...(accounts.length > 0 ? [{ accounts: { some: { OR: accounts } } }] : []),
      ],
    },
    include: { accounts: true },
    orderBy: { createdAt: 'asc' },
  });
}
