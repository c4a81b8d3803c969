import { randomUUID } from 'node:crypto';
import type { Card } from '../../src/chat/card.js';
import { createOneTimeCodes } from '../../src/chat/one-time-code.js';
import type { OutgoingMessage, Platform, PlatformName, SendResult } from '../../src/chat/platform.js';
import { deliver } from '../../src/delivery/deliver.js';
import { hearEvent } from '../../src/delivery/hear-event.js';
import type { DeliveryJob } from '../../src/delivery/queue.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { features } from '../../src/features.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import type { OpenDatabase, Person } from '../../src/storage/database.js';
import { FORM_KEY } from './form-key.js';
import type { Town } from './town.js';

const PLATFORMS: readonly PlatformName[] = ['playground', 'slack', 'teams', 'mail'];

/** A message that arrived, or was edited. */
export interface Arrived {
  /** The account or channel, as the platform knows it. */
  to: string;
  card: Card;
  deliveryId: string;
}

/** All that can be read in a card, its buttons too. */
export function readCard(card: Card): string {
  return JSON.stringify(card.parts);
}

/**
 * Does what the worker does, until nothing is left to do now: tells listeners what happened, sends what is owed to a platform that
 * takes everything. Gives what arrived, in order.
 */
export async function deliverAll({ db }: Pick<OpenDatabase, 'db'>, town: Town): Promise<Arrived[]> {
  const arrived: Arrived[] = [];
  const keep = (message: OutgoingMessage): Promise<SendResult> => {
    arrived.push({ to: message.to.externalId, card: message.card, deliveryId: message.deliveryId });
    return Promise.resolve({ ok: true, ref: { conversationId: message.to.externalId, messageId: randomUUID() } });
  };
  const platforms = PLATFORMS.map((name): [PlatformName, Platform] => [
    name,
    { name, send: keep, update: (_, message) => keep(message), find: () => Promise.resolve('not-found') },
  ]);
  const now = () => town.clock.now;
  const dependencies = {
    db,
    now,
    outbox: createOutbox(town.queue),
    listeners: features.flatMap((feature) => feature.listeners ?? []),
    municipality: createMunicipalityReader(db, now),
    platforms: new Map(platforms),
    messages: new Map(features.flatMap((feature) => feature.messages ?? []).map((view) => [view.id, view])),
    url: (path: string) => `http://127.0.0.1:3000${path}`,
    oneTimeCode: createOneTimeCodes(FORM_KEY),
  };
  const later: { job: DeliveryJob; at: Date }[] = [];
  for (;;) {
    const events = await town.queue.fetchEvents(500);
    for (const event of events) await hearEvent(dependencies, event);
    await town.queue.complete(
      events.map(({ jobId }) => jobId),
      'events',
    );
    const jobs = [...(await town.queue.fetch(500)), ...(await town.queue.fetch(500, 'bulk'))];
    const order: { id: string }[] = [];
    for (const municipalityId of new Set(jobs.map((job) => job.municipalityId))) {
      const ids = jobs.map(({ deliveryId }) => deliveryId);
      order.push(
        ...(await db.delivery.findMany({
          where: { municipalityId, id: { in: ids } },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
          select: { id: true },
        })),
      );
    }
    const rank = (job: DeliveryJob) => order.findIndex(({ id }) => id === job.deliveryId);
    for (const job of jobs.toSorted((one, other) => rank(one) - rank(other))) {
      const outcome = await deliver(dependencies, job);
      if (typeof outcome === 'object' && 'later' in outcome) later.push({ job, at: outcome.later });
      else if (outcome !== 'done' && outcome !== 'failed') throw new Error(`Not delivered: ${JSON.stringify(outcome)}`);
      await town.queue.complete([job.jobId], job.lane);
    }
    if (events.length + jobs.length === 0) break;
  }
  // The queue's clock is the real one, so what waits for the town's clock is there the next time this is called.
  for (const { job, at } of later)
    await town.queue.addLater([{ municipalityId: job.municipalityId, deliveryId: job.deliveryId }], at);
  return arrived;
}

/** What one person was sent, as text. */
export function sentTo(person: Pick<Person, 'id'>, arrived: Arrived[]): string[] {
  return arrived.filter(({ to }) => to === person.id).map(({ card }) => readCard(card));
}
