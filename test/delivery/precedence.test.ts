import { afterEach, expect, it, vi } from 'vitest';
import { createPrecedence } from '../../src/delivery/precedence.js';

/** As many as the database has connections. */
const FULL = 10;
afterEach(() => vi.useRealTimers());

/** So many people wait for an answer; `answer` gives each theirs, in the order they began. */
function crowd(precedence: ReturnType<typeof createPrecedence>, people: number) {
  const begun: { person: number; answer(): void }[] = [];
  const served = Array.from({ length: people }, (_, person) =>
    precedence.serve(() => new Promise<number>((resolve) => begun.push({ person, answer: () => resolve(person) }))),
  );
  return { begun, served };
}

it('serves as many at once as there are connections, and the others in the order they came', async () => {
  const { begun, served } = crowd(createPrecedence(), FULL + 2);
  expect(begun.map(({ person }) => person)).toEqual(Array.from({ length: FULL }, (_, person) => person));

  begun[3]?.answer();
  await served[3];
  await expect.poll(() => begun.at(-1)?.person).toBe(FULL);
  begun[0]?.answer();
  await served[0];
  await expect.poll(() => begun.at(-1)?.person).toBe(FULL + 1);
});

it('gives the place of somebody whose work failed to the next', async () => {
  const precedence = createPrecedence();
  const failing = precedence.serve(() => Promise.reject(new Error('It failed.')));
  const { begun } = crowd(precedence, FULL);
  expect(begun).toHaveLength(FULL - 1);
  await expect(failing).rejects.toThrow('It failed.');
  await expect.poll(() => begun).toHaveLength(FULL);
});

it('lets what is owed go at once while there is room', async () => {
  const precedence = createPrecedence();
  crowd(precedence, FULL - 1);
  await precedence.turn();
});

it('holds what is owed back until the crowd is served', async () => {
  const precedence = createPrecedence();
  const { begun, served } = crowd(precedence, FULL);
  let gone = false;
  const owed = precedence.turn().then(() => (gone = true));
  await Promise.resolve();
  expect(gone).toBe(false);
  begun[0]?.answer();
  await served[0];
  await owed;
});

it('lets what is owed go on after three seconds of a crowd that never ends', async () => {
  vi.useFakeTimers();
  const precedence = createPrecedence();
  crowd(precedence, FULL);
  let gone = false;
  void precedence.turn().then(() => (gone = true));
  await vi.advanceTimersByTimeAsync(2_999);
  expect(gone).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(gone).toBe(true);
});
