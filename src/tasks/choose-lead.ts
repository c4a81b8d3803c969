import { resolveLead } from '../signals/leads.js';
import { ENDED } from '../signals/transitions.js';
import { lockSignal, recordEntry, refuseUnlessMay, type StepResult, type Working } from '../signals/work-on-signal.js';

/**
 * Who drives the follow-up (trekker): somebody in the chat, who is told, or an organisation by its name. Filers hear it.
 *
 * @param choice.lead a person's id, or a name.
 */
export async function chooseLead(context: Working, choice: { signalId: string; lead: string }): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const municipalityId = context.municipality.id;
    const signal = await lockSignal(tx, municipalityId, choice.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'choose the lead', signal);
    if (refusal) return { ok: false, ...refusal };
    if (ENDED.includes(signal.status)) return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    const lead = await resolveLead(tx, municipalityId, choice.lead);
    if ('code' in lead) return { ok: false, ...lead };
    const recorded = await recordEntry(tx, context, signal, {
      kind: 'lead_chosen',
      visibility: 'public',
      data: { lead: lead.name },
      tellFilers: true,
      inThread: true,
      change: { leadId: lead.leadId, leadName: lead.leadId ? null : lead.name },
    });
    if (lead.leadId && lead.leadId !== context.person.id) {
      await context.outbox.post(tx, municipalityId, [
        {
          key: `lead:${recorded.entry.id}`,
          to: { personId: lead.leadId },
          view: 'tasks.lead-told',
          params: { signalId: signal.id },
        },
      ]);
    }
    return recorded;
  });
}
