import { localIsoDay } from '../calendar/local-day.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { Visit } from '../chat/site.js';
import type { Locale } from '../chat/texts.js';
import { listNeighbourhoods } from '../routing/neighbourhoods.js';
import { may } from '../people/roles.js';
import { dueDay, isOverdue } from '../signals/clock.js';
import { findFilers } from '../signals/posts.js';
import { listSignals, readTimeline, type SignalDetail, type SignalLine } from '../signals/read-signals.js';
import { describeTimeline, type TimelineLine } from '../signals/timeline-card.js';
import { ENDED, type Phase } from '../signals/transitions.js';
import type { Db } from '../storage/database.js';
import { statusesOf, WHOLE_CITY, type ListQuery } from './list-query.js';
import { walkedPhases } from './walked-phases.js';

/** Short enough to take in, long enough to scroll. */
const PAGE_SIZE = 20;
/** Signals merged into one, as links; more is a list of its own. */
const MERGED_SHOWN = 20;

export interface ListedSignal extends SignalLine {
  /** When it came to stand where it stands. */
  statusSince: Date;
}

export interface SignalList {
  query: ListQuery;
  lines: ListedSignal[];
  /** Continue after this one. */
  next: string | undefined;
  /** By name. */
  neighbourhoods: { number: number; name: string }[];
}

/** One page of the list. Nothing is counted: that would read every signal there is. */
export async function readList(db: Db, municipality: MunicipalityInfo, query: ListQuery): Promise<SignalList> {
  const neighbourhoods = await listNeighbourhoods(db, municipality.id);
  const chosen = neighbourhoods.find(({ number }) => number === query.place);
  const place = query.place === WHOLE_CITY ? WHOLE_CITY : chosen?.number;
  const { lines, next } = await listSignals(
    db,
    municipality.id,
    {
      search: query.search,
      statuses: statusesOf(query.status) ?? [],
      ...(chosen && { neighbourhoodId: chosen.id }),
      ...(place === WHOLE_CITY && { cityWide: true }),
    },
    { limit: PAGE_SIZE, ...(query.after && { after: query.after }) },
  );
  const since = await readStatusSince(
    db,
    municipality.id,
    lines.map(({ id }) => id),
  );
  return {
    query: { ...query, place },
    lines: lines.map((line) => ({ ...line, statusSince: since.get(line.id) ?? line.filedAt })),
    next,
    neighbourhoods: neighbourhoods
      .map(({ number, name }) => ({ number, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'nl')),
  };
}

/** `Signal.updatedAt` will not do: an internal note changes it too, and nobody outside triage may see that. */
async function readStatusSince(db: Db, municipalityId: string, signalIds: string[]): Promise<Map<string, Date>> {
  const latest = await db.timelineEntry.groupBy({
    by: ['signalId'],
    where: { municipalityId, signalId: { in: signalIds }, toStatus: { not: null } },
    _max: { at: true },
  });
  return new Map(latest.flatMap(({ signalId, _max }) => (_max.at ? [[signalId, _max.at]] : [])));
}

export interface SignalPageData {
  signal: Omit<SignalDetail, 'filers' | 'confirmedBy'>;
  statusSince: Date;
  timeline: TimelineLine[];
  walked: Set<Phase>;
  /** Signals that go on in this one. */
  merged: { reference: string; title: string }[];
  moreMerged: boolean;
  mergedInto: { reference: string; title: string } | null;
  /** YYYY-MM-DD by which it is to be taken up, or the next step is to be taken; undefined: no clock runs. */
  due: string | undefined;
  overdue: boolean;
}

/** What who looks can do from the page; nothing for who did not sign in or may not. */
export interface PageActions {
  follow?: 'yes' | 'no';
  endorse?: true;
}

/** For who does not hear of it anyway: a filer does. */
export async function readPageActions(
  db: Db,
  { municipality, person }: Pick<Visit, 'municipality' | 'person'>,
  signal: Pick<SignalDetail, 'id' | 'status'>,
): Promise<PageActions> {
  if (!person || signal.status === 'withdrawn') return {};
  const filers = await findFilers(db, municipality.id, signal.id);
  if (filers.includes(person.id)) return {};
  const where = { municipalityId: municipality.id, personId: person.id, signalId: signal.id };
  return {
    ...(may(person, 'read signals') && { follow: (await db.follow.count({ where })) > 0 ? 'no' : 'yes' }),
    ...(may(person, 'file a signal') && !ENDED.includes(signal.status) && { endorse: true }),
  };
}

/** What everyone may know of one signal. The type leaves its filers out: no view can name them. */
export async function readSignalPage(
  db: Db,
  municipality: MunicipalityInfo,
  locale: Locale,
  signal: SignalPageData['signal'],
  now: Date,
): Promise<SignalPageData> {
  const municipalityId = municipality.id;
  const select = { reference: true, title: true };
  const entries = await readTimeline(db, municipalityId, signal.id);
  const merged = await db.signal.findMany({
    where: { municipalityId, mergedIntoId: signal.id },
    orderBy: { filedAt: 'desc' },
    take: MERGED_SHOWN + 1,
    select,
  });
  const mergedInto = signal.mergedIntoId
    ? await db.signal.findUnique({ where: { municipalityId_id: { municipalityId, id: signal.mergedIntoId } }, select })
    : null;
  return {
    signal,
    statusSince: entries.findLast(({ toStatus }) => toStatus !== null)?.at ?? signal.filedAt,
    timeline: describeTimeline({ locale, municipality }, entries, 'everyone'),
    walked: walkedPhases(entries),
    merged: merged.slice(0, MERGED_SHOWN),
    moreMerged: merged.length > MERGED_SHOWN,
    mergedInto,
    due: dueDay(signal, municipality.settings),
    overdue: isOverdue(signal, municipality.settings, localIsoDay(now, municipality.zone)),
  };
}
