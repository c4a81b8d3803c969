/** As many as the database has connections: more at once only wait for each other there, and everybody's answer comes last. */
const AT_ONCE = 10;
/** Under a crowd that never ends what is owed goes on, slower. */
const PATIENCE_MS = 3_000;

/**
 * Who waits for an answer goes before what is owed, and in the order they came: both need the same processor and connections, a
 * platform gives its users three seconds, and a message that comes a second later is no worse.
 */
export interface Precedence {
  /** Somebody waits for this. */
  serve<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when no crowd is waiting, at the latest after three seconds. */
  turn(): Promise<void>;
}

export function createPrecedence(): Precedence {
  let served = 0;
  const queue: (() => void)[] = [];
  let calm: { promise: Promise<void>; come(): void } | undefined;
  return {
    async serve(work) {
      if (served < AT_ONCE) served += 1;
      // Whoever is done gives their place to the next.
      else await new Promise<void>((resolve) => queue.push(resolve));
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else {
          served -= 1;
          calm?.come();
        }
      }
    },
    async turn() {
      if (served < AT_ONCE) return;
      calm ??= waitForCalm(() => (calm = undefined));
      await calm.promise;
    },
  };
}

function waitForCalm(onEnd: () => void): { promise: Promise<void>; come(): void } {
  let come = () => {};
  const promise = new Promise<void>((resolve) => {
    const timer = setTimeout(() => come(), PATIENCE_MS);
    come = () => {
      clearTimeout(timer);
      onEnd();
      resolve();
    };
  });
  return { promise, come: () => come() };
}
