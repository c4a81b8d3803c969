import { WORDS } from './words.js';

/** Runs a script of several statements on one connection (`pg.Client.query`, `PGlite.exec`). */
export type RunScript = (sql: string) => Promise<unknown>;

export interface GenerateOptions {
  /** Exists, with an owner, filers and neighbourhoods, and without signals. */
  municipalityId: string;
  /** First part of the references; unique in the database. */
  reference: string;
  count: number;
  /** The same seed gives the same texts, statuses and moments. */
  seed: number;
  /** The newest is filed at this moment; the others in the years before it. */
  until: Date;
  years?: number;
  /** False: the planner is not told yet, because more is to come. */
  analyze?: boolean;
}

/** Texts are put together from pools of sentences, whose words are as frequent as in running text. */
const LARGEST_POOL = 40_000;
const poolSize = (count: number) => Math.min(LARGEST_POOL, count * 3);
/** Below this many rows, keeping the indexes up to date costs less than making them anew. */
const REBUILD_INDEXES_FROM = 50_000;
const TABLES = ['Signal', 'SignalNeighbourhood', 'SignalFiler', 'TimelineEntry'];

/**
 * Fills a municipality with invented signals: texts with a natural distribution of words (rank times frequency is about
 * constant), places, filers and timelines, in every status. The database does it, in sets: a million take a few minutes.
 * For benches and trials only: it needs a superuser and writes past the rules of filing.
 */
export async function generateSignals(run: RunScript, options: GenerateOptions): Promise<void> {
  const rebuild = options.count >= REBUILD_INDEXES_FROM;
  await run(`
    BEGIN;
    -- References are right by construction; checking a million of them takes longer than writing them.
    SET LOCAL session_replication_role = replica;
    SET LOCAL work_mem = '128MB';
    SET LOCAL maintenance_work_mem = '1GB';
    ${rebuild ? DROP_INDEXES : ''}
    ${makeTexts(options)}
    ${insertSignals(options)}
    ${insertAround(options)}
    DROP TABLE gen_word, gen_sentence, gen_title, gen_signal;
    DROP FUNCTION gen_draw, gen_id;
    ${rebuild ? CREATE_INDEXES : ''}
    COMMIT;`);
  // As autovacuum would: the planner knows the words, and reading does not have to write.
  if (options.analyze === false) return;
  for (const table of TABLES) await run(`VACUUM ANALYZE "${table}"`);
}

/** Every index that is not a constraint's, kept with its definition. */
const DROP_INDEXES = `
  CREATE TEMP TABLE gen_index AS
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
      AND tablename IN (${TABLES.map((name) => `'${name}'`).join(', ')}) AND indexdef NOT LIKE 'CREATE UNIQUE%';
  DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT * FROM gen_index LOOP EXECUTE format('DROP INDEX %I', one.indexname); END LOOP;
  END $$;`;
const CREATE_INDEXES = `
  DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT * FROM gen_index LOOP EXECUTE one.indexdef; END LOOP;
  END $$;
  DROP TABLE gen_index;`;

const makeTexts = ({ seed, count }: GenerateOptions) => `
  -- From 0 to just under 1; the same for the same three. Salts stay below 64.
  CREATE FUNCTION gen_draw(seed bigint, item bigint, salt int) RETURNS float8 IMMUTABLE PARALLEL SAFE
    RETURN (hashint8extended(item * 64 + salt, seed) & 9007199254740991)::float8 / 9007199254740992;
  -- Like UUID version 7: in the order of time.
  CREATE FUNCTION gen_id(at timestamptz, name text) RETURNS uuid IMMUTABLE PARALLEL SAFE
    RETURN (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(name), 1, 3) ||
      '8' || substr(md5(name), 4, 15))::uuid;
  CREATE TEMP TABLE gen_word AS
    SELECT rank::int, word FROM unnest(string_to_array('${WORDS.join(' ')}', ' ')) WITH ORDINALITY AS list (word, rank);
  ${pool('gen_sentence', poolSize(count), '7 + number % 9', seed + 1, '.')}
  ${pool('gen_title', poolSize(count), '3 + number % 4', seed + 2, '')}`;

