import type { Listener } from '../chat/feature.js';
import type { Logger } from '../operations/log.js';
import { deliver, type DeliverDependencies, type DeliveryOutcome } from './deliver.js';
import { hearEvent } from './hear-event.js';
import { createOutbox } from './outbox.js';
import type { FetchedEvent, FetchedJob, Lane, Queue } from './queue.js';

/** Messages in hand at once, of each lane. */
const IN_HAND = 100;
const EVENTS = 100;
/** How long the rest of a conversation waits after its platform did not answer: as long as the queue waits at least. */
const NO_ANSWER_MS = 5_000;
/** How long a message waits at most when nobody woke the worker (another replica wrote it, or a retry came due). */
const IDLE_MS = 1_000;

export interface Worker {
  /** There is something to send: look now. */
  wake(): void;
  /** Finishes the messages in hand; the rest stays in the queue. */
  stop(): Promise<void>;
}

/**
 * Sends what the queue holds, and tells listeners what happened. Within one conversation messages go one after the other, in the
 * order they were written;
 * conversations do not wait for each other.
 */
export function startWorker(
  dependencies: DeliverDependencies & {
    queue: Queue;
    log: Logger;
    listeners?: Listener[];
    /** Resolves when people who wait for an answer are not in the way. */
    turn?: () => Promise<void>;
  },
): Worker {
  const { queue, log, db, listeners = [], turn = () => Promise.resolve() } = dependencies;
  const outbox = createOutbox(queue);
  let stopping = false;
  /** Conversations a platform asked to leave alone, until when. The others go on. */
  const paused = new Map<string, Date>();
  /** Bulk messages go to as many conversations as there are readers: a platform that asks for time asks it for all of them. */
  let bulkPausedUntil = new Date(0);

  /** Works off what is there whenever it is woken; a failure of ours is logged, and it goes on. */
  async function run<Job>(
    fetch: () => Promise<Job[]>,
    workOff: (jobs: Job[]) => Promise<void>,
    rest: () => Promise<void>,
  ) {
    while (!stopping) {
      await rest();
      try {
        await turn();
        let jobs = await fetch();
        while (jobs.length > 0) {
          await workOff(jobs);
          if (stopping) return;
          await turn();
          jobs = await fetch();
        }
      } catch (error) {
        log.error({ err: error }, 'delivery round failed');
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      }
    }
  }

  /** One lane: what it has in hand, and how it takes more. */
  function createLane(lane: Lane) {
    /** The last of what was given out, by conversation: the next waits for it, and nobody else does. */
    const conversations = new Map<string, Promise<void>>();
    let inHand = 0;

    return {
      async fetch(): Promise<FetchedJob[]> {
        return lane === 'bulk' && bulkPausedUntil > dependencies.now() ? [] : queue.fetch(IN_HAND - inHand, lane);
      },
      /** Gives them out; resolves when half of all that is in hand is done, or all of it once we stop. */
      async send(jobs: FetchedJob[]): Promise<void> {
        for (const [conversation, itsJobs] of await groupByConversation(jobs)) {
          inHand += itsJobs.length;
          const before = conversations.get(conversation);
          const work = (before ?? Promise.resolve())
            .then(() => sendInOrder(conversation, itsJobs))
            .catch((error: unknown) => log.error({ err: error }, 'delivery round failed'))
            .finally(() => {
              inHand -= itsJobs.length;
              if (conversations.get(conversation) === work) conversations.delete(conversation);
            });
          conversations.set(conversation, work);
        }
        while (inHand > (stopping ? 0 : IN_HAND / 2)) await Promise.race(conversations.values());
      },
      async settled(): Promise<void> {
        await Promise.all(conversations.values());
      },
    };
  }

  /** One after the other: what happened first is heard first. What it causes goes out at once. */
  async function hearAll(jobs: FetchedEvent[]): Promise<void> {
    for (const job of jobs) {
      try {
        if (stopping) await queue.fail([job.jobId], 'events');
        else {
          await hearEvent({ ...dependencies, outbox, listeners }, job);
          await queue.complete([job.jobId], 'events');
        }
      } catch (error) {
        log.error({ err: error, event: job.event, givenUp: job.lastTry }, 'a listener failed');
        await queue.fail([job.jobId], 'events');
      }
    }
    rouse();
  }

  async function sendInOrder(conversation: string, jobs: FetchedJob[]): Promise<void> {
    for (const [index, job] of jobs.entries()) {
      const until = paused.get(conversation);
      // All at once: behind a channel that takes one message a second stand hundreds after a busy morning.
      if (!stopping && until && until > dependencies.now()) return postpone(jobs.slice(index), until);
      const answered = await sendOne(job, conversation);
      if (!answered) return postpone(jobs.slice(index + 1), new Date(dependencies.now().getTime() + NO_ANSWER_MS));
    }
  }

  async function postpone(jobs: FetchedJob[], until: Date): Promise<void> {
    if (jobs.length === 0) return;
    const lane = jobs[0]?.lane;
    await queue.addLater(jobs, until);
    await queue.complete(
      jobs.map((job) => job.jobId),
      lane,
    );
  }

  /** @returns false when the platform did not answer. */
  async function sendOne(job: FetchedJob, conversation: string): Promise<boolean> {
    if (stopping) {
      await queue.fail([job.jobId], job.lane);
      return true;
    }
    paused.delete(conversation);
    await turn();
    let outcome: DeliveryOutcome;
    try {
      outcome = await deliver(dependencies, job);
    } catch (error) {
      log.error({ err: error, deliveryId: job.deliveryId }, 'delivery failed unexpectedly');
      outcome = { again: 'UNEXPECTED' };
    }
    if (outcome === 'done' || outcome === 'failed') {
      if (outcome === 'failed') log.warn({ deliveryId: job.deliveryId }, 'delivery given up');
      await queue.complete([job.jobId], job.lane);
      return true;
    }
    if ('later' in outcome) {
      if (outcome.pause) {
        paused.set(conversation, outcome.later);
        if (job.lane === 'bulk') bulkPausedUntil = outcome.later;
      }
      await postpone([job], outcome.later);
      return true;
    }
    if (job.lastTry) {
      await db.delivery.update({
        where: { municipalityId_id: { municipalityId: job.municipalityId, id: job.deliveryId } },
        data: { status: 'failed', failure: outcome.again },
      });
      await queue.complete([job.jobId], job.lane);
    } else await queue.fail([job.jobId], job.lane);
    return !outcome.pause;
  }

  /** One person or channel is one conversation; a message already sent and one still to send there keep their order. */
  async function groupByConversation(jobs: FetchedJob[]): Promise<Map<string, FetchedJob[]>> {
    const municipalities = [...new Set(jobs.map((job) => job.municipalityId))];
    const rows = await db.delivery.findMany({
      where: { municipalityId: { in: municipalities }, id: { in: jobs.map((job) => job.deliveryId) } },
      select: { id: true, personId: true, channelId: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    const order = new Map(
      rows.map((row, index) => [row.id, { conversation: row.personId ?? row.channelId ?? '', index }]),
    );
    const groups = new Map<string, FetchedJob[]>();
    const sorted = jobs.toSorted(
      (a, b) => (order.get(a.deliveryId)?.index ?? 0) - (order.get(b.deliveryId)?.index ?? 0),
    );
    for (const job of sorted) {
      const key = order.get(job.deliveryId)?.conversation ?? '';
      groups.set(key, [...(groups.get(key) ?? []), job]);
    }
    return groups;
  }

  // Each has its own loop: a receipt never waits for a newsletter that is being sent.
  const sleeps = [createSleep(), createSleep(), createSleep()] as const;
  const rouse = () => sleeps.forEach((sleep) => sleep.wake());
  const lanes = [createLane('normal'), createLane('bulk')] as const;
  const loops = [
    run(lanes[0].fetch, lanes[0].send, sleeps[0].rest),
    run(lanes[1].fetch, lanes[1].send, sleeps[1].rest),
    run(() => queue.fetchEvents(EVENTS), hearAll, sleeps[2].rest),
  ];
  return {
    wake: rouse,
    async stop() {
      stopping = true;
      rouse();
      await Promise.all(loops);
      await Promise.all(lanes.map((lane) => lane.settled()));
    },
  };
}

/** Rests until woken, at most {@link IDLE_MS}; not at all when it was woken since the last rest. */
function createSleep(): { rest(): Promise<void>; wake(): void } {
  let awake = true;
  let rouse: () => void = () => undefined;
  return {
    async rest() {
      if (!awake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, IDLE_MS);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        rouse = () => undefined;
      }
      awake = false;
    },
    wake() {
      awake = true;
      rouse();
    },
  };
}
