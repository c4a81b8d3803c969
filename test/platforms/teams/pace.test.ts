import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPace } from '../../../src/platforms/teams/pace.js';
import { PUBLISHED } from '../../fakes/teams/pace.js';

/** Milliseconds until Teams has a message, and until we have its answer. */
const LATENCY = fc.record({ there: fc.integer({ min: 0, max: 900 }), back: fc.integer({ min: 0, max: 900 }) });

it('never gives a conversation more than it takes, however long each message is on its way', () => {
  fc.assert(
    fc.property(fc.array(LATENCY, { minLength: 20, maxLength: 90 }), (messages) => {
      const pace = createPace();
      const arrivals: number[] = [];
      let now = 0;
      // One after the other, as the queue sends to one conversation.
      for (const { there, back } of messages) {
        for (let wait = pace.take('a', now); wait > 0; wait = pace.take('a', now)) now += wait;
        const takenAt = now;
        arrivals.push(takenAt + there);
        now += there + back;
        pace.answered('a', takenAt, now);
      }
      for (const at of arrivals) {
        for (const [times, seconds] of PUBLISHED) {
          const inWindow = arrivals.filter((other) => other > at - seconds * 1_000 && other <= at);
          expect(inWindow.length).toBeLessThanOrEqual(times);
        }
      }
    }),
  );
});
