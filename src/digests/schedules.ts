import type { OccasionContext, Schedule } from '../chat/feature.js';
import { whereMayTell, type Subscription } from '../chat/subscriptions.js';
import { rolesThatMay } from '../people/roles.js';
import type { Prisma } from '../storage/database.js';
import { findDigestMoments } from './find-moments.js';
import { readFollowed } from './read-followed.js';
import { findOwnersFor, readPortfolios, type Period } from './read-portfolios.js';
import { coordinatorDigest, followedDigest, regisseurDigest } from './subscriptions.js';

const WEEK_MS = 7 * 24 * 3_600_000;

interface Digest {
  subscription: Subscription;
  readers: Prisma.PersonWhereInput;
  /** A digest with nothing in it is not sent. */
  hasNews(context: OccasionContext, personId: string, period: Period): Promise<boolean>;
}

/** Weekly, at the moment each reader chose. Of several that an outage held up the latest is sent, about all of that time. */
function digestSchedule({ subscription, readers, hasNews }: Digest): Schedule {
  const { id, label } = subscription;
  return {
    id,
    says: label,
    missed: 'latest',
    occasions: (view) => findDigestMoments(view, { AND: [readers, whereMayTell(subscription)] }),
    async run(context, { subject: personId, at }, { late }) {
      const { municipality, outbox, tx } = context;
      const period = { from: await findStart(context, id, personId, at), until: at };
      if (!(await hasNews(context, personId, period))) return;
      const { from, until } = { from: period.from.toISOString(), until: at.toISOString() };
      await outbox.post(tx, municipality.id, [
        {
          key: `digest:${id}:${personId}:${until}`,
          to: { personId },
          view: id,
          params: { personId, from, until, late: late ? until : '' },
        },
      ]);
    },
  };
}

/** Where the last one ended; for the first one, a week ago. */
async function findStart({ tx, municipality }: OccasionContext, schedule: string, subject: string, at: Date) {
  const last = await tx.occurrence.findFirst({
    where: { municipalityId: municipality.id, schedule, subject, status: 'done', dueAt: { lt: at } },
    orderBy: { dueAt: 'desc' },
    select: { dueAt: true },
  });
  return last?.dueAt ?? new Date(at.getTime() - WEEK_MS);
}

export const digestSchedules: Schedule[] = [
  digestSchedule({
    subscription: regisseurDigest,
    readers: { roles: { has: 'regisseur' } },
    async hasNews({ tx, municipality, now }, personId, period) {
      const owners = await findOwnersFor(tx, municipality, personId, now);
      return (await readPortfolios(tx, municipality, period, owners)).length > 0;
    },
  }),
  digestSchedule({
    subscription: coordinatorDigest,
    readers: { roles: { has: 'coordinator' } },
    hasNews: async ({ tx, municipality }, _personId, period) =>
      (await readPortfolios(tx, municipality, period)).length > 0,
  }),
  digestSchedule({
    subscription: followedDigest,
    readers: { roles: { hasSome: rolesThatMay('read signals') }, follows: { some: { pace: 'weekly' } } },
    hasNews: async ({ tx, municipality }, personId, period) =>
      (await readFollowed({ db: tx, municipality, locale: municipality.locale }, personId, period)).length > 0,
  }),
];
