import type { Prisma } from '../../../src/storage/database.js';
import type { EntryData } from '../../../src/signals/step-inputs.js';
import type { Lane } from './lane.js';

type Row = Prisma.TimelineEntryGetPayload<{ include: { person: true } }>;
export type Entry = Omit<Row, 'data'> & { data: EntryData };

export interface WhatStands {
  /** In the order they were written. */
  entries: Entry[];
  signals: Prisma.SignalGetPayload<{ include: { filers: true; owner: true } }>[];
  /** "<entry> <person>", or "hand-over:<signal> <person>": what every filer is told, as often as it is told. */
  told: string[];
}

/** Everything the database holds of one sequence. */
export async function readWhatStands({ db, town, signals }: Lane): Promise<WhatStands> {
  const { municipalityId } = town;
  const ids = signals.map(({ id }) => id);
  const [entries, rows, deliveries] = await Promise.all([
    db.timelineEntry.findMany({
      where: { municipalityId, signalId: { in: ids } },
      orderBy: { id: 'asc' },
      include: { person: true },
    }),
    db.signal.findMany({
      where: { municipalityId, id: { in: ids } },
      include: { filers: true, owner: true },
    }),
    db.delivery.findMany({
      where: { municipalityId, view: { in: ['signals.notice', 'hand-over.filer'] } },
      select: { view: true, params: true, personId: true },
    }),
  ]);
  const told = deliveries.flatMap(({ view, params, personId }) => {
    const { entryId, signalIds } = params as Record<string, string>;
    if (view === 'signals.notice') return [`${entryId} ${personId}`];
    return (signalIds ?? '').split(' ').map((id) => `hand-over:${id} ${personId}`);
  });
  return {
    entries: entries.map((entry) => ({ ...entry, data: (entry.data ?? {}) as EntryData })),
    signals: rows,
    told,
  };
}
