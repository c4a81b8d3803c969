import { instantAt } from '../calendar/wall-clock.js';
import { startOfWork } from '../calendar/working-hours.js';
import { addDays, toWorkingDay } from '../calendar/working-days.js';
import type { Occasion, Post, Schedule, ScheduleView } from '../chat/feature.js';
import { toIso } from '../signals/clock.js';
import { ENDED } from '../signals/transitions.js';
import type { Leave } from '../storage/database.js';
import { refreshCards } from './refresh-cards.js';
import { leaveTexts } from './texts.js';

const MIDNIGHT = { hour: 0, minute: 0 };
/** Further back than the longest weekend: what began before it was told then, or is long known. */
const LOOK_BACK_DAYS = 7;

type Edge = 'starts' | 'ends';

/** Every first day, and every day after a last one, of late. */
async function findEdges({
  db,
  municipality,
  window,
}: ScheduleView): Promise<{ leave: Leave; edge: Edge; day: string }[]> {
  const today = toIso(window.until);
  const since = new Date(addDays(toIso(window.from), -LOOK_BACK_DAYS));
  const tomorrow = new Date(addDays(today, 1));
  const leaves = await db.leave.findMany({
    where: {
      municipalityId: municipality.id,
      OR: [{ from: { gte: since, lte: tomorrow } }, { until: { gte: since, lte: tomorrow } }],
    },
  });
  return leaves.flatMap((leave) => [
    ...(leave.from >= since ? [{ leave, edge: 'starts' as const, day: toIso(leave.from) }] : []),
    ...(leave.until >= since ? [{ leave, edge: 'ends' as const, day: addDays(toIso(leave.until), 1) }] : []),
  ]);
}

/** A moment names the day: a leave that was shortened ends on another one, and that is another occasion. */
const momentOf = (edge: Edge, day: string) => `${edge} ${day}`;

function isStill(leave: Leave | null, moment: string | undefined): leave is Leave {
  if (!leave) return false;
  return [momentOf('starts', toIso(leave.from)), momentOf('ends', addDays(toIso(leave.until), 1))].includes(
    moment ?? '',
  );
}

/** At midnight the cards show who may act from now on. */
export const turnCards: Schedule = {
  id: 'leave.turn',
  says: (locale) => leaveTexts(locale)('schedule.turn'),
  missed: 'latest',
  async occasions(view) {
    const edges = await findEdges(view);
    return edges
      .map(({ leave, edge, day }): Occasion => ({
        subject: leave.id,
        moment: momentOf(edge, day),
        at: instantAt(day, MIDNIGHT, view.municipality.zone),
      }))
      .filter(({ at }) => at <= view.window.until);
  },
  async run({ tx, municipality, outbox }, { subject: id, moment }) {
    const leave = await tx.leave.findUnique({ where: { municipalityId_id: { municipalityId: municipality.id, id } } });
    if (isStill(leave, moment)) await refreshCards(tx, { municipality, outbox }, leave.personId);
  },
};

/** On the first working morning: who stands in reads what is theirs now, and afterwards both that it is over. */
export const tellEdges: Schedule = {
  id: 'leave.tell',
  says: (locale) => leaveTexts(locale)('schedule.tell'),
  missed: 'latest',
  async occasions(view) {
    const { municipality, window } = view;
    const edges = await findEdges(view);
    return (
      edges
        .map(({ leave, edge, day }) => ({ leave, edge, day, work: toWorkingDay(day, municipality.settings) }))
        // All of it fell in a weekend: there was nothing to stand in for.
        .filter(({ leave, edge, work }) => edge === 'ends' || work <= toIso(leave.until))
        .map(({ leave, edge, day, work }): Occasion => ({
          subject: leave.id,
          moment: momentOf(edge, day),
          at: startOfWork(work, municipality),
        }))
        .filter(({ at }) => at <= window.until)
    );
  },
  async run({ tx, municipality, outbox }, { subject: id, moment, at }, { late }) {
    const municipalityId = municipality.id;
    const leave = await tx.leave.findUnique({ where: { municipalityId_id: { municipalityId, id } } });
    if (!isStill(leave, moment)) return;
    const edge: Edge = moment?.startsWith('ends') ? 'ends' : 'starts';
    const open = await tx.signal.count({
      where: { municipalityId, ownerId: leave.personId, status: { notIn: [...ENDED] } },
    });
    const readers = edge === 'starts' ? [leave.replacementId] : [leave.personId, leave.replacementId];
    const posts = readers
      .filter((personId) => personId !== null)
      // Who comes back reads what waits; to nobody is it news that there is nothing.
      .filter(() => open > 0)
      .map((personId): Post => ({
        key: `leave:${id}:${moment}:${personId}`,
        to: { personId },
        view: `leave.${edge}`,
        params: { leaveId: id, readerId: personId, late: late ? at.toISOString() : '' },
      }));
    await outbox.post(tx, municipalityId, posts);
  },
};
