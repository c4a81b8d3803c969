import type { Feature, MunicipalityInfo, Occasion, Outbox, Schedule } from '../chat/feature.js';
import type { Logger } from '../operations/log.js';
import { isBusy, type Db } from '../storage/database.js';
import { chooseOccasions, isLate, type Choice } from './choose-occasions.js';
import {
  advanceMarks,
  claim,
  findRetries,
  leaveOutKnown,
  readMarks,
  reclaim,
  recordFailure,
  skip,
} from './occurrences.js';
import type { SchedulingMetrics } from './scheduling-metrics.js';
import { wallClock } from '../calendar/wall-clock.js';

/** A window reaches back this far before the last look: replicas' clocks differ by seconds. */
const OVERLAP_MS = 5 * 60_000;

export interface SchedulerDependencies {
  db: Db;
  features: Feature[];
  outbox: Outbox;
  /** Called after each commit, so that what is owed goes out at once. */
  wake(): void;
  now(): Date;
  municipality(id: string): Promise<MunicipalityInfo>;
  log: Logger;
  metrics: SchedulingMetrics;
}

export interface Scheduler {
  /** Runs what is due now, in every municipality. Ends early once `stop` was called. */
  tick(): Promise<void>;
  /** No new work from here on; resolves when the tick in hand is over. */
  stop(): Promise<void>;
}

/**
 * Finds what is due and runs each occasion once, whatever the number of replicas that tick: the occasion's row is written in
 * the transaction that does its work. What fails is tried again and does not hold up the rest.
 */
export function createScheduler(dependencies: SchedulerDependencies): Scheduler {
  const { db, log, metrics } = dependencies;
  const schedules = dependencies.features.flatMap((feature) => feature.schedules ?? []);
  let stopping = false;
  let running: Promise<void> = Promise.resolve();

  async function tick(): Promise<void> {
    const municipalities = await db.municipality.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
    for (const { id } of municipalities) {
      if (stopping) return;
      try {
        await tickFor(await dependencies.municipality(id));
      } catch (error) {
        log.error({ err: error, municipalityId: id }, 'schedules of a municipality could not be looked through');
      }
    }
  }

  async function tickFor(municipality: MunicipalityInfo): Promise<void> {
    const municipalityId = municipality.id;
    const now = dependencies.now();
    const ids = schedules.map(({ id }) => id);
    const marks = await readMarks(db, municipalityId, ids, now);
    const retries = await findRetries(db, municipalityId, now);
    const looked: string[] = [];
    for (const schedule of schedules) {
      if (stopping) return;
      try {
        const mark = marks.get(schedule.id) ?? { since: now, lookedUntil: now };
        for (const row of retries.filter((candidate) => candidate.schedule === schedule.id)) {
          await retry(schedule, municipality, row, now);
        }
        await look(schedule, municipality, mark, now);
        looked.push(schedule.id);
      } catch (error) {
        // Not marked as looked through: the next tick looks again.
        metrics.failures.inc({ schedule: schedule.id });
        log.error({ err: error, schedule: schedule.id, municipalityId }, 'schedule could not be looked through');
      }
    }
    if (!stopping) await advanceMarks(db, municipalityId, looked, now);
  }

  async function look(
    schedule: Schedule,
    municipality: MunicipalityInfo,
    mark: { since: Date; lookedUntil: Date },
    now: Date,
  ): Promise<void> {
    const of = { municipalityId: municipality.id, schedule: schedule.id };
    const looked = Math.max(mark.since.getTime(), mark.lookedUntil.getTime() - OVERLAP_MS);
    // A clock that was set back looks at nothing again, and does not hold up what follows from rows.
    const window = { from: new Date(Math.min(looked, now.getTime())), until: now };
    const given = await schedule.occasions({ db, municipality, window });
    const due = given.flatMap((occasion) =>
      occasion.at <= now ? [{ ...occasion, moment: occasion.moment ?? wallClock(occasion.at, municipality.zone) }] : [],
    );
    const { skipAfterHours } = municipality.settings.late;
    const choice = chooseOccasions(await leaveOutKnown(db, of, due), {
      missed: schedule.missed,
      zone: municipality.zone,
      skipAfterHours,
      now,
    });
    for (const occasion of choice.run) {
      if (stopping) return;
      await attempt(schedule, municipality, occasion, 1, (tx) => claim(tx, of, occasion, now));
    }
    const skipped = await skip(db, of, choice.skip, now);
    if (skipped > 0) metrics.occurrences.inc({ schedule: schedule.id, outcome: 'skipped' }, skipped);
  }

  async function retry(
    schedule: Schedule,
    municipality: MunicipalityInfo,
    row: Awaited<ReturnType<typeof findRetries>>[number],
    now: Date,
  ): Promise<void> {
    if (stopping) return;
    const { subject, moment, dueAt: at, attempts } = row;
    const late = isLate(at, now);
    await attempt(schedule, municipality, { subject, moment, at, late }, attempts + 1, (tx) =>
      reclaim(tx, row, { late, now }),
    );
  }

  async function attempt(
    schedule: Schedule,
    municipality: MunicipalityInfo,
    due: Choice['run'][number],
    attempts: number,
    take: (tx: Parameters<typeof claim>[0]) => Promise<boolean>,
  ): Promise<void> {
    const now = dependencies.now();
    const { outbox } = dependencies;
    const { late, subject, moment, at } = due;
    const occasion: Occasion = { subject, moment, at };
    try {
      const taken = await db.$transaction(async (tx) => {
        if (!(await take(tx))) return false;
        await schedule.run({ tx, municipality, now, outbox }, occasion, { late });
        return true;
      });
      if (!taken) return;
      metrics.occurrences.inc({ schedule: schedule.id, outcome: late ? 'late' : 'done' });
      dependencies.wake();
    } catch (error) {
      log.error({ err: error, schedule: schedule.id, municipalityId: municipality.id, attempts }, 'occasion failed');
      const of = { municipalityId: municipality.id, schedule: schedule.id };
      const reason = isBusy(error) ? 'BUSY' : 'UNEXPECTED';
      const outcome = await recordFailure(db, of, due, { attempts, reason, now });
      metrics.occurrences.inc({ schedule: schedule.id, outcome: outcome === 'failed' ? 'given_up' : 'failed' });
    }
  }

  return {
    tick() {
      // One at a time: a tick that takes longer than a minute is not overtaken by the next.
      running = running.then(tick, tick);
      return running;
    },
    async stop() {
      stopping = true;
      // Whoever asked for the tick hears of its failure.
      await Promise.allSettled([running]);
    },
  };
}
