import { randomUUID } from 'node:crypto';
import type { Db, Prisma, Tx } from '../../src/storage/database.js';

/** Adds a municipality with nothing in it; gives its id. */
export async function addMunicipality(db: Db, name: string): Promise<string> {
  const { id } = await db.municipality.create({
    data: { name, reference: `${name}-${randomUUID()}`, zone: 'Europe/Brussels', locale: 'nl-BE', settings: {} },
  });
  return id;
}

/** Adds an invented person; gives its id. */
export async function addPerson(db: Db, municipalityId: string, name: string): Promise<string> {
  const { id } = await db.person.create({ data: { municipalityId, name } });
  return id;
}

/** Adds a signal as the tables need it, past the rules of filing; gives its id. */
export async function addSignal(
  db: Db | Tx,
  municipalityId: string,
  ownerId: string,
  values: Partial<Prisma.SignalUncheckedCreateInput> = {},
): Promise<string> {
  const now = new Date();
  const { id } = await db.signal.create({
    data: {
      municipalityId,
      ownerId,
      reference: `T-${randomUUID()}`,
      formId: randomUUID(),
      title: 'Lange wachttijd',
      description: 'Gezinnen wachten maanden op een plaats.',
      route: {},
      filedAt: now,
      updatedAt: now,
      ...values,
    },
  });
  return id;
}
