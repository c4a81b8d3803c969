import type { Tx } from './client.js';

/**
 * Opens, for the rest of this transaction, the one way past the trigger that keeps the timeline append-only: erasing
 * somebody's own data, and taking out a demo. Who acted and what was said may go; what happened, and when, stays unless
 * its signal goes too (docs/decisions/0012).
 */
export async function allowErasure(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT set_config('wijksignaal.erasing', 'on', true)`;
}
