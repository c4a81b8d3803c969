import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { OpenDatabase } from '../../../src/storage/database.js';
import { openTown, TOWN_NOW, type Town } from '../../support/town.js';
import { PLATFORMS, sequence, tryIt } from './actions.js';
import { checkSignals } from './check-signals.js';

/** Signals of one town are searched on filing: a town of its own now and then keeps that as quick as in a small town. */
const SEQUENCES_PER_TOWN = 250;

export interface Outcome {
  sequences: number;
  attempts: number;
  done: number;
}

/**
 * Lets several people act at once from several platforms, in random orders, through the real chat on a real database; and
 * checks after each sequence everything that must hold whatever the order.
 *
 * @param seed the same seed gives the same attempts. Who wins of two at once is the database's to say.
 */
export async function runSequences(database: OpenDatabase, count: number, seed: number): Promise<Outcome> {
  const outcome: Outcome = { sequences: 0, attempts: 0, done: 0 };
  const sequences = fc.sample(sequence, { numRuns: count, seed });
  let town: Town | undefined;
  for (const [index, rounds] of sequences.entries()) {
    if (index % SEQUENCES_PER_TOWN === 0) {
      if (town) await checkReferences(database, town);
      await town?.stop();
      town = await openTown(database, referenceOf(index / SEQUENCES_PER_TOWN));
      await addPlatforms(database, town);
    }
    if (!town) throw new Error('There is a town by now.');
    const here = town;
    const signals = await fileTwo(database, here);
    let done = 0;
    for (const round of rounds) {
      const results = await Promise.all(round.map((attempt) => tryIt(here, signals, attempt)));
      outcome.attempts += round.length;
      outcome.done += results.filter(Boolean).length;
      done += results.filter((was, position) => was && round[position]?.what.kind !== 'file').length;
    }
    const label = `seed ${seed}, sequence ${index}: ${JSON.stringify(rounds)}`;
    await checkSignals(database.db, here, signals, done, label);
    outcome.sequences += 1;
  }
  if (town) await checkReferences(database, town);
  await town?.stop();
  return outcome;
}

/** PAA, PAB, PAC ... */
function referenceOf(town: number): string {
  return `P${String.fromCharCode(65 + Math.floor(town / 26), 65 + (town % 26))}`;
}

/** Everybody has an account on every platform. */
async function addPlatforms({ db }: OpenDatabase, { municipalityId, people }: Town): Promise<void> {
  await db.account.createMany({
    data: Object.values(people).flatMap(({ id }) =>
      PLATFORMS.filter((platform) => platform !== 'playground').map((platform) => ({
        municipalityId,
        personId: id,
        platform,
        externalId: id,
      })),
    ),
  });
}

/** Two signals of two filers, as filing leaves them: filing itself has its own tests, and would take most of the time. */
async function fileTwo({ db }: OpenDatabase, { municipalityId, people }: Town) {
  const filers = [people.worker, people.colleague];
  return Promise.all(
    filers.map(async (filer) => {
      const id = uuidv7();
      const { last } = await db.referenceCounter.upsert({
        where: { municipalityId_year: { municipalityId, year: 2026 } },
        create: { municipalityId, year: 2026, last: 1 },
        update: { last: { increment: 1 } },
      });
      const { reference: prefix } = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
      const reference = `${prefix}-2026-${String(last).padStart(4, '0')}`;
      await db.signal.create({
        data: {
          municipalityId,
          id,
          reference,
          formId: randomUUID(),
          title: 'Gezinnen vinden geen woning',
          description: 'De huurprijzen stijgen.',
          cityWide: true,
          ownerId: people.regisseur.id,
          route: { rule: 'city_wide' },
          filedAt: TOWN_NOW,
          updatedAt: TOWN_NOW,
          filers: { create: { personId: filer.id, at: TOWN_NOW } },
          entries: {
            create: {
              id: uuidv7(),
              kind: 'filed',
              visibility: 'public',
              toStatus: 'received',
              personId: filer.id,
              platform: 'playground',
              at: TOWN_NOW,
            },
          },
        },
      });
      return { id, reference };
    }),
  );
}

/** Every reference once, without gaps, whoever filed at the same moment. */
async function checkReferences({ db }: OpenDatabase, { municipalityId }: Town): Promise<void> {
  const signals = await db.signal.findMany({ where: { municipalityId }, select: { reference: true } });
  const numbers = signals.map(({ reference }) => Number(reference.split('-').at(-1))).toSorted((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
}
