import type { Context } from '../chat/feature.js';
import { rolesThatMay } from '../people/roles.js';
import { keysUnder } from '../storage/keys-under.js';

type Joining = Pick<Context, 'write' | 'municipality' | 'person' | 'now' | 'outbox'>;

export type MembershipResult =
  | { ok: true }
  | { ok: false; code: 'MEMBERSHIP.ASKED' | 'MEMBERSHIP.MEMBER' | 'MEMBERSHIP.DECIDED' | 'MEMBERSHIP.NONE' };

/** Asks to belong to the forum; the coordinators are asked to decide. A refused or ended membership can be asked for again. */
export async function requestMembership(context: Joining, motivation: string | undefined): Promise<MembershipResult> {
  const { municipality, now, outbox, person } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx) => {
    const where = { municipalityId_personId: { municipalityId, personId: person.id } };
    const membership = await tx.forumMembership.findUnique({ where });
    if (membership?.status === 'requested') return { ok: false, code: 'MEMBERSHIP.ASKED' };
    if (membership?.status === 'member') return { ok: false, code: 'MEMBERSHIP.MEMBER' };
    const asked = {
      status: 'requested' as const,
      motivation: motivation ?? null,
      requestedAt: now,
      decidedById: null,
      decidedAt: null,
    };
    await tx.forumMembership.upsert({
      where,
      create: { municipalityId, personId: person.id, ...asked },
      update: asked,
    });
    const deciders = await tx.person.findMany({
      where: { municipalityId, active: true, roles: { hasSome: rolesThatMay('decide on membership') } },
      select: { id: true },
    });
    await outbox.post(
      tx,
      municipalityId,
      deciders.map(({ id }) => ({
        key: `membership:${person.id}:${now.getTime()}:${id}`,
        to: { personId: id },
        view: 'forums.membership-request',
        params: { personId: person.id, requestedAt: now.toISOString() },
      })),
    );
    return { ok: true };
  });
}

/** Decides on a request; of two who decide at once the first counts, and the other is told. */
export async function decideMembership(
  context: Joining,
  personId: string,
  accepts: boolean,
): Promise<MembershipResult> {
  const { municipality, now, outbox, person } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx) => {
    const { count } = await tx.forumMembership.updateMany({
      where: { municipalityId, personId, status: 'requested' },
      data: { status: accepts ? 'member' : 'refused', decidedById: person.id, decidedAt: now },
    });
    if (count === 0) return { ok: false, code: 'MEMBERSHIP.DECIDED' };
    await outbox.post(tx, municipalityId, [
      {
        key: `membership-decided:${personId}:${now.getTime()}`,
        to: { personId },
        view: 'forums.membership-decided',
        params: { accepted: accepts ? 'yes' : '' },
      },
    ]);
    const asked = await tx.delivery.findMany({
      where: { municipalityId, key: keysUnder(`membership:${personId}`) },
      select: { key: true },
    });
    await outbox.refresh(
      tx,
      municipalityId,
      asked.map(({ key }) => key),
    );
    return { ok: true };
  });
}

/** Leaves the forum; what was said and voted there stays. */
export async function leaveForum({ write, municipality, person, now }: Joining): Promise<MembershipResult> {
  const { count } = await write((tx) =>
    tx.forumMembership.updateMany({
      where: { municipalityId: municipality.id, personId: person.id, status: { in: ['member', 'requested'] } },
      data: { status: 'ended', decidedAt: now },
    }),
  );
  return count > 0 ? { ok: true } : { ok: false, code: 'MEMBERSHIP.NONE' };
}
