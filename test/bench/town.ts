import { randomUUID } from 'node:crypto';
import type { MunicipalityInfo } from '../../src/chat/feature.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import type { Db, Person, Role } from '../../src/storage/database.js';

export interface BenchTown {
  municipality: MunicipalityInfo;
  workers: Person[];
  /** Each with one regisseur. */
  neighbourhoodIds: string[];
}

const REGISSEURS = 6;
const NEIGHBOURHOODS = 25;
const WORKERS = 50;

/** A town of Ghent's size on an empty database: six regisseurs and a coordinator with a channel each, fifty workers. */
export async function createBenchTown(
  db: Db,
  { reference = 'B', workers: crowd = WORKERS }: { reference?: string; workers?: number } = {},
): Promise<BenchTown> {
  const { id: municipalityId } = await db.municipality.create({
    data: {
      name: 'Benchstad',
      reference,
      zone: 'Europe/Brussels',
      locale: 'nl-BE',
      settings: MunicipalitySettings.parse({}),
    },
  });
  const people = (count: number, role: Role) =>
    db.person.createManyAndReturn({
      data: Array.from({ length: count }, (_, index) => ({ municipalityId, name: `${role} ${index}`, roles: [role] })),
    });
  const regisseurs = await people(REGISSEURS, 'regisseur');
  const owners = [...regisseurs, ...(await people(1, 'coordinator'))];
  const workers = await people(crowd, 'worker');
  const channels = owners.map(({ id, name }) => ({ municipalityId, id: randomUUID(), name, ownerId: id }));
  await db.channel.createMany({ data: channels });
  await db.channelAddress.createMany({
    data: channels.map(({ id }) => ({ municipalityId, channelId: id, platform: 'playground', externalId: id })),
  });
  await db.account.createMany({
    data: [...owners, ...workers].map(({ id }) => ({
      municipalityId,
      personId: id,
      platform: 'playground',
      externalId: id,
    })),
  });
  const neighbourhoods = await db.neighbourhood.createManyAndReturn({
    data: Array.from({ length: NEIGHBOURHOODS }, (_, index) => ({
      municipalityId,
      number: index + 1,
      name: `Wijk ${index + 1}`,
      aliases: [],
    })),
  });
  await db.assignment.createMany({
    data: neighbourhoods.map(({ id, number }) => ({
      municipalityId,
      neighbourhoodId: id,
      personId: regisseurs[number % REGISSEURS]?.id ?? '',
      from: new Date('2020-01-01'),
    })),
  });
  const municipality = await createMunicipalityReader(db, () => new Date())(municipalityId);
  return { municipality, workers, neighbourhoodIds: neighbourhoods.map(({ id }) => id) };
}
