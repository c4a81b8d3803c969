import type { Context, MunicipalityInfo, Outbox, Post } from '../chat/feature.js';
import type { Surface } from '../chat/platform.js';
import { findFilers } from '../signals/posts.js';
import { ENDED } from '../signals/transitions.js';
import { lockSignal } from '../signals/work-on-signal.js';
import type { Person, Tx } from '../storage/database.js';
import { moveToOwner } from '../transfer/move-to-owner.js';
import type { Move } from './find-moves.js';

export interface Moving {
  municipality: MunicipalityInfo;
  now: Date;
  outbox: Outbox;
  /** Null: nobody did it by hand. */
  person: Pick<Context['person'], 'id'> | null;
  platform: Surface | 'system';
}

/**
 * Gives signals to their new owners, each with its card and a line on its timeline. However many there are, everybody hears
 * once: each new owner and the former one of all, each filer of all of theirs.
 *
 * @param batch what tells this hand-over from any other: part of the messages' keys.
 * @returns how many were moved; those that ended or changed hands meanwhile are left alone.
 */
export async function moveSignals(
  tx: Tx,
  context: Moving,
  { moves, why, batch }: { moves: Move[]; why: string; batch: string },
): Promise<number> {
  const { municipality, outbox, person } = context;
  const people = await tx.person.findMany({
    where: {
      municipalityId: municipality.id,
      id: { in: [...new Set(moves.flatMap(({ fromId, toId }) => [fromId, toId]))] },
    },
  });
  const byId = new Map(people.map((one) => [one.id, one]));
  const told = new Map<string, { view: string; personId: string; signalIds: string[] }>();
  const tell = (view: string, personId: string, signalId: string) => {
    const key = `${view}:${personId}`;
    const message = told.get(key) ?? { view, personId, signalIds: [] };
    message.signalIds.push(signalId);
    told.set(key, message);
  };
  let moved = 0;
  for (const { signalId, fromId, toId, route } of moves.toSorted((a, b) => (a.signalId < b.signalId ? -1 : 1))) {
    const signal = await lockSignal(tx, municipality.id, signalId);
    const recipient: Person | undefined = byId.get(toId);
    if (!signal || signal.ownerId !== fromId || ENDED.includes(signal.status) || !recipient) continue;
    await moveToOwner(tx, context, signal, recipient, { why, route, tellEach: false });
    moved += 1;
    tell('hand-over.received', toId, signalId);
    if (byId.get(fromId)?.active) tell('hand-over.given', fromId, signalId);
    for (const filerId of await findFilers(tx, municipality.id, signalId)) tell('hand-over.filer', filerId, signalId);
  }
  const posts = [...told.values()]
    .filter(({ personId }) => personId !== person?.id)
    .map(({ view, personId, signalIds }): Post => ({
      key: `${view}:${batch}:${personId}`,
      to: { personId },
      view,
      params: { signalIds: signalIds.join(' '), why },
    }));
  await outbox.post(tx, municipality.id, posts);
  return moved;
}
