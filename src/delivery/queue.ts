import PgBoss from 'pg-boss';
import type { Happening } from '../chat/feature.js';
import type { Logger } from '../operations/log.js';
import { prepared, type OpenDatabase, type Tx } from '../storage/database.js';

/** Sendings to many have a queue of their own, so that nothing urgent ever stands behind them. */
export type Lane = 'normal' | 'bulk';
/** What happened, for who listens, has one too. */
type QueueName = Lane | 'events';
const QUEUES: Record<QueueName, string> = { normal: 'deliver', bulk: 'deliver-bulk', events: 'hear' };

/** After these a delivery is given up and stands in the failed list; with backoff about a day. */
const RETRY_LIMIT = 12;
const RETRY_DELAY_SECONDS = 5;
/** A worker that died in the middle hands its job back after this long. */
const EXPIRE_SECONDS = 120;
/** Any number that no other advisory lock of ours has. */
const CREATE_QUEUE_LOCK = 72_707_370;

export interface DeliveryJob {
  municipalityId: string;
  deliveryId: string;
  /** Default: normal. */
  lane?: Lane;
}

/** Something happened, and who listens has not heard it yet. */
export interface EventJob extends Happening {
  municipalityId: string;
}

export interface FetchedEvent extends EventJob {
  jobId: string;
  lastTry: boolean;
}

export interface FetchedJob extends DeliveryJob {
  jobId: string;
  /** This is the last time the queue offers it. */
  lastTry: boolean;
}

/** The durable queue, in the same database as the rows that cause its jobs. */
export interface Queue {
  /** In the caller's transaction: a rollback takes the jobs with it. */
  add(tx: Tx, jobs: (DeliveryJob | EventJob)[]): Promise<void>;
  /** Outside a transaction, not before `startAfter`. */
  addLater(jobs: DeliveryJob[], startAfter: Date): Promise<void>;
  fetch(batchSize: number, lane?: Lane): Promise<FetchedJob[]>;
  /** In the order they happened. */
  fetchEvents(batchSize: number): Promise<FetchedEvent[]>;
  complete(jobIds: string[], queue?: QueueName): Promise<void>;
  /** Back into the queue, later each time. */
  fail(jobIds: string[], queue?: QueueName): Promise<void>;
  /** Jobs not finished yet, of all queues. */
  size(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts pg-boss on the open database, making its tables at first start. */
export async function startQueue(database: Pick<OpenDatabase, 'executeSql'>, log: Logger): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (sql, params) => database.executeSql(sql, params ?? []) },
    schedule: false,
    archiveCompletedAfterSeconds: 3_600,
    deleteAfterDays: 7,
  });
  boss.on('error', (error) => log.error({ err: error }, 'queue'));
  await boss.start();
  const maker = new PgBoss({
    db: { executeSql: (sql, params) => database.executeSql(oneAtATime(sql), params ?? []) },
  });
  for (const name of Object.values(QUEUES)) {
    await maker.createQueue(name, {
      name,
      policy: 'standard',
      retryLimit: RETRY_LIMIT,
      retryDelay: RETRY_DELAY_SECONDS,
      retryBackoff: true,
      expireInSeconds: EXPIRE_SECONDS,
    });
  }
  return {
    async add(tx, jobs) {
      if (jobs.length === 0) return;
      const executeSql = async (sql: string, params: unknown[]) => ({
        rows: await tx.$queryRawUnsafe<unknown[]>(prepared(sql), ...params),
      });
      await boss.insert(
        jobs.map((job) => ('event' in job ? { name: QUEUES.events, data: job } : toInsert(job))),
        { db: { executeSql } },
      );
    },
    async addLater(jobs, startAfter) {
      if (jobs.length > 0) await boss.insert(jobs.map((job) => ({ ...toInsert(job), startAfter })));
    },
    async fetch(batchSize, lane = 'normal') {
      const jobs = await boss.fetch<DeliveryJob>(QUEUES[lane], { batchSize, includeMetadata: true });
      return jobs.map((job) => ({ ...job.data, jobId: job.id, lane, lastTry: job.retryCount >= job.retryLimit }));
    },
    async fetchEvents(batchSize) {
      const jobs = await boss.fetch<EventJob>(QUEUES.events, { batchSize, includeMetadata: true });
      return jobs
        .toSorted((one, other) => one.createdOn.getTime() - other.createdOn.getTime())
        .map((job) => ({ ...job.data, jobId: job.id, lastTry: job.retryCount >= job.retryLimit }));
    },
    async complete(jobIds, queue = 'normal') {
      if (jobIds.length > 0) await boss.complete(QUEUES[queue], jobIds);
    },
    async fail(jobIds, queue = 'normal') {
      if (jobIds.length > 0) await boss.fail(QUEUES[queue], jobIds);
    },
    async size() {
      const names = Object.values(QUEUES);
      const sizes = await Promise.all(names.map((name) => boss.getQueueSize(name, { before: 'completed' })));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    stop: () => boss.stop({ graceful: true, close: false, wait: true, timeout: 5_000 }),
  };
}

/**
 * A queue of pg-boss is a table that is attached to the one of all jobs; replicas that start together on an empty database
 * would each wait for the other's lock on it. The lock ends with the statement.
 */
function oneAtATime(createQueue: string): string {
  return `WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock(${CREATE_QUEUE_LOCK})) ${createQueue} FROM alone`;
}

function toInsert({ lane = 'normal', municipalityId, deliveryId }: DeliveryJob) {
  return { name: QUEUES[lane], data: { municipalityId, deliveryId } };
}
