import type { Context } from '../chat/feature.js';
import type { FormValues } from '../chat/form.js';
import type { MunicipalitySettings } from '../municipality/municipality-settings.js';
import type { Db, Draft, Prisma, Tx } from '../storage/database.js';

/** A draft is for today or this week, no archive; and a card holds six buttons, two for each. */
export const DRAFTS_MAX = 3;

const DAY_MS = 24 * 3_600_000;

/** Drafts that were last written before this are erased. */
export function keptSince(settings: MunicipalitySettings, now: Date): Date {
  return new Date(now.getTime() - settings.drafts.days * DAY_MS);
}

type Keeping = Pick<Context, 'write' | 'municipality' | 'person' | 'now'>;

/**
 * Keeps what was typed, for its writer alone.
 *
 * @param id of the draft that is written on, or of the form it was first typed in: sent twice it is kept once.
 */
export async function keepDraft(
  { write, municipality, person, now }: Keeping,
  id: string,
  values: FormValues,
): Promise<{ ok: true } | { ok: false; code: 'DRAFT.TOO_MANY' }> {
  const municipalityId = municipality.id;
  return write(async (tx) => {
    // One person's drafts take turns, so that two at once cannot both be the last that fits.
    await tx.$queryRaw`
      SELECT "id" FROM "Person" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${person.id}::uuid FOR UPDATE`;
    const others = await tx.draft.count({
      where: { ...ownDrafts(municipality, person.id, now), id: { not: id } },
    });
    const data = { values: values as Prisma.InputJsonObject, updatedAt: now };
    const { count } = await tx.draft.updateMany({ where: { municipalityId, id, personId: person.id }, data });
    if (count > 0) return { ok: true } as const;
    if (others >= DRAFTS_MAX) return { ok: false, code: 'DRAFT.TOO_MANY' } as const;
    await tx.draft.create({ data: { municipalityId, id, personId: person.id, ...data } });
    return { ok: true } as const;
  });
}

function ownDrafts(
  municipality: Pick<Context['municipality'], 'id' | 'settings'>,
  personId: string,
  now: Date,
): Prisma.DraftWhereInput {
  return { municipalityId: municipality.id, personId, updatedAt: { gt: keptSince(municipality.settings, now) } };
}

/** A person's own drafts, the newest first. */
export async function listDrafts({
  db,
  municipality,
  person,
  now,
}: Pick<Context, 'db' | 'municipality' | 'person' | 'now'>): Promise<Draft[]> {
  return db.draft.findMany({
    where: ownDrafts(municipality, person.id, now),
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
  });
}

/** Erases a person's own draft: it was filed, or thrown away. */
export async function removeDraft(db: Db | Tx, municipalityId: string, personId: string, id: string): Promise<boolean> {
  return (await db.draft.deleteMany({ where: { municipalityId, personId, id } })).count > 0;
}
