import type { Tx } from '../storage/database.js';
import type { Refusal } from './work-on-signal.js';

export interface Lead {
  /** Null: an organisation without an account. */
  leadId: string | null;
  name: string;
}

/**
 * Who is meant by a choice of lead: somebody in the chat by their id, or else an organisation by its name.
 *
 * @returns the lead, or why it cannot be them.
 */
export async function resolveLead(tx: Tx, municipalityId: string, chosen: string): Promise<Lead | Refusal> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(chosen)) return { leadId: null, name: chosen };
  const person = await tx.person.findUnique({
    where: { municipalityId_id: { municipalityId, id: chosen } },
    select: { id: true, name: true, active: true },
  });
  if (!person) return { code: 'TRANSFER.UNKNOWN' };
  return person.active ? { leadId: person.id, name: person.name } : { code: 'TASK.INACTIVE', name: person.name };
}
