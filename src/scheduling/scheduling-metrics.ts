import { Counter, type Registry } from 'prom-client';

export interface SchedulingMetrics {
  /** Occasions by schedule and how they went: done, late, skipped, failed (tried again), given_up. */
  occurrences: Counter<'schedule' | 'outcome'>;
  /** Times that a schedule could not say what is due. */
  failures: Counter<'schedule'>;
}

export function createSchedulingMetrics(registry: Registry): SchedulingMetrics {
  return {
    occurrences: new Counter({
      name: 'wijksignaal_occurrences_total',
      help: 'Scheduled occasions by how they went',
      labelNames: ['schedule', 'outcome'],
      registers: [registry],
    }),
    failures: new Counter({
      name: 'wijksignaal_schedule_failures_total',
      help: 'Times a schedule could not be looked through',
      labelNames: ['schedule'],
      registers: [registry],
    }),
  };
}