/** Zipf's law: a word of rank r comes about 1 / r times as often as the first. */
const pool = (table: string, size: number, length: string, seed: number, end: string) => `
  CREATE TEMP TABLE ${table} AS
    SELECT number, upper(left(words, 1)) || substr(words, 2) || '${end}' AS text FROM (
      SELECT number, string_agg(word, ' ' ORDER BY position) AS words
      FROM (
        SELECT number, position, floor(exp(gen_draw(${seed}, number, position) * ln(${WORDS.length})))::int AS rank
        FROM generate_series(0, ${size - 1}) AS number, LATERAL generate_series(1, ${length}) AS position
      ) AS drawn JOIN gen_word USING (rank) GROUP BY number
    ) AS joined;
  ALTER TABLE ${table} ADD PRIMARY KEY (number);
  ANALYZE ${table};`;

function insertSignals({ municipalityId, reference, count, seed, until, years = 5 }: GenerateOptions): string {
  const draw = (salt: number) => `gen_draw(${seed}, i, ${salt})`;
  const below = (size: number | string, salt: number) => `floor(${draw(salt)} * ${size})::int`;
  const oneOf = (salt: number, ...values: string[]) =>
    `(ARRAY['${values.join(`', '`)}'])[1 + ${below(values.length, salt)}]`;
  const some = (share: number, salt: number, value: string) => `CASE WHEN ${draw(salt)} < ${share} THEN ${value} END`;
  const sentence = (salt: number) => `(SELECT text FROM gen_sentence WHERE number = ${below(poolSize(count), salt)})`;
  const title = `(SELECT text FROM gen_title WHERE number = ${below(poolSize(count), 1)})`;
  const secondsBetween = (years * 31_557_600) / count;
  return `
  CREATE TEMP TABLE gen_signal AS
    SELECT i, at, gen_id(at, 'signal ${seed} ' || i) AS id,
      owners[1 + ${below('cardinality(owners)', 2)}] AS "ownerId", filers[1 + ${below('cardinality(filers)', 3)}] AS "filerId",
      CASE WHEN ${draw(4)} >= 0.04 THEN places[1 + ${below('cardinality(places)', 5)}] END AS "placeId",
      places[1 + ${below('cardinality(places)', 6)}] AS "otherPlaceId",
      (CASE WHEN i > ${count} * 0.98 OR ${draw(7)} < 0.02 THEN 'received'
        WHEN i > ${count} * 0.85 THEN ${oneOf(8, 'in_review', 'needs_info', 'accepted', 'on_agenda', 'in_action')}
        ELSE ${oneOf(9, 'closed', 'closed', 'closed', 'resolved', 'resolved', 'declined', 'redirected', 'accepted', 'at_policy')}
      END)::"SignalStatus" AS status
    FROM (
      SELECT i, date_trunc('milliseconds', timestamptz '${until.toISOString()}' - (${count} - i) * ${secondsBetween} * interval '1 second') AS at
      FROM generate_series(1, ${count}) AS i
    ) AS filing, (
      SELECT array_agg("id" ORDER BY "id") FILTER (WHERE "roles" && '{regisseur,coordinator}') AS owners,
        array_agg("id" ORDER BY "id") FILTER (WHERE "roles" && '{worker,signal_coordinator}') AS filers
      FROM "Person" WHERE "municipalityId" = '${municipalityId}'
    ) AS people, (
      SELECT array_agg("id" ORDER BY "number") AS places FROM "Neighbourhood" WHERE "municipalityId" = '${municipalityId}'
    ) AS town;
  INSERT INTO "Signal" ("municipalityId", "id", "reference", "formId", "title", "description", "cause", "targetGroup",
    "frequency", "peopleBand", "since", "cityWide", "lifeDomain", "alreadyTried", "consequence", "suggestedSolution",
    "sector", "acute", "status", "ownerId", "route", "version", "filedAt", "updatedAt")
  SELECT '${municipalityId}', id,
    concat_ws('-', '${reference}', extract(year FROM at AT TIME ZONE 'Europe/Brussels'), lpad(i::text, greatest(4, length(i::text)), '0')),
    gen_id(at, 'form ${seed} ' || i), ${title}, concat_ws(' ', ${sentence(10)}, ${sentence(11)}, ${sentence(12)}),
    ${some(0.6, 13, oneOf(14, 'organisation_shortcoming', 'coordination_or_overlap', 'regulation_gap', 'group_at_risk'))}::"Cause",
    ${some(0.4, 15, oneOf(16, 'jonge gezinnen', 'alleenstaande ouderen', 'nieuwkomers', 'mantelzorgers'))},
    ${some(0.7, 17, oneOf(18, 'once', 'monthly', 'weekly', 'daily'))}::"Frequency",
    ${some(0.7, 19, oneOf(20, 'from_1_to_4', 'from_5_to_19', 'from_20_to_99', 'from_100'))}::"PeopleBand",
    ${some(0.3, 21, oneOf(22, 'de zomer', 'vorig jaar', 'enkele maanden'))}, "placeId" IS NULL,
    ${some(0.8, 23, oneOf(24, 'income', 'education', 'upbringing', 'health', 'housing', 'leisure'))},
    ${some(0.3, 25, sentence(26))}, ${some(0.3, 27, sentence(28))}, ${some(0.2, 29, sentence(30))},
    ${some(0.8, 31, oneOf(32, 'social-work', 'health-care', 'education', 'youth-work', 'housing'))}, ${draw(33)} < 0.03,
    status, "ownerId", '{"rule": "assignment"}', CASE WHEN status = 'received' THEN 1 ELSE 2 END, at,
    CASE WHEN status = 'received' THEN at ELSE at + interval '9 days' END
  FROM gen_signal ORDER BY i;`;
}

