import cron from 'node-cron';
import type { Logger } from '../operations/log.js';
import type { Scheduler } from './scheduler.js';

/**
 * Ticks now, for what an outage held up, and every minute from here on. node-cron knows nothing of municipalities or their
 * clocks: it only says that a minute has gone by.
 *
 * @returns stops the ticking; resolves when the work in hand is done.
 */
export function startTicking(scheduler: Scheduler, log: Logger): () => Promise<void> {
  let busy = false;
  const tick = async () => {
    if (busy) return;
    busy = true;
    try {
      await scheduler.tick();
    } catch (error) {
      log.error({ err: error }, 'tick failed');
    } finally {
      busy = false;
    }
  };
  const task = cron.schedule('* * * * *', tick);
  void tick();
  return async () => {
    await task.destroy();
    await scheduler.stop();
  };
}
