import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Seconds per request, by method, route pattern (never the address itself) and status. */
  requests: Histogram<'method' | 'route' | 'status'>;
  /** Unexpected failures the users were told of. */
  failures: Counter<'route'>;
}

/** One registry per process (and one per server in tests); capabilities register their own meters on it. */
export function createMetrics(options: { process: boolean } = { process: true }): Metrics {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry, prefix: 'wijksignaal_' });
  return {
    registry,
    requests: new Histogram({
      name: 'wijksignaal_http_request_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'],
      // Slack and Teams give an answer three seconds; the steps crowd around that.
      buckets: [0.01, 0.05, 0.1, 0.3, 1, 2, 3, 10],
      registers: [registry],
    }),
    failures: new Counter({
      name: 'wijksignaal_http_failures_total',
      help: 'Requests that failed unexpectedly',
      labelNames: ['route'],
      registers: [registry],
    }),
  };
}