/** What belongs to each signal, and the counters that the next filing starts from. */
function insertAround({ municipalityId, seed }: GenerateOptions): string {
  const entry = (
    kind: string,
    fromStatus: string,
    toStatus: string,
    personId: string,
    days: number,
    where = 'true',
  ) => `
  INSERT INTO "TimelineEntry"
    ("municipalityId", "id", "signalId", "kind", "visibility", "fromStatus", "toStatus", "personId", "platform", "at")
  SELECT '${municipalityId}', gen_id(at + interval '${days} days', 'entry ${days} ${seed} ' || i), id, '${kind}', 'public', ${fromStatus},
    ${toStatus}, "${personId}", 'demo', at + interval '${days} days'
  FROM gen_signal WHERE ${where} ORDER BY i;`;
  return `
  INSERT INTO "SignalNeighbourhood" ("municipalityId", "signalId", "neighbourhoodId", "position")
  SELECT '${municipalityId}', id, place, position - 1
  FROM gen_signal, LATERAL unnest(ARRAY["placeId", "otherPlaceId"]) WITH ORDINALITY AS named (place, position)
  WHERE "placeId" IS NOT NULL AND (position = 1 OR (i % 5 = 0 AND "otherPlaceId" <> "placeId"))
  ORDER BY i, position;
  INSERT INTO "SignalFiler" ("municipalityId", "signalId", "personId", "at")
  SELECT '${municipalityId}', id, "filerId", at FROM gen_signal ORDER BY i;
  ${entry('filed', 'NULL', `'received'`, 'filerId', 0)}
  ${entry('status', `'received'`, `'in_review'`, 'ownerId', 3, `status <> 'received'`)}
  ${entry('status', `'in_review'`, 'status', 'ownerId', 9, `status NOT IN ('received', 'in_review')`)}
  INSERT INTO "ReferenceCounter" ("municipalityId", "year", "last")
  SELECT '${municipalityId}', extract(year FROM at AT TIME ZONE 'Europe/Brussels'), max(i) FROM gen_signal GROUP BY 2
  ON CONFLICT ("municipalityId", "year") DO UPDATE SET "last" = excluded."last";`;
}
