import { v7 as uuidv7 } from 'uuid';
import type { Context, Post } from '../chat/feature.js';
import { findFilers } from '../signals/posts.js';
import { ENDED } from '../signals/transitions.js';
import { lockSignal, recordEntry } from '../signals/work-on-signal.js';
import type { Tx } from '../storage/database.js';
import { writeTask } from '../tasks/give-task.js';
import { lockForum } from './read-forums.js';
import { showEverywhere } from './plan-forum.js';

type Closing = Pick<Context, 'write' | 'municipality' | 'person' | 'platform' | 'now' | 'outbox'>;

export type CloseResult =
  | { ok: true }
  | { ok: false; code: 'FORUM.GONE' | 'FORUM.NOT_YET' | 'FORUM.REPORTED' | 'TOPIC.UNKNOWN' | 'TRACK.NOBODY' };

/** Who was there, of those who were invited. */
export async function noteAttendance(context: Closing, forumId: string, presentIds: string[]): Promise<CloseResult> {
  const municipalityId = context.municipality.id;
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipalityId, forumId);
    if (!forum || forum.status === 'cancelled') return { ok: false, code: 'FORUM.GONE' };
    if (forum.startsAt > context.now) return { ok: false, code: 'FORUM.NOT_YET' };
    const attendees = { municipalityId, forumId };
    await tx.forumAttendee.updateMany({
      where: { ...attendees, personId: { notIn: presentIds } },
      data: { attended: false },
    });
    await tx.forumAttendee.updateMany({
      where: { ...attendees, personId: { in: presentIds } },
      data: { attended: true },
    });
    return { ok: true };
  });
}

/**
 * Writes down a way to a solution. It stands on the timeline of every signal it is about, and their filers hear of it. Whoever
 * takes it on gets an action for each signal that is still open: the forum decided, so no owner has to give it again.
 */
export async function recordTrack(
  context: Closing,
  forumId: string,
  track: { title: string; description: string; signalIds: string[]; owner?: { id: string; due: string } },
): Promise<CloseResult> {
  const { municipality, now, person } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipalityId, forumId);
    if (!forum || forum.status === 'cancelled') return { ok: false, code: 'FORUM.GONE' };
    if (forum.startsAt > now) return { ok: false, code: 'FORUM.NOT_YET' };
    // In one order, so that two tracks about the same signals do not wait for each other.
    const signalIds = [...new Set(track.signalIds)].toSorted();
    const known = await tx.signal.count({ where: { municipalityId, id: { in: signalIds } } });
    if (known !== signalIds.length) return { ok: false, code: 'TOPIC.UNKNOWN' };
    const owner = track.owner && {
      ...track.owner,
      person: await tx.person.findUnique({
        where: { municipalityId_id: { municipalityId, id: track.owner.id }, active: true },
        select: { id: true, name: true },
      }),
    };
    if (owner && !owner.person) return { ok: false, code: 'TRACK.NOBODY' };
    const id = uuidv7();
    await tx.solutionTrack.create({
      data: {
        municipalityId,
        id,
        forumId,
        title: track.title,
        description: track.description,
        recordedById: person.id,
        recordedAt: now,
      },
    });
    for (const signalId of signalIds) {
      const signal = await lockSignal(tx, municipalityId, signalId);
      if (!signal) throw new Error('A signal vanished.');
      await tx.solutionTrackSignal.create({ data: { municipalityId, trackId: id, signalId } });
      await recordEntry(tx, context, signal, {
        kind: 'solution_track',
        visibility: 'public',
        text: `${track.title}\n${track.description}`,
        tellFilers: true,
        inThread: true,
      });
      if (owner?.person && !ENDED.includes(signal.status)) {
        await writeTask(tx, context, signal, { what: track.title, assignee: owner.person, due: owner.due });
      }
    }
    return { ok: true };
  });
}

/** Sends the report to who was there (or said to come, when nobody noted it) and to the filers of what was discussed. Once. */
export async function sendReport(context: Closing, forumId: string, report: string): Promise<CloseResult> {
  const { municipality, now, outbox } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipalityId, forumId);
    if (!forum || forum.status === 'cancelled') return { ok: false, code: 'FORUM.GONE' };
    if (forum.status === 'reported') return { ok: false, code: 'FORUM.REPORTED' };
    if (forum.startsAt > now) return { ok: false, code: 'FORUM.NOT_YET' };
    await tx.forum.update({
      where: { municipalityId_id: { municipalityId, id: forumId } },
      data: { status: 'reported', report },
    });
    await showEverywhere(tx, context, forumId);
    const readers = new Set([
      ...(await whoWasThere(tx, municipalityId, forumId)),
      ...(await whoFiled(tx, municipalityId, forumId)),
    ]);
    await outbox.post(
      tx,
      municipalityId,
      [...readers].map((personId): Post => ({
        key: `forum-report:${forumId}:${personId}`,
        to: { personId },
        view: 'forums.report',
        params: { forumId },
        batchId: forumId,
      })),
    );
    return { ok: true };
  });
}

async function whoWasThere(tx: Tx, municipalityId: string, forumId: string): Promise<string[]> {
  const attendees = await tx.forumAttendee.findMany({ where: { municipalityId, forumId, person: { active: true } } });
  const noted = attendees.some(({ attended }) => attended !== null);
  return attendees
    .filter(({ attended, answer }) => (noted ? attended : answer === 'coming'))
    .map(({ personId }) => personId);
}

async function whoFiled(tx: Tx, municipalityId: string, forumId: string): Promise<string[]> {
  const signals = await tx.signal.findMany({
    where: {
      municipalityId,
      OR: [{ topics: { some: { forumId, position: { not: null } } } }, { tracks: { some: { track: { forumId } } } }],
    },
    select: { id: true },
  });
  const filers: string[] = [];
  for (const { id } of signals) filers.push(...(await findFilers(tx, municipalityId, id)));
  return filers;
}
