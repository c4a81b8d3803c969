/** A check that takes longer than this counts as failing: whoever asks `/readyz` waits a few seconds at most. */
const CHECK_TIMEOUT_MS = 2_000;

export interface Readiness {
  /** Everything is running: from now on the checks decide. */
  started(): void;
  /** Shutting down: not ready, whatever the checks say, so that no new work is sent here. */
  stopping(): void;
  check(): Promise<{ ready: boolean; checks: Record<string, 'ok' | 'failing'> }>;
}

/** @param checks by name (`database`, `queue`); each resolves when that part works and rejects when it does not. */
export function createReadiness(checks: Record<string, () => Promise<unknown>>): Readiness {
  let state: 'starting' | 'running' | 'stopping' = 'starting';
  return {
    started() {
      if (state === 'starting') state = 'running';
    },
    stopping() {
      state = 'stopping';
    },
    async check() {
      if (state !== 'running') return { ready: false, checks: {} };
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, (await works(check)) ? 'ok' : 'failing'] as const),
      );
      return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
    },
  };
}

async function works(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  const attempt = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([attempt, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
