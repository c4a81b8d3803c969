import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Feature, Outbox, Schedule } from '../../src/chat/feature.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { occurrencesBetween } from '../../src/scheduling/find-occurrences.js';
import { readSchedule } from '../../src/scheduling/read-schedule.js';
import { createScheduler, type Scheduler } from '../../src/scheduling/scheduler.js';
import { createSchedulingMetrics } from '../../src/scheduling/scheduling-metrics.js';
import { retryOccurrences } from '../../src/scheduling/occurrences.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addMunicipality, addPerson } from '../support/rows.js';

const database = await openTestDatabase();
const { db } = database;

/** Weeks go by in steps of minutes, on machines that do other things as well. */
vi.setConfig({ testTimeout: 120_000 });

/** What ran: written by the schedule's own transaction, as timeline-like rows that a rollback takes away. */
interface Ran {
  subject: string;
  moment: string;
  late: boolean;
}

let municipalityId = '';
let personId = '';
let number = 0;
const started: Scheduler[] = [];
afterAll(() => Promise.all(started.map((scheduler) => scheduler.stop())));

beforeEach(async () => {
  number += 1;
  // Schedulers look at every municipality: those of earlier tests would be looked at again.
  municipalityId = await addMunicipality(db, `Stad ${number}`);
  personId = await addPerson(db, municipalityId, 'Lezer');
});

/** A schedule in words; its work leaves a delivery, which a rollback takes along. */
function inWords(words: string, more: Partial<Schedule> = {}): Schedule {
  return {
    id: 'test.words',
    says: () => 'een proef',
    missed: 'latest',
    async occasions({ municipality, window }) {
      if (municipality.id !== municipalityId) return [];
      const read = readSchedule(words, { zone: municipality.zone, now: window.until });
      if (!read.ok) throw new Error(read.problem.code);
      return occurrencesBetween(read.rule, window, municipality).map((at) => ({ subject: 'all', at }));
    },
    run: ({ tx }, occasion, how) => leaveTrace(tx, occasion, how),
    ...more,
  };
}

async function leaveTrace(
  tx: Parameters<Schedule['run']>[0]['tx'],
  { subject, moment = '' }: { subject: string; moment?: string },
  { late }: { late: boolean },
): Promise<void> {
  await tx.delivery.create({
    data: {
      municipalityId,
      key: `${subject} ${moment} ${crypto.randomUUID()}`,
      personId,
      view: 'test',
      params: { subject, moment, late },
    },
  });
}

async function ran(): Promise<Ran[]> {
  const rows = await db.delivery.findMany({
    where: { municipalityId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ params }) => params as unknown as Ran);
}

function openReplica(clock: { now: Date }, ...schedules: Schedule[]): Scheduler & { counted(): Promise<string> } {
  const metrics = createMetrics({ process: false });
  const scheduler = createScheduler({
    db,
    features: [{ name: 'test', schedules } satisfies Feature],
    // These schedules write rows of their own and send nothing.
    outbox: {} as Outbox,
    wake: () => undefined,
    now: () => clock.now,
    municipality: createMunicipalityReader(db, () => clock.now),
    log: createLog('silent'),
    metrics: createSchedulingMetrics(metrics.registry),
  });
  started.push(scheduler);
  return { ...scheduler, counted: () => metrics.registry.metrics() };
}

/** Ticks every so many minutes from one moment to another, both included. */
async function live(clock: { now: Date }, scheduler: Scheduler, until: string, stepMinutes = 10): Promise<void> {
  const end = Date.parse(until);
  for (; clock.now.getTime() <= end; clock.now = new Date(clock.now.getTime() + stepMinutes * 60_000)) {
    await scheduler.tick();
  }
}

