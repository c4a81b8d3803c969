import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { startQueue } from '../../../src/delivery/queue.js';
import { createLog } from '../../../src/operations/log.js';
import type { SignalDraft } from '../../../src/signals/filing/file-signal.js';
import { openDatabase } from '../../../src/storage/database.js';
import { draftOf, inFlight } from '../drafts.js';
import { countValues } from '../count-values.js';
import type { Side } from '../start-side.js';
import { createBenchTown, type BenchTown } from '../town.js';

type Query = (sql: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
type Transaction = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
/** As many connections as the product has. */
const POOL_SIZE = 10;

/**
 * Writes the rows of a filing with plain SQL in one transaction, a statement per table: what somebody would write who
 * knows the route, the channels and the queue's table by heart and reads nothing.
 */
export async function open(options: { databaseUrl?: string; dataDir: string; atOnce: number }): Promise<Side> {
  const { town, file, query, close } = await openByHand(options);
  let filed = 0;
  return {
    work: {
      async file(times) {
        const first = filed;
        filed += times;
        await inFlight(times, options.atOnce, async (index) => {
          const person = town.workers[(first + index) % town.workers.length];
          await file(draftOf(first + index, town.neighbourhoodIds), person?.id ?? '', 'playground');
        });
      },
    },
    report: () => countValues(query),
    close,
  };
}

/** A town, and filing in it by hand. */
export async function openByHand(options: { databaseUrl?: string; dataDir: string }): Promise<{
  town: BenchTown;
  /** @returns the reference. */
  file(draft: SignalDraft, personId: string, platform: string): Promise<string>;
  query: Query;
  close(): Promise<void>;
}> {
  const database = await openDatabase(options);
  const town = await createBenchTown(database.db);
  await (await startQueue(database, createLog('silent'))).stop();
  await database.close();

  const { query, transaction, close } = await connect(options);
  const municipalityId = town.municipality.id;
  const { rows } = await query(
    `SELECT a."neighbourhoodId" AS place, a."personId" AS owner, c."id" AS channel FROM "Assignment" a
     JOIN "Channel" c ON c."municipalityId" = a."municipalityId" AND c."ownerId" = a."personId"
     WHERE a."municipalityId" = $1`,
    [municipalityId],
  );
  const byPlace = new Map((rows as { place: string; owner: string; channel: string }[]).map((row) => [row.place, row]));
  const [coordinator] = (
    await query(
      `SELECT c."id" AS channel FROM "Channel" c JOIN "Person" p ON p."municipalityId" = c."municipalityId" AND p."id" = c."ownerId"
       WHERE c."municipalityId" = $1 AND 'coordinator' = ANY(p."roles")`,
      [municipalityId],
    )
  ).rows as { channel: string }[];

  return {
    town,
    query,
    close,
    file: (draft, personId, platform) =>
      transaction((run) =>
        insertSignal(run, {
          municipalityId,
          draft,
          personId,
          platform,
          ownerId: byPlace.get(draft.neighbourhoodIds[0] ?? '')?.owner ?? '',
          channelIds: new Set([
            ...draft.neighbourhoodIds.map((id) => byPlace.get(id)?.channel ?? ''),
            ...(draft.acute ? [coordinator?.channel ?? ''] : []),
          ]),
        }),
      ),
  };
}

interface Filing {
  municipalityId: string;
  draft: SignalDraft;
  personId: string;
  platform: string;
  ownerId: string;
  /** The owner's first, then those who follow. */
  channelIds: Set<string>;
}

/** @returns the reference. */
async function insertSignal(query: Query, filing: Filing): Promise<string> {
  const { municipalityId, draft, personId, ownerId } = filing;
  const id = uuidv7();
  const now = new Date();
  const year = now.getFullYear();
  const counter = await query(
    `INSERT INTO "ReferenceCounter" ("municipalityId", "year", "last") VALUES ($1, $2, 1)
     ON CONFLICT ("municipalityId", "year") DO UPDATE SET "last" = "ReferenceCounter"."last" + 1 RETURNING "last"`,
    [municipalityId, year],
  );
  const { last } = counter.rows[0] as { last: number };
  const reference = `B-${year}-${String(last).padStart(4, '0')}`;
  await query(
    `INSERT INTO "Signal" ("municipalityId", "id", "reference", "formId", "title", "description", "cause", "frequency",
       "peopleBand", "lifeDomain", "sector", "acute", "ownerId", "route", "filedAt", "updatedAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
    [
      ...[municipalityId, id, reference, randomUUID(), draft.title, draft.description],
      ...[draft.cause, draft.frequency, draft.peopleBand, draft.lifeDomain, draft.sector, draft.acute, ownerId],
      ...[JSON.stringify({ rule: 'assignment', neighbourhoodId: draft.neighbourhoodIds[0] }), now],
    ],
  );
  await query(
    `INSERT INTO "SignalNeighbourhood" ("municipalityId", "signalId", "neighbourhoodId", "position")
     SELECT $1, $2, place, number - 1 FROM unnest($3::uuid[]) WITH ORDINALITY AS named (place, number)`,
    [municipalityId, id, draft.neighbourhoodIds],
  );
  await query(
    `INSERT INTO "SignalFiler" ("municipalityId", "signalId", "personId", "organisation", "at") VALUES ($1, $2, $3, $4, $5)`,
    [municipalityId, id, personId, draft.organisation, now],
  );
  await query(
    `INSERT INTO "TimelineEntry" ("municipalityId", "id", "signalId", "kind", "visibility", "toStatus", "personId", "platform", "at")
     VALUES ($1, $2, $3, 'filed', 'public', 'received', $4, $6, $5)`,
    [municipalityId, uuidv7(), id, personId, now, filing.platform],
  );
  await query(
    `UPDATE "Person" SET "lastNeighbourhoodId" = $3, "organisation" = $4, "sector" = $5 WHERE "municipalityId" = $1 AND "id" = $2`,
    [municipalityId, personId, draft.neighbourhoodIds[0], draft.organisation, draft.sector],
  );
  const params = { signalId: id };
  const deliveries = [
    ...[...filing.channelIds].map((channelId, index) => ({
      id: uuidv7(),
      key: index === 0 ? `card:${id}` : `follow:${id}:${channelId}`,
      channelId,
      view: index === 0 ? 'signals.card' : 'signals.follow-card',
      params,
    })),
    { id: uuidv7(), key: `receipt:${id}:${personId}`, personId, view: 'signals.receipt', params },
  ];
  await query(
    `INSERT INTO "Delivery" ("municipalityId", "id", "key", "personId", "channelId", "view", "params")
     SELECT $1, "id", "key", "personId", "channelId", "view", "params" FROM jsonb_to_recordset($2)
       AS owed ("id" uuid, "key" text, "personId" uuid, "channelId" uuid, "view" text, "params" jsonb)`,
    [municipalityId, JSON.stringify(deliveries)],
  );
  await query(
    `INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, expire_in, policy)
     SELECT 'deliver', data, 12, 5, true, '120 s', 'standard' FROM (
       SELECT jsonb_build_object('municipalityId', $1::text, 'deliveryId', delivery) AS data
       FROM unnest($2::text[]) AS delivery
       UNION ALL
       SELECT jsonb_build_object('municipalityId', $1::text, 'event', 'signals.filed', 'params', $3::jsonb)
     ) AS owed`,
    [municipalityId, deliveries.map((delivery) => delivery.id), JSON.stringify(params)],
  );
  return reference;
}

async function connect(options: { databaseUrl?: string; dataDir: string }): Promise<{
  query: Query;
  transaction: Transaction;
  close(): Promise<void>;
}> {
  if (!options.databaseUrl) {
    const pglite = await PGlite.create({ dataDir: path.join(options.dataDir, 'database') });
    return {
      query: (sql, values) => pglite.query(sql, values),
      transaction: (work) => pglite.transaction((tx) => work((sql, values) => tx.query(sql, values))),
      close: () => pglite.close(),
    };
  }
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: POOL_SIZE });
  return {
    query: (sql, values) => pool.query(sql, values),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work((sql, values) => client.query(sql, values));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
