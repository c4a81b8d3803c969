import type { Figure } from './bench.js';
import { inFlight } from './drafts.js';
import { startSide, type RunningSide } from './start-side.js';
import { spreadOf } from './statistics.js';

/** What one round took: each request's share of it, and each request by itself. */
export interface Timed {
  milliseconds: number;
  each: number[];
}

/** With each request's share of the answering process' processor time: whatever else the machine does, it hardly changes. */
export interface Weighed extends Timed {
  cpuMilliseconds: number;
}

export async function weigh<T extends Timed>({ side }: ServingSide, work: () => Promise<T>): Promise<T & Weighed> {
  const before = await side.cpu();
  const timed = await work();
  return { ...timed, cpuMilliseconds: ((await side.cpu()) - before) / timed.each.length };
}

export interface Request {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Sends so many requests, so many at a time; every one must be answered as expected. */
export async function load(
  times: number,
  atOnce: number,
  request: (index: number) => Request,
  expected: (answer: string, index: number) => boolean,
): Promise<Timed> {
  const each: number[] = [];
  const start = performance.now();
  await inFlight(times, atOnce, async (index) => {
    const { url, headers, body } = request(index);
    const begun = performance.now();
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = await response.text();
    each.push(performance.now() - begun);
    if (response.status !== 200 || !expected(answer, index))
      throw new Error(`Answered ${response.status}: ${answer.slice(0, 300)}`);
  });
  return { milliseconds: (performance.now() - start) / times, each };
}

/** The product, and what somebody would write who needs nothing but this one thing. */
export type Taken<Work extends string> = Record<'product' | 'bare', Record<Work, Weighed[]>>;

/** Round by round: how many of the product's fit in the time of one of the bare side's. */
export function compare<Work extends string>(what: string, taken: Taken<Work>, work: Work, aim?: string): Figure {
  const shares = taken.product[work].map(
    ({ milliseconds }, index) => (taken.bare[work][index]?.milliseconds ?? NaN) / milliseconds,
  );
  return { what, unit: 'x', spread: spreadOf(shares), ...(aim !== undefined && { aim }) };
}

/** @param unit of what is counted by the second. */
export function speeds(what: string, unit: string, timed: Weighed[]): Figure[] {
  const each = timed.flatMap((one) => one.each).sort((a, b) => a - b);
  const at = (share: number) => each[Math.ceil(each.length * share) - 1] ?? NaN;
  const one = (value: number) => ({ median: value, lowest: value, highest: value });
  return [
    { what, unit, spread: spreadOf(timed.map(({ milliseconds }) => 1_000 / milliseconds)) },
    { what: `${what}, p50`, unit: 'ms', spread: one(at(0.5)) },
    { what: `${what}, p99`, unit: 'ms', spread: one(at(0.99)) },
    {
      what: `${what}, processor time`,
      unit: 'ms',
      spread: spreadOf(timed.map(({ cpuMilliseconds }) => cpuMilliseconds)),
    },
  ];
}

/** A side that answers requests of its own. */
export interface ServingSide {
  side: RunningSide;
  url: string;
  neighbourhoodIds: string[];
}

export async function startServing(name: string, options: object, flags: string[] = []): Promise<ServingSide> {
  const side = await startSide(name, options, flags);
  const { url, neighbourhoodIds } = await side.report();
  return { side, url: String(url), neighbourhoodIds: neighbourhoodIds as string[] };
}

/** A side that wrote less would win unfairly. The product knows its people by an account more. */
export async function expectSameRows(product: RunningSide, bare: RunningSide): Promise<void> {
  const [ours, theirs] = [
    JSON.stringify((await product.report()).values),
    JSON.stringify((await bare.report()).values),
  ];
  if (ours !== theirs) throw new Error(`The sides did not write the same rows:\n${ours}\n${theirs}`);
}
