import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../chat/feature.js';
import { receiptKey } from '../signals/posts.js';
import { ENDED } from '../signals/transitions.js';
import { lockSignal, recordEntry, type Working } from '../signals/work-on-signal.js';
import { isUniqueViolation, type Signal, type SignalStatus } from '../storage/database.js';
import { organisationKey } from './organisations.js';

export const OBSERVATION_MAX = 1_500;
export const ORGANISATION_MAX = 150;

export interface NewEndorsement {
  signalId: string;
  organisation: string;
  /** What this organisation sees; neutral, and held against the client-data guard before. */
  observation?: string | undefined;
  /** Whose it is when somebody else typed it. */
  personId?: string | undefined;
}

export type EndorseResult =
  | { ok: true; signal: Pick<Signal, 'id' | 'reference'> }
  | { ok: false; code: 'ENDORSE.GONE' }
  /** It ended meanwhile; `mergedInto` is the reference of the one that goes on. */
  | { ok: false; code: 'ENDORSE.ENDED'; status: SignalStatus; mergedInto?: string | undefined }
  | { ok: false; code: 'ENDORSE.NOTHING_TO_UNDO' };

/**
 * "Ook bij ons": an organisation sees the same need. It is counted once; a second time from the same organisation adds
 * what it sees. Who says it hears of every step from then on.
 *
 * @param formId of the form it was said in: sent twice it happens once.
 */
export async function endorse(
  context: Working & Pick<Context, 'db'>,
  formId: string,
  given: NewEndorsement,
): Promise<EndorseResult> {
  const municipalityId = context.municipality.id;
  try {
    return await context.write(async (tx): Promise<EndorseResult> => {
      const signal = await lockSignal(tx, municipalityId, given.signalId);
      if (!signal) return { ok: false, code: 'ENDORSE.GONE' };
      const before = await tx.endorsement.findUnique({ where: { municipalityId_formId: { municipalityId, formId } } });
      if (before) return { ok: true, signal };
      if (ENDED.includes(signal.status)) {
        const other = signal.mergedIntoId
          ? await tx.signal.findUnique({
              where: { municipalityId_id: { municipalityId, id: signal.mergedIntoId } },
              select: { reference: true },
            })
          : null;
        return { ok: false, code: 'ENDORSE.ENDED', status: signal.status, mergedInto: other?.reference };
      }
      const { now, person, outbox } = context;
      const personId = given.personId ?? person.id;
      const organisation = given.organisation.trim();
      await tx.endorsement.create({
        data: {
          municipalityId,
          id: uuidv7(),
          signalId: signal.id,
          personId,
          organisation,
          organisationKey: organisationKey(organisation),
          observation: given.observation ?? null,
          formId,
          at: now,
        },
      });
      if (personId === person.id) await remember(tx, municipalityId, personId, organisation);
      await outbox.post(tx, municipalityId, [
        {
          key: receiptKey(signal.id, personId),
          to: { personId },
          view: 'endorsements.receipt',
          params: { signalId: signal.id, personId },
        },
      ]);
      await recordEntry(tx, context, signal, {
        kind: 'endorsed',
        visibility: 'public',
        ...(given.observation && { text: given.observation }),
        data: { organisation },
        tellFilers: false,
        inThread: true,
      });
      return { ok: true, signal };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const before = await context.db.endorsement.findUnique({
      where: { municipalityId_formId: { municipalityId, formId } },
      select: { signal: { select: { id: true, reference: true } } },
    });
    if (!before) throw error;
    return { ok: true, signal: before.signal };
  }
}

/** "Toch niet bij ons": everything this person said of it is taken back, visibly. They hear no more of it. */
export async function undoEndorsement(context: Working, signalId: string): Promise<EndorseResult> {
  return context.write(async (tx): Promise<EndorseResult> => {
    const municipalityId = context.municipality.id;
    const signal = await lockSignal(tx, municipalityId, signalId);
    if (!signal) return { ok: false, code: 'ENDORSE.GONE' };
    const where = { municipalityId, signalId, personId: context.person.id, undoneAt: null };
    const last = await tx.endorsement.findFirst({ where, orderBy: { at: 'desc' } });
    if (!last) return { ok: false, code: 'ENDORSE.NOTHING_TO_UNDO' };
    await tx.endorsement.updateMany({ where, data: { undoneAt: context.now } });
    await recordEntry(tx, context, signal, {
      kind: 'endorsement_undone',
      visibility: 'public',
      data: { organisation: last.organisation },
      tellFilers: false,
      inThread: true,
    });
    return { ok: true, signal };
  });
}

/** What the next form starts with. */
async function remember(
  tx: Parameters<Parameters<Working['write']>[0]>[0],
  municipalityId: string,
  id: string,
  organisation: string,
): Promise<void> {
  await tx.person.update({ where: { municipalityId_id: { municipalityId, id } }, data: { organisation } });
}