describe('a schedule', () => {
  it('runs at its time on the municipality’s wall clock, and not for what lay before it was first looked at', async () => {
    const clock = { now: new Date('2026-01-05T07:45:00Z') };
    const scheduler = openReplica(clock, inWords('elke maandag om 8:30'));
    await live(clock, scheduler, '2026-01-19T08:00:00Z', 15);
    expect(await ran()).toEqual([
      { subject: 'all', moment: '2026-01-12T08:30', late: false },
      { subject: 'all', moment: '2026-01-19T08:30', late: false },
    ]);
  });

  it('is once for twenty replicas that tick together', async () => {
    const clock = { now: new Date('2026-03-10T07:59:00Z') };
    const replicas = Array.from({ length: 20 }, () => openReplica(clock, inWords('elke dag om 9 u.')));
    await Promise.all(replicas.map((replica) => replica.tick()));
    clock.now = new Date('2026-03-10T08:00:30Z');
    await Promise.all(replicas.map((replica) => replica.tick()));
    await Promise.all(replicas.map((replica) => replica.tick()));
    expect(await ran()).toEqual([{ subject: 'all', moment: '2026-03-10T09:00', late: false }]);
  });

  it('runs once, an hour later on the clock, in the hour that spring skips; and once in the hour that autumn has twice', async () => {
    const clock = { now: new Date('2026-03-28T12:00:00Z') };
    const scheduler = openReplica(clock, inWords('elke dag om 2:30'));
    await live(clock, scheduler, '2026-03-30T12:00:00Z');
    expect((await ran()).map(({ moment }) => moment)).toEqual(['2026-03-29T03:30', '2026-03-30T02:30']);
    clock.now = new Date('2026-10-24T12:00:00Z');
    await live(clock, scheduler, '2026-10-26T12:00:00Z');
    expect((await ran()).slice(2).map(({ moment }) => moment)).toEqual([
      // The latest of the months in between, late.
      '2026-10-24T02:30',
      '2026-10-25T02:30',
      '2026-10-26T02:30',
    ]);
  });

  it('is not run again when the clock is set back an hour', async () => {
    const clock = { now: new Date('2026-05-04T06:00:00Z') };
    const scheduler = openReplica(clock, inWords('elke dag om 9 u.'));
    await live(clock, scheduler, '2026-05-04T07:30:00Z');
    clock.now = new Date('2026-05-04T06:30:00Z');
    await live(clock, scheduler, '2026-05-05T06:30:00Z');
    expect(await ran()).toEqual([{ subject: 'all', moment: '2026-05-04T09:00', late: false }]);
  });

  it('after an outage of 72 hours sends the latest once, saying that it is late', async () => {
    const clock = { now: new Date('2026-05-04T06:50:00Z') };
    const scheduler = openReplica(clock, inWords('elke dag om 9 u.'));
    await live(clock, scheduler, '2026-05-04T07:10:00Z');
    clock.now = new Date('2026-05-07T10:00:00Z');
    await live(clock, scheduler, '2026-05-08T07:10:00Z');
    expect(await ran()).toEqual([
      { subject: 'all', moment: '2026-05-04T09:00', late: false },
      { subject: 'all', moment: '2026-05-07T09:00', late: true },
      { subject: 'all', moment: '2026-05-08T09:00', late: false },
    ]);
    const skipped = await db.occurrence.findMany({ where: { municipalityId, status: 'skipped' } });
    expect(skipped.map(({ moment, failure }) => [moment, failure])).toEqual([
      ['2026-05-05T09:00', 'NEWER'],
      ['2026-05-06T09:00', 'NEWER'],
    ]);
    expect(await scheduler.counted()).toContain(
      'wijksignaal_occurrences_total{schedule="test.words",outcome="late"} 1',
    );
  });

  it('sends each of the missed ones where it must, and none later than the municipality still wants', async () => {
    await db.municipality.update({
      where: { id: municipalityId },
      data: { settings: MunicipalitySettings.parse({ late: { skipAfterHours: 48 } }) },
    });
    const clock = { now: new Date('2026-05-04T06:50:00Z') };
    const scheduler = openReplica(clock, inWords('elke dag om 9 u.', { missed: 'each' }));
    await scheduler.tick();
    clock.now = new Date('2026-05-07T10:00:00Z');
    await scheduler.tick();
    expect((await ran()).map(({ moment }) => moment)).toEqual(['2026-05-06T09:00', '2026-05-07T09:00']);
    const skipped = await db.occurrence.findMany({
      where: { municipalityId, status: 'skipped' },
      orderBy: { dueAt: 'asc' },
    });
    expect(skipped.map(({ moment, failure }) => [moment, failure])).toEqual([
      ['2026-05-04T09:00', 'TOO_LATE'],
      ['2026-05-05T09:00', 'TOO_LATE'],
    ]);
  });
});

