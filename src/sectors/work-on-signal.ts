import { localDay, validOn } from '../calendar/local-day.js';
import type { Context } from '../chat/feature.js';
import { organisationKey } from '../endorsements/organisations.js';
import { may, type Permission, type Relation } from '../people/roles.js';
import type { EntryData, VERDICTS } from '../signals/step-inputs.js';
import { ENDED } from '../signals/transitions.js';
import {
  lockSignal,
  recordEntry,
  refuseIfChanged,
  type NewEntry,
  type Refusal,
  type Working,
} from '../signals/work-on-signal.js';
import type { Db, Signal, Tx } from '../storage/database.js';

type Asking = Pick<Context, 'municipality' | 'person' | 'now'>;

/** How this person stands to the signal as a signal coordinator, today. */
async function sectorRelations(
  db: Db | Tx,
  { municipality, person, now }: Asking,
  signal: Pick<Signal, 'id' | 'sector'>,
): Promise<Relation[]> {
  const municipalityId = municipality.id;
  const own = await db.sectorAssignment.findMany({
    where: { municipalityId, personId: person.id, ...validOn(localDay(now, municipality.zone)) },
    select: { sector: true, organisation: true },
  });
  if (own.length === 0) return [];
  const filers = await db.signalFiler.findMany({
    where: { municipalityId, signalId: signal.id },
    select: { organisation: true },
  });
  const organisations = filers.flatMap(({ organisation }) => (organisation ? [organisationKey(organisation)] : []));
  const theirs = own.some(
    ({ sector, organisation }) =>
      (sector !== null && sector === signal.sector) || (organisation !== null && organisations.includes(organisation)),
  );
  return theirs ? ['sector coordinator'] : [];
}

export type SectorResult =
  | { ok: true; signal: Signal }
  | ({ ok: false } & (Refusal | { code: 'SECTOR.NOT_YOURS' } | { code: 'SECTOR.NOT_HERE' }));

async function onOpenSignal(
  context: Working,
  action: Permission,
  signalId: string,
  entryFor: (tx: Tx, signal: Signal) => Promise<NewEntry | Refusal | undefined>,
): Promise<SectorResult> {
  return context.write(async (tx): Promise<SectorResult> => {
    const signal = await lockSignal(tx, context.municipality.id, signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    if (!may(context.person, action, await sectorRelations(tx, context, signal))) {
      return { ok: false, code: 'SECTOR.NOT_YOURS' };
    }
    if (ENDED.includes(signal.status)) return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    const entry = await entryFor(tx, signal);
    if (!entry) return { ok: true, signal };
    if ('code' in entry) return { ok: false, ...entry };
    return recordEntry(tx, context, signal, entry);
  });
}

type Verdict = (typeof VERDICTS)[number];

/** "Dit is een signaal", or not and why: a word to the regisseur, who decides. The same word twice is there once. */
export function testSignal(
  context: Working,
  { signalId, verdict, why }: { signalId: string; verdict: Verdict; why?: string },
): Promise<SectorResult> {
  return onOpenSignal(context, 'test a signal', signalId, async (tx, signal) => {
    const last = await tx.timelineEntry.findFirst({
      where: { municipalityId: signal.municipalityId, signalId, kind: 'tested', personId: context.person.id },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    });
    const said = (last?.data ?? {}) as EntryData;
    if (said.verdict === verdict && (last?.text ?? undefined) === why) return undefined;
    return {
      kind: 'tested',
      visibility: 'internal',
      ...(why && { text: why }),
      data: { verdict },
      tellFilers: false,
      inThread: true,
    };
  });
}

/** What the sector knows about it, beside what the filer told; neutral, for everyone to read. */
export function enrichSignal(
  context: Working,
  { signalId, text }: { signalId: string; text: string },
): Promise<SectorResult> {
  return onOpenSignal(context, 'add to a signal', signalId, () =>
    Promise.resolve({ kind: 'enriched', visibility: 'public', text, tellFilers: false, inThread: true }),
  );
}

/** The first step in the owner's place, where the municipality says so; everything after it is the owner's. */
export async function takeOnSignal(
  context: Working,
  { signalId, seen }: { signalId: string; seen: number },
): Promise<SectorResult> {
  if (!context.municipality.settings.signalCoordinatorsTakeOn) return { ok: false, code: 'SECTOR.NOT_HERE' };
  return onOpenSignal(context, 'take a signal on for its owner', signalId, async (tx, signal) => {
    const changed = await refuseIfChanged(tx, signal, seen);
    if (changed) return changed;
    if (signal.status !== 'received') return { code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    return { kind: 'status', visibility: 'public', toStatus: 'in_review', tellFilers: true, inThread: true };
  });
}
