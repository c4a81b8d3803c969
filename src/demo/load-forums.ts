import { DateTime } from 'luxon';
import { v7 as uuidv7 } from 'uuid';
import { localIsoDay } from '../calendar/local-day.js';
import { toWorkingDay } from '../calendar/working-days.js';
import { findCoordinatorId } from '../routing/find-route.js';
import { instantAt } from '../calendar/wall-clock.js';
import type { Tx } from '../storage/database.js';

const AGO_MONTHS = 4;
const AHEAD_WEEKS = 5;
/** Signals on the agenda of each. */
const CHOSEN = 4;

/**
 * The demo year's forums: one of four months ago with its report and solution tracks, and the next one, with a shortlist
 * that people voted on. Nobody is invited: nothing of the demo is sent.
 *
 * @param voterIds invented people; each votes for one topic or another.
 */
export async function loadForums(
  tx: Tx,
  municipality: { id: string; zone: string },
  voterIds: string[],
  now: Date,
): Promise<void> {
  const { id: municipalityId, zone } = municipality;
  const organiserId = await findCoordinatorId(tx, municipalityId);
  const at = (moment: DateTime, hour: number) =>
    instantAt(toWorkingDay(localIsoDay(moment.toJSDate(), zone), { closingDays: [] }), { hour, minute: 0 }, zone);
  const past = at(DateTime.fromJSDate(now).minus({ months: AGO_MONTHS }), 13);
  const next = at(DateTime.fromJSDate(now).plus({ weeks: AHEAD_WEEKS }), 14);
  const signals = await tx.signal.findMany({
    where: { municipalityId, demo: true, status: { in: ['accepted', 'on_agenda', 'in_action'] } },
    orderBy: { filedAt: 'asc' },
    take: 2 * CHOSEN,
    select: { id: true },
  });
  const common = { municipalityId, plannedById: organiserId, place: 'Buurtcentrum, grote zaal', demo: true };
  const held = await tx.forum.create({
    data: {
      ...common,
      title: 'Gezamenlijk forum: wonen en schulden',
      startsAt: past,
      minutes: 180,
      status: 'reported',
      report:
        'Een veertigtal mensen besprak vier signalen. Aan elke tafel zat iemand van een andere dienst. Twee oplossingspistes kregen een trekker; de andere bespreken we in de werkgroepen.',
      agendaAt: past,
      createdAt: DateTime.fromJSDate(past).minus({ weeks: 8 }).toJSDate(),
      scheduledAt: DateTime.fromJSDate(past).minus({ weeks: 8 }).toJSDate(),
    },
  });
  const coming = await tx.forum.create({
    data: {
      ...common,
      title: 'Gezamenlijk forum: zorg dichtbij',
      startsAt: next,
      minutes: 120,
      capacity: 60,
      createdAt: now,
      scheduledAt: now,
    },
  });
  const topic = (forumId: string, index: number, what: { signalId: string } | { theme: string }, fixed: boolean) => ({
    municipalityId,
    id: uuidv7(),
    forumId,
    addedById: organiserId,
    addedAt: new Date(now.getTime() + index),
    position: fixed ? index + 1 : null,
    ...what,
  });
  const discussed = signals.slice(0, CHOSEN).map(({ id }, index) => topic(held.id, index, { signalId: id }, true));
  const shortlist = [
    ...signals.slice(CHOSEN).map(({ id }, index) => topic(coming.id, index, { signalId: id }, false)),
    topic(coming.id, CHOSEN, { theme: 'Wie is er ’s avonds en in het weekend bereikbaar?' }, false),
  ];
  await tx.forumTopic.createMany({ data: [...discussed, ...shortlist] });
  await tx.forumVote.createMany({
    data: voterIds.map((personId, index) => ({
      municipalityId,
      personId,
      // Not evenly: some topics matter to more people.
      topicId: shortlist[(index * index) % shortlist.length]?.id ?? '',
    })),
  });
  await tx.forumAttendee.createMany({
    data: voterIds.map((personId, index) => ({
      municipalityId,
      forumId: coming.id,
      personId,
      answer: index % 3 === 0 ? ('coming' as const) : ('invited' as const),
      answeredAt: now,
    })),
  });
  const tracks = [
    ['Eén aanspreekpunt per gebouw', 'De huisvestingsmaatschappij en het buurtwerk duiden per gebouw één persoon aan.'],
    ['Samen naar de schuldbemiddeling', 'De gezondheidspost en het sociaal werk houden samen een zitdag in de wijk.'],
  ] as const;
  for (const [index, [title, description]] of tracks.entries()) {
    const id = uuidv7();
    await tx.solutionTrack.create({
      data: { municipalityId, id, forumId: held.id, title, description, recordedById: organiserId, recordedAt: past },
    });
    const signalId = signals[index]?.id;
    if (signalId) await tx.solutionTrackSignal.create({ data: { municipalityId, trackId: id, signalId } });
  }
}
