import type { Listener, MunicipalityInfo, Outbox } from '../chat/feature.js';
import type { Db } from '../storage/database.js';
import type { EventJob } from './queue.js';

export interface HearDependencies {
  db: Db;
  outbox: Outbox;
  listeners: Listener[];
  municipality(id: string): Promise<MunicipalityInfo>;
  now(): Date;
}

/** Tells everyone who listens, in one transaction: all of them heard it, or none, and then it is told again. */
export async function hearEvent(
  { db, outbox, listeners, municipality, now }: HearDependencies,
  { municipalityId, event, params }: EventJob,
): Promise<void> {
  const context = { municipality: await municipality(municipalityId), now: now(), outbox };
  await db.$transaction(async (tx) => {
    for (const listener of listeners) if (listener.event === event) await listener.hear(tx, context, params);
  });
}