describe('work that fails', () => {
  it('leaves nothing half done, does not hold up the rest, and is tried again later each time', async () => {
    const clock = { now: new Date('2026-06-01T06:55:00Z') };
    let broken = true;
    const scheduler = openReplica(
      clock,
      inWords('elke dag om 9 u.', {
        id: 'test.broken',
        async run({ tx }, occasion, how) {
          await leaveTrace(tx, { ...occasion, subject: 'broken' }, how);
          if (broken) throw new Error('killed in the middle');
        },
      }),
      inWords('elke dag om 9 u.'),
      inWords('elke dag om 9 u.', {
        id: 'test.blind',
        occasions: ({ municipality }) =>
          municipality.id === municipalityId ? Promise.reject(new Error('cannot look')) : Promise.resolve([]),
      }),
    );
    await scheduler.tick();
    clock.now = new Date('2026-06-01T07:00:00Z');
    await scheduler.tick();
    expect((await ran()).map(({ subject }) => subject)).toEqual(['all']);
    expect(await scheduler.counted()).toContain('wijksignaal_schedule_failures_total{schedule="test.blind"} 2');
    const attempts = async () =>
      (await db.occurrence.findFirstOrThrow({ where: { municipalityId, schedule: 'test.broken' } })).attempts;
    await scheduler.tick();
    expect(await attempts(), 'not before its time').toBe(1);
    clock.now = new Date('2026-06-01T07:01:00Z');
    await scheduler.tick();
    expect(await attempts()).toBe(2);
    broken = false;
    clock.now = new Date('2026-06-01T07:03:00Z');
    await scheduler.tick();
    await scheduler.tick();
    expect((await ran()).map(({ subject }) => subject)).toEqual(['all', 'broken']);
  });

  it('stands in the failed list after the last try, and one press tries it anew', async () => {
    const clock = { now: new Date('2026-06-01T06:55:00Z') };
    let broken = true;
    const scheduler = openReplica(
      clock,
      inWords('1 juni om 9 u.', {
        run: (context, occasion, how) =>
          broken ? Promise.reject(new Error('Mevrouw Peeters, wachtlijst')) : leaveTrace(context.tx, occasion, how),
      }),
    );
    await live(clock, scheduler, '2026-06-02T07:00:00Z', 5);
    const row = await db.occurrence.findFirstOrThrow({ where: { municipalityId } });
    expect(row).toMatchObject({ status: 'failed', attempts: 10, failure: 'UNEXPECTED', retryAt: null });
    expect(JSON.stringify(row), 'no words of an error').not.toContain('Peeters');
    broken = false;
    expect(await db.$transaction((tx) => retryOccurrences(tx, municipalityId, [row.id], clock.now))).toBe(1);
    expect(await db.$transaction((tx) => retryOccurrences(tx, municipalityId, [row.id], clock.now))).toBe(0);
    await scheduler.tick();
    expect(await ran()).toEqual([{ subject: 'all', moment: '2026-06-01T09:00', late: true }]);
  });

  it('is taken over by one of the others when a replica dies in the middle', async () => {
    const clock = { now: new Date('2026-06-01T06:55:00Z') };
    const others = [1, 2, 3].map(() => openReplica(clock, inWords('elke dag om 9 u.')));
    await others[0]?.tick();
    clock.now = new Date('2026-06-01T07:00:00Z');
    // The row and the work of one that was killed before its commit are gone with its transaction.
    await db
      .$transaction(async (tx) => {
        await tx.occurrence.create({
          data: {
            municipalityId,
            schedule: 'test.words',
            subject: 'all',
            moment: '2026-06-01T09:00',
            dueAt: clock.now,
            status: 'done',
            at: clock.now,
          },
        });
        throw new Error('killed');
      })
      .catch(() => undefined);
    await Promise.all(others.map((other) => other.tick()));
    expect(await ran()).toEqual([{ subject: 'all', moment: '2026-06-01T09:00', late: false }]);
  });
});
