import { describe, expect, it } from 'vitest';
import { createReadiness } from '../../src/operations/readiness.js';

describe('readiness', () => {
  it('is not there before the start is complete, and not any more while stopping', async () => {
    const readiness = createReadiness({ database: () => Promise.resolve() });
    expect((await readiness.check()).ready).toBe(false);
    readiness.started();
    expect(await readiness.check()).toEqual({ ready: true, checks: { database: 'ok' } });
    readiness.stopping();
    expect((await readiness.check()).ready).toBe(false);
    readiness.started();
    expect((await readiness.check()).ready).toBe(false);
  });

  it('names the part that fails', async () => {
    const readiness = createReadiness({
      database: () => Promise.resolve(),
      queue: () => Promise.reject(new Error('gone')),
    });
    readiness.started();
    expect(await readiness.check()).toEqual({ ready: false, checks: { database: 'ok', queue: 'failing' } });
  });

  it('does not wait for a part that does not answer', async () => {
    const readiness = createReadiness({ database: () => new Promise(() => undefined) });
    readiness.started();
    const start = performance.now();
    expect((await readiness.check()).ready).toBe(false);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
