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
  // Of an outage of months there are no more moments in a week than of any other.
  const moments = new Map<string, Moment>();
  for (const at of halfHoursIn(window)) {
    const local = DateTime.fromJSDate(at, { zone: municipality.zone });
    const chosen = { digestDay: local.weekday, digestAt: local.hour * 60 + local.minute };
    const key = keyOf(chosen);
    moments.set(key, { ...chosen, instants: [...(moments.get(key)?.instants ?? []), at] });
  }
  // Most ticks end here: nobody is asked.
  if (moments.size === 0) return [];
  const people = await db.person.findMany({
    where: {
      AND: [readers, { OR: [...moments.values()].flatMap(whoChose) }],
      municipalityId: municipality.id,
      active: true,
    },
    select: { id: true, digestDay: true, digestAt: true },
    orderBy: { id: 'asc' },
  });
  return people.flatMap(({ id, digestDay, digestAt }) => {
    const key = keyOf({ digestDay: digestDay ?? DEFAULT_DIGEST.day, digestAt: digestAt ?? DEFAULT_DIGEST.at });
    return (moments.get(key)?.instants ?? []).map((at) => ({ subject: id, at }));
  });
}

interface Chosen {
  digestDay: number;
  digestAt: number;
}

interface Moment extends Chosen {
  instants: Date[];
}

const keyOf = ({ digestDay, digestAt }: Chosen) => `${digestDay} ${digestAt}`;

function whoChose({ digestDay, digestAt }: Chosen): Prisma.PersonWhereInput[] {
  const usual = digestDay === DEFAULT_DIGEST.day && digestAt === DEFAULT_DIGEST.at;
  return [{ digestDay, digestAt }, ...(usual ? [{ digestDay: null }] : [])];
}

/** After `from`, up to and with `until`. */
function halfHoursIn({ from, until }: ScheduleView['window']): Date[] {
  const first = Math.floor(from.getTime() / HALF_HOUR_MS) + 1;
  const last = Math.floor(until.getTime() / HALF_HOUR_MS);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => new Date((first + index) * HALF_HOUR_MS));
}
