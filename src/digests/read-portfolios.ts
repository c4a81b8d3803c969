import { localDay, localIsoDay } from '../calendar/local-day.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import { isOverdue } from '../signals/clock.js';
import { ENDED } from '../signals/transitions.js';
import type { Db, Prisma, Tx } from '../storage/database.js';

/** The time a digest is about: after `from`, up to and with `until`. */
export interface Period {
  from: Date;
  until: Date;
}

const LISTED = {
  id: true,
  reference: true,
  title: true,
  acute: true,
  status: true,
  version: true,
  ownerId: true,
  filedAt: true,
  clockFrom: true,
  agreedOn: true,
  snoozedUntil: true,
  neverRemind: true,
} satisfies Prisma.SignalSelect;

export type ListedSignal = Prisma.SignalGetPayload<{ select: typeof LISTED }>;

/** Open signals of one owner, each in one list: the most pressing that holds. Acute ones first, then the oldest. */
export interface Portfolio {
  ownerId: string;
  /** Past the day by which something must have happened. */
  late: ListedSignal[];
  /** Not taken up yet. */
  waiting: ListedSignal[];
  /** Came in during the period. */
  new: ListedSignal[];
}

/**
 * The portfolios that have anything to say.
 *
 * @param ownerIds absent: everybody's. Invented signals of the demo are left out: nobody works on them.
 */
export async function readPortfolios(
  db: Db | Tx,
  municipality: MunicipalityInfo,
  { from, until }: Period,
  ownerIds?: string[],
): Promise<Portfolio[]> {
  const signals = await db.signal.findMany({
    where: {
      municipalityId: municipality.id,
      status: { notIn: [...ENDED] },
      demo: false,
      filedAt: { lte: until },
      ...(ownerIds && { ownerId: { in: ownerIds } }),
    },
    select: LISTED,
    orderBy: [{ acute: 'desc' }, { filedAt: 'asc' }, { id: 'asc' }],
  });
  const today = localIsoDay(until, municipality.zone);
  const portfolios = new Map<string, Portfolio>();
  for (const signal of signals) {
    const list = isOverdue(signal, municipality.settings, today)
      ? 'late'
      : signal.filedAt > from
        ? 'new'
        : signal.status === 'received'
          ? 'waiting'
          : undefined;
    if (!list) continue;
    const { ownerId } = signal;
    const portfolio = portfolios.get(ownerId) ?? { ownerId, late: [], waiting: [], new: [] };
    portfolio[list].push(signal);
    portfolios.set(ownerId, portfolio);
  }
  return [...portfolios.values()];
}

/** Whose signals this person answers for today: their own, unless they are on leave, and those of whom they replace. */
export async function findOwnersFor(
  db: Db | Tx,
  { id: municipalityId, zone }: MunicipalityInfo,
  personId: string,
  now: Date,
): Promise<string[]> {
  const day = localDay(now, zone);
  const leaves = await db.leave.findMany({
    where: {
      municipalityId,
      from: { lte: day },
      until: { gte: day },
      OR: [{ personId }, { replacementId: personId }],
    },
    select: { personId: true },
  });
  const away = leaves.map((leave) => leave.personId);
  return away.includes(personId) ? away.filter((id) => id !== personId) : [personId, ...away];
}
