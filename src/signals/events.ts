import { z } from 'zod';

/** What other capabilities may listen to (`Feature.listeners`); told in the transaction that wrote it. */

/** A signal came in. */
export const SIGNAL_FILED = 'signals.filed';
export const SignalFiled = z.object({ signalId: z.uuid() });

/** Something was added to a signal's timeline that everyone may read, if only that its status changed. */
export const SIGNAL_WENT_ON = 'signals.went-on';
export const SignalWentOn = z.object({ signalId: z.uuid(), entryId: z.uuid() });

/** Its words were changed: it may concern others from now on. */
export const SIGNAL_REWORDED = 'signals.reworded';
export const SignalReworded = z.object({ signalId: z.uuid(), entryId: z.uuid() });
