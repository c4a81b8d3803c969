import { addDays } from '../calendar/working-days.js';
import { localIsoDay } from '../calendar/local-day.js';
import { startOfWork, type Office } from '../calendar/working-hours.js';
import type { Db, Tx } from '../storage/database.js';
import { findMoves } from './find-moves.js';

/** Days on which neighbourhoods change hands that are looked at, the nearest first. */
const DAYS_AHEAD = 20;

/** Open signals that go from one person to another on a day. */
export interface ComingMove {
  /** YYYY-MM-DD; today, when nothing has to begin first. */
  day: string;
  from: string;
  to: string;
  references: string[];
}

/**
 * Which open signals will change hands, when and to whom, as the assignments stand: what `followAssignments` will do if nothing
 * else happens. Writes nothing.
 */
export async function lookAhead(db: Db | Tx, municipality: Office & { id: string }, now: Date): Promise<ComingMove[]> {
  const { id: municipalityId, zone } = municipality;
  const today = localIsoDay(now, zone);
  const assignments = await db.assignment.findMany({
    where: { municipalityId, OR: [{ from: { gt: new Date(today) } }, { until: { gte: new Date(today) } }] },
    select: { from: true, until: true },
  });
  const turns = assignments.flatMap(({ from, until }) => [
    from.toISOString().slice(0, 10),
    ...(until ? [addDays(until.toISOString().slice(0, 10), 1)] : []),
  ]);
  const days = [...new Set(turns)].filter((day) => day > today).toSorted();
  const coming = new Map<string, ComingMove>();
  /** Where a signal is by then. */
  const at = new Map<string, string>();
  const people = new Map<string, string>();
  for (const day of [today, ...days.slice(0, DAYS_AHEAD)]) {
    const moves = await findMoves(db, municipality, day === today ? now : startOfWork(day, municipality));
    const moving = moves.filter(({ signalId, toId }) => at.get(signalId) !== toId);
    const signals = await db.signal.findMany({
      where: { municipalityId, id: { in: moving.map(({ signalId }) => signalId) } },
      select: { id: true, reference: true },
    });
    const references = new Map(signals.map(({ id, reference }) => [id, reference]));
    await readNames(
      db,
      municipalityId,
      moving.flatMap(({ fromId, toId }) => [fromId, toId]),
      people,
    );
    for (const { signalId, fromId, toId } of moving) {
      const from = people.get(at.get(signalId) ?? fromId) ?? '';
      const to = people.get(toId) ?? '';
      const key = `${day} ${from} ${to}`;
      const move = coming.get(key) ?? { day, from, to, references: [] };
      move.references.push(references.get(signalId) ?? '');
      coming.set(key, move);
      at.set(signalId, toId);
    }
  }
  return [...coming.values()];
}

async function readNames(
  db: Db | Tx,
  municipalityId: string,
  ids: string[],
  known: Map<string, string>,
): Promise<void> {
  const people = await db.person.findMany({
    where: { municipalityId, id: { in: ids.filter((id) => !known.has(id)) } },
    select: { id: true, name: true },
  });
  for (const { id, name } of people) known.set(id, name);
}
