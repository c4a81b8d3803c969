import { DateTime } from 'luxon';
import type { Occasion } from '../chat/feature.js';
import type { Prisma } from '../storage/database.js';
import type { ScheduleView } from '../chat/feature.js';
import { DEFAULT_DIGEST } from '../settings/digest-moment.js';

/** The settings screen offers half hours. */
const HALF_HOUR_MS = 30 * 60_000;

/** Who of these people wants a digest at a moment in the window, by the clock on the town's wall; one occasion for each. */
export async function findDigestMoments(
  { db, municipality, window }: ScheduleView,
  readers: Prisma.PersonWhereInput,
): Promise<Occasion[]> {
  const moments = halfHoursIn(window).map((at) => {
    const local = DateTime.fromJSDate(at, { zone: municipality.zone });
    return { at, digestDay: local.weekday, digestAt: local.hour * 60 + local.minute };
  });
  // Most ticks end here: nobody is asked.
  if (moments.length === 0) return [];
  const people = await db.person.findMany({
    where: { AND: [readers, { OR: moments.flatMap(whoChose) }], municipalityId: municipality.id, active: true },
    select: { id: true, digestDay: true, digestAt: true },
    orderBy: { id: 'asc' },
  });
  return people.flatMap(({ id, digestDay, digestAt }) =>
    moments
      .filter(
        (moment) =>
          moment.digestDay === (digestDay ?? DEFAULT_DIGEST.day) && moment.digestAt === (digestAt ?? DEFAULT_DIGEST.at),
      )
      .map(({ at }) => ({ subject: id, at })),
  );
}

function whoChose({ digestDay, digestAt }: { digestDay: number; digestAt: number }): Prisma.PersonWhereInput[] {
  const usual = digestDay === DEFAULT_DIGEST.day && digestAt === DEFAULT_DIGEST.at;
  return [{ digestDay, digestAt }, ...(usual ? [{ digestDay: null }] : [])];
}

/** After `from`, up to and with `until`. */
function halfHoursIn({ from, until }: ScheduleView['window']): Date[] {
  const first = Math.floor(from.getTime() / HALF_HOUR_MS) + 1;
  const last = Math.floor(until.getTime() / HALF_HOUR_MS);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => new Date((first + index) * HALF_HOUR_MS));
}
