import { toLocale } from '../chat/texts.js';
import { may } from '../people/roles.js';
import { findActingOwner } from '../routing/find-acting-owner.js';
import { findFilers } from '../signals/posts.js';
import { lockSignal, recordEntry, type Working } from '../signals/work-on-signal.js';
import type { Db, Signal, TimelineEntry, Tx } from '../storage/database.js';
import { isAsked, questionKey } from './ask-filers.js';
import { helpsTexts } from './texts.js';

export interface HelpsAnswer {
  signalId: string;
  /** The day it ended, YYYY-MM-DD: a signal that was reopened and ended again is asked about again. */
  endedOn: string;
  /** Undefined: yes, it helps. */
  whyNot?: string;
}

export type AnswerResult =
  | { ok: true; signal: Signal; reopened: boolean }
  | { ok: false; code: 'HELPS.GONE' | 'HELPS.NOT_YOURS' | 'HELPS.OVER' | 'HELPS.ANSWERED' };

/**
 * Records what a filer says of an ended signal, once per filer and end. "No" reopens it where the municipality says so, and
 * otherwise tells whoever answers for it.
 */
export async function answerHelps(context: Working, { signalId, endedOn, whyNot }: HelpsAnswer): Promise<AnswerResult> {
  const { municipality, person, outbox } = context;
  return context.write(async (tx): Promise<AnswerResult> => {
    const signal = await lockSignal(tx, municipality.id, signalId);
    if (!signal) return { ok: false, code: 'HELPS.GONE' };
    const filers = await findFilers(tx, municipality.id, signalId);
    const filed = filers.includes(person.id);
    if (!may(person, 'answer a question', filed ? ['filer'] : [])) return { ok: false, code: 'HELPS.NOT_YOURS' };
    if (await findAnswer(tx, signal, person.id, endedOn)) return { ok: false, code: 'HELPS.ANSWERED' };
    if (!isAsked(signal, endedOn)) return { ok: false, code: 'HELPS.OVER' };
    const { entry } = await recordEntry(tx, context, signal, {
      kind: whyNot === undefined ? 'helps' : 'helps_not',
      visibility: 'filers',
      ...(whyNot !== undefined && { text: whyNot }),
      data: { endedOn },
      tellFilers: false,
      inThread: true,
    });
    const reopens = whyNot !== undefined && municipality.settings.filersMayReopen;
    if (reopens) {
      // The filer's own words are between filer and owner; that it goes on, and why, is for everyone.
      await recordEntry(tx, context, signal, {
        kind: 'reopened',
        visibility: 'public',
        toStatus: 'in_review',
        text: helpsTexts(toLocale(municipality.locale))('reopened.why'),
        tellFilers: true,
        inThread: false,
      });
    } else if (whyNot !== undefined) {
      const personId = await findActingOwner(tx, municipality, signal.ownerId, context.now);
      await outbox.post(tx, municipality.id, [
        {
          key: `helps-not:${entry.id}`,
          to: { personId },
          view: 'helps.told',
          params: { signalId, entryId: entry.id },
          urgent: signal.acute,
        },
      ]);
    }
    await outbox.refresh(tx, municipality.id, [questionKey(signalId, endedOn, person.id)]);
    return { ok: true, signal, reopened: reopens };
  });
}

/** What this person said of this end; null when nothing yet. */
export function findAnswer(
  db: Db | Tx,
  { municipalityId, id }: Pick<Signal, 'municipalityId' | 'id'>,
  personId: string,
  endedOn: string,
): Promise<TimelineEntry | null> {
  return db.timelineEntry.findFirst({
    where: {
      municipalityId,
      signalId: id,
      personId,
      kind: { in: ['helps', 'helps_not'] },
      data: { path: ['endedOn'], equals: endedOn },
    },
  });
}
