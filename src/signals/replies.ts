import type { Context, Reply, ViewContext } from '../chat/feature.js';
import { exampleReference, sayStatus } from './describe.js';
import { signalTexts } from './texts.js';
import type { Refusal } from './work-on-signal.js';

/** A refusal in the reader's words. */
export function describeRefusal(
  context: Pick<ViewContext, 'locale' | 'municipality' | 'now'>,
  refusal: Refusal,
): string {
  const t = signalTexts(context.locale);
  switch (refusal.code) {
    case 'SIGNAL.NOT_YOURS':
      return t('refused.SIGNAL.NOT_YOURS', { owner: refusal.ownerName });
    case 'SIGNAL.CHANGED': {
      const status = sayStatus(refusal.status, context.locale);
      if (refusal.ownerName) {
        return t('refused.SIGNAL.CHANGED.transferred', { by: refusal.byName, owner: refusal.ownerName });
      }
      return refusal.byName
        ? t('refused.SIGNAL.CHANGED', { by: refusal.byName, status })
        : t('refused.SIGNAL.CHANGED.nobody', { status });
    }
    case 'SIGNAL.NOT_POSSIBLE':
    case 'MERGE.ENDED':
      return t(`refused.${refusal.code}`, { status: sayStatus(refusal.status, context.locale) });
    case 'MERGE.UNKNOWN':
      return t('refused.MERGE.UNKNOWN', { example: exampleReference(context) });
    case 'MERGE.CIRCLE':
    case 'LINK.CIRCLE':
      return t(`refused.${refusal.code}`, { reference: refusal.reference });
    case 'MERGE.MERGED':
      return t('refused.MERGE.MERGED', { reference: refusal.reference, into: refusal.into });
    case 'TRANSFER.INACTIVE':
    case 'TRANSFER.NO_REGISSEUR':
    case 'TRANSFER.SAME':
    case 'TASK.INACTIVE':
    case 'TASK.OTHER_ORGANISATION':
      return t(`refused.${refusal.code}`, { name: refusal.name });
    case 'MERGE.OTHER_TOWN':
      return t('refused.MERGE.OTHER_TOWN', { municipality: context.municipality.name });
    case 'TRANSFER.UNKNOWN':
    case 'LINK.ITSELF':
    case 'LINK.ALREADY':
    case 'LINK.NONE':
    case 'TASK.NOT_YOURS':
    case 'TASK.DONE':
    case 'PARTNER.NOTHING_OPEN':
    case 'SIGNAL.GONE':
    case 'SIGNAL.NOT_ALONE':
    case 'SIGNAL.NOTHING_TO_CORRECT':
    case 'MERGE.ITSELF':
      return t(`refused.${refusal.code}`);
  }
}

export function sayRefusal(context: Context, refusal: Refusal): Reply {
  return sayDone(describeRefusal(context, refusal));
}

/** One sentence, seen by the person who acted alone. */
export function sayDone(text: string): Reply {
  return { kind: 'card', card: { summary: text, parts: [{ kind: 'text', text }] }, visible: 'only-you' };
}
