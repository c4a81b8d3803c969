import { findSimilar } from '../../../src/similar/find-similar.js';
import { ENDED } from '../../../src/signals/transitions.js';
import { findSignalByReference, listSignals, readTimeline } from '../../../src/signals/read-signals.js';
import { openDatabase } from '../../../src/storage/database.js';
import { signalSearch } from '../../../src/storage/full-text.js';
import type { Side } from '../start-side.js';

const PAGE = 20;
/** Of the generator's vocabulary, by how many signals hold them: about one in ten, in two hundred, in five thousand. */
const WORDS = {
  frequent: ['wachtlijst', 'buurt', 'school'],
  occasional: ['badaanbod', 'eigenaanbod', 'landopvang'],
  rare: ['zorgtarief', 'zwemweg', 'wachtzaal'],
};

/** Reads a municipality of generated signals as the status command, the search and the list do. */
export async function open(options: { databaseUrl?: string; dataDir: string }): Promise<Side> {
  const database = await openDatabase(options);
  const { db } = database;
  const { id: municipalityId } = await db.municipality.findFirstOrThrow();
  const some = await db.$queryRaw<{ id: string; reference: string }[]>`
    SELECT "id", "reference" FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid
    ORDER BY md5("reference") LIMIT 500`;
  const pick = <T>(values: readonly T[], index: number): T => {
    const value = values[index % values.length];
    if (value === undefined) throw new Error('There is nothing to read.');
    return value;
  };
  // Drafts in the words of signals that are there.
  const rows = await db.signal.findMany({
    where: { municipalityId, id: { in: some.slice(0, 50).map(({ id }) => id) } },
    select: {
      title: true,
      description: true,
      cityWide: true,
      lifeDomain: true,
      fundamentalRight: true,
      neighbourhoods: { select: { neighbourhoodId: true } },
    },
  });
  const drafts = rows.map(({ neighbourhoods, ...row }) => ({
    ...row,
    neighbourhoodIds: neighbourhoods.map(({ neighbourhoodId }) => neighbourhoodId),
  }));
  let turn = 0;
  const repeat = (work: (turn: number) => Promise<unknown>) => async (times: number) => {
    for (let index = 0; index < times; index += 1) await work((turn += 1));
  };
  const search = (words: readonly string[]) =>
    repeat((index) => listSignals(db, municipalityId, { search: pick(words, index) }, { limit: PAGE }));
  return {
    work: {
      lookup: repeat(async (index) => {
        const signal = await findSignalByReference(db, municipalityId, pick(some, index).reference);
        if (!signal) throw new Error('A signal is gone.');
        await readTimeline(db, municipalityId, signal.id);
      }),
      list: repeat(() => listSignals(db, municipalityId, {}, { limit: PAGE })),
      'deep page': repeat((index) => listSignals(db, municipalityId, {}, { limit: PAGE, after: pick(some, index).id })),
      'search frequent': search(WORDS.frequent),
      'search occasional': search(WORDS.occasional),
      'search rare': search(WORDS.rare),
      // What filing looks up while somebody fills in the form.
      similar: repeat((index) => findSimilar(db, municipalityId, pick(drafts, index), ENDED)),
    },
    async report() {
      const shares: Record<string, number> = {};
      const signals = await db.signal.count({ where: { municipalityId } });
      for (const word of Object.values(WORDS).flat()) {
        const [found] = await db.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM "Signal"
          WHERE "municipalityId" = ${municipalityId}::uuid AND ${signalSearch(word)}`;
        shares[word] = (found?.count ?? 0) / signals;
      }
      return { signals, shares };
    },
    close: () => database.close(),
  };
}
