import { z } from 'zod';
import type { Person, Prisma, Role, Tx } from '../../storage/database.js';
import { insertRow, moveBack, Moved, moveReferences } from './move-references.js';

/** Roles somebody has by working here. The others come from the municipality file, to who is named there. */
const OWN_ROLES: readonly Role[] = ['worker', 'signal_coordinator'];

/** The one who went, as they were. */
const Former = z.object({
  person: z.record(z.string(), z.unknown()),
  roles: z.array(z.string()),
  accounts: z.array(z.object({ platform: z.string(), externalId: z.string() })),
});
export type Former = z.infer<typeof Former>;

/**
 * Who of two people stays when they turn out to be one: whom the municipality file names, otherwise who was here first.
 * Undefined when the file names both: then it is the file that must say that they are one.
 */
export function chooseWhoStays<P extends Pick<Person, 'fileKey' | 'createdAt'>>(
  one: P,
  other: P,
): { stays: P; goes: P } | undefined {
  if (one.fileKey !== null && other.fileKey !== null) return undefined;
  const first = one.fileKey !== null || (other.fileKey === null && one.createdAt <= other.createdAt);
  return first ? { stays: one, goes: other } : { stays: other, goes: one };
}

/**
 * Makes two people one: everything that was the other's becomes the first one's, who gets what the other was by working
 * here and nothing more. Waits for whatever either is doing; in the caller's transaction.
 *
 * @returns the id of the row from which `separatePeople` takes it back, and keys of messages that must be rendered again.
 */
export async function mergePeople(
  tx: Tx,
  { municipalityId, staysId, goesId, now }: { municipalityId: string; staysId: string; goesId: string; now: Date },
): Promise<{ linkId: string; stale: string[] }> {
  await lockPeople(tx, municipalityId, [staysId, goesId]);
  const stays = await tx.person.findUniqueOrThrow({ where: keyOf(municipalityId, staysId) });
  const goes = await tx.person.findUniqueOrThrow({ where: keyOf(municipalityId, goesId), include: { accounts: true } });
  const [row] = await tx.$queryRaw<{ row: Record<string, unknown> }[]>`
    SELECT to_jsonb(p) AS "row" FROM "Person" p WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${goesId}::uuid`;
  const former: Former = {
    person: row?.row ?? {},
    roles: goes.roles,
    accounts: goes.accounts.map(({ platform, externalId }) => ({ platform, externalId })),
  };
  const moved = await moveReferences(tx, { municipalityId, from: goesId, to: staysId });
  await tx.person.delete({ where: keyOf(municipalityId, goesId) });
  const gained = goes.roles.filter((role) => OWN_ROLES.includes(role) && !stays.roles.includes(role));
  await tx.person.update({
    where: keyOf(municipalityId, staysId),
    data: {
      roles: [...stays.roles, ...gained],
      organisation: stays.organisation ?? goes.organisation,
      sector: stays.sector ?? goes.sector,
      lastNeighbourhoodId: stays.lastNeighbourhoodId ?? goes.lastNeighbourhoodId,
      ...(goes.localeChosen && !stays.localeChosen && { locale: goes.locale, localeChosen: true }),
    },
  });
  const link = await tx.accountLink.create({
    data: {
      municipalityId,
      personId: staysId,
      former: asJson(former),
      moved: asJson(moved),
      rolesBefore: stays.roles,
      at: now,
    },
  });
  return { linkId: link.id, stale: await deliveriesOf(tx, municipalityId, moved) };
}

/**
 * Takes a merge back: the other person is there again with what was theirs. What was done since stays with the one who
 * stayed, and nobody gets back a role that was taken away meanwhile.
 *
 * @returns null when it was taken back already, or is somebody else's.
 */
export async function separatePeople(
  tx: Tx,
  { municipalityId, personId, linkId }: { municipalityId: string; personId: string; linkId: string },
): Promise<{ formerId: string; stale: string[] } | null> {
  await lockPeople(tx, municipalityId, [personId]);
  const link = await tx.accountLink.findUnique({ where: keyOf(municipalityId, linkId), include: { person: true } });
  if (link?.personId !== personId) return null;
  const former = Former.parse(link.former);
  const moved = Moved.parse(link.moved);
  const formerId = z.uuid().parse(former.person['id']);
  const now = link.person.roles;
  const theirs = now.filter((role) => former.roles.includes(role));
  const roles: Role[] = theirs.length > 0 ? theirs : ['worker'];
  const placeId = z.uuid().safeParse(former.person['lastNeighbourhoodId']).data;
  const place = placeId && (await tx.neighbourhood.count({ where: { municipalityId, id: placeId } })) > 0;
  const lastNeighbourhoodId = place ? placeId : null;
  await insertRow(tx, 'Person', { ...former.person, roles, fileKey: null, lastNeighbourhoodId });
  await moveBack(tx, { municipalityId, from: formerId, to: personId }, moved);
  const gained = former.roles.filter((role) => !(link.rolesBefore as string[]).includes(role));
  await tx.person.update({
    where: keyOf(municipalityId, personId),
    data: { roles: now.filter((role) => !gained.includes(role)) },
  });
  await tx.accountLink.delete({ where: keyOf(municipalityId, linkId) });
  return { formerId, stale: await deliveriesOf(tx, municipalityId, moved) };
}

/** What a person was linked with, the latest first. */
export async function readLinks(
  tx: Pick<Tx, 'accountLink'>,
  municipalityId: string,
  personId: string,
): Promise<{ id: string; accounts: Former['accounts'] }[]> {
  const links = await tx.accountLink.findMany({ where: { municipalityId, personId }, orderBy: { at: 'desc' } });
  return links.map(({ id, former }) => ({ id, accounts: Former.parse(former).accounts }));
}

/** In one order, so that two merges never wait for each other. */
async function lockPeople(tx: Tx, municipalityId: string, ids: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT "id" FROM "Person" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ANY(${ids}::uuid[])
    ORDER BY "id" FOR UPDATE`;
}

/** Messages whose buttons were for somebody else: they are rendered for who it is now. */
async function deliveriesOf(tx: Tx, municipalityId: string, { documents }: Moved): Promise<string[]> {
  const ids = documents
    .filter(({ table }) => table === 'Delivery')
    .flatMap(({ keys }) => keys.map((key) => z.uuid().parse(key['id'])));
  const rows = await tx.delivery.findMany({
    where: { municipalityId, id: { in: ids }, status: 'sent' },
    select: { key: true },
  });
  return rows.map(({ key }) => key);
}

const keyOf = (municipalityId: string, id: string) => ({ municipalityId_id: { municipalityId, id } });

function asJson(value: Former | Moved): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;
}
