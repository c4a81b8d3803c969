import fc from 'fast-check';
import { expect } from 'vitest';
import { features } from '../../../src/features.js';
import type { OpenDatabase } from '../../../src/storage/database.js';
import { sequence, type Attempt } from './actions.js';
import { checkSignals } from './check-signals.js';
import { openLane, ROUND_MS, type Lane } from './lane.js';
import { tryIt } from './try-it.js';

/** Signals of one town are searched on filing: a town of its own now and then keeps that as quick as in a small town. */
const SEQUENCES_PER_TOWN = 200;
/** Of so many sequences one has its messages written out, as the worker does before it sends them. */
const WRITTEN_OUT = 20;

export interface Outcome {
  sequences: number;
  attempts: number;
  done: number;
  /** Messages to filers that were looked at. */
  told: number;
}

/**
 * Lets several people act at once from several platforms, in random orders, through the real chat on a real database; and
 * checks after each sequence everything that must hold whatever the order.
 *
 * @param seed the same seed gives the same attempts. Who wins of two at once is the database's to say.
 * @param lanes towns in which sequences go on at the same time.
 */
export async function runSequences(
  database: OpenDatabase,
  { count, seed, lanes }: { count: number; seed: number; lanes: number },
): Promise<Outcome> {
  const outcome: Outcome = { sequences: 0, attempts: 0, done: 0, told: 0 };
  const sequences = fc.sample(sequence, { numRuns: count, seed });
  let next = 0;
  let towns = 0;
  // One after the other: each starts a queue, and those make their tables.
  let opening: Promise<unknown> = Promise.resolve();
  const open = (number: number): Promise<Lane> => {
    const lane = opening.then(() => openLane(database, referenceOf(number), number % 2 === 1));
    opening = lane;
    return lane;
  };
  const goOn = async (): Promise<void> => {
    while (next < sequences.length) {
      const number = towns;
      towns += 1;
      const lane = await open(number);
      for (let tried = 0; tried < SEQUENCES_PER_TOWN && next < sequences.length; tried += 1) {
        const index = next;
        next += 1;
        await runSequence(lane, sequences[index] ?? [], `seed ${seed}, sequence ${index}`, outcome);
        outcome.sequences += 1;
      }
      await checkReferences(lane);
      await lane.town.stop();
    }
  };
  await Promise.all(Array.from({ length: lanes }, goOn));
  return outcome;
}

async function runSequence(lane: Lane, rounds: Attempt[][], name: string, outcome: Outcome): Promise<void> {
  const label = `${name}: ${JSON.stringify(rounds)}`;
  await lane.begin();
  let done = 0;
  for (const round of rounds) {
    lane.town.clock.now = new Date(lane.town.clock.now.getTime() + ROUND_MS);
    const results = await Promise.all(round.map((attempt) => tryIt(lane, attempt)));
    expect(
      results.filter(({ busy }) => busy),
      `${label}: something went wrong on our side`,
    ).toEqual([]);
    if (round.some(({ what }) => what.kind === 'file' || (what.kind === 'press' && what.action === 'links.split'))) {
      await lane.look();
    }
    outcome.attempts += round.length;
    outcome.done += results.filter((result) => result.done > 0).length;
    done += results.reduce((sum, result) => sum + result.done, 0);
  }
  outcome.told += await checkSignals(lane, done, label);
  if (outcome.sequences % WRITTEN_OUT === 0) await writeOut(lane, label);
  await lane.end();
}

const messages = new Map(features.flatMap((feature) => feature.messages ?? []).map((view) => [view.id, view]));

/** Every message to a person that the sequence brought about has words. */
async function writeOut({ db, town, people }: Lane, label: string): Promise<void> {
  const context = town.chat.visit({ municipality: await town.municipality(), person: people.worker, locale: 'nl' });
  const deliveries = await db.delivery.findMany({
    where: { municipalityId: town.municipalityId, personId: { not: null } },
  });
  for (const { view, params } of deliveries) {
    const card = await messages.get(view)?.render(context, params);
    expect(card?.parts.length, `${label}: ${view}`).toBeGreaterThan(0);
  }
}

/** PAA, PAB, PAC ... */
function referenceOf(town: number): string {
  return `P${String.fromCharCode(65 + Math.floor(town / 26), 65 + (town % 26))}`;
}

/** Every reference once, without gaps, whoever filed at the same moment. */
async function checkReferences({ db, town: { municipalityId } }: Lane): Promise<void> {
  const signals = await db.signal.findMany({ where: { municipalityId }, select: { reference: true } });
  const numbers = signals.map(({ reference }) => Number(reference.split('-').at(-1))).toSorted((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
}
