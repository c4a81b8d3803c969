import type { Tx } from './client.js';

/**
 * Lets the append-only timeline, until the end of this transaction, put one person's id in the place of another's and change
 * nothing else: for two people who turn out to be one, and for taking that back.
 */
export async function allowLinking(tx: Tx, from: string, to: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('wijksignaal.linking', ${`${from} ${to}`}, true)`;
}
