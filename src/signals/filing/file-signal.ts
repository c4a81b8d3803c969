import { v7 as uuidv7 } from 'uuid';
import { localDay } from '../../calendar/local-day.js';
import type { Context, Post } from '../../chat/feature.js';
import { removeDraft } from '../../drafts/keep-draft.js';
import { chooseOwner } from '../../routing/choose-owner.js';
import { readRouteMap } from '../../routing/find-route.js';
import { isUniqueViolation, type Signal, type Tx } from '../../storage/database.js';
import { SIGNAL_FILED } from '../events.js';
import { insertSignal } from './insert-signal.js';
import { cardKey, followKey, receiptKey, sectorKey } from '../posts.js';

/** What a worker tells; everything but the first three may be left out. */
export interface SignalDraft {
  title: string;
  description: string;
  /** In the order they were named: the first one's regisseur leads. Empty with `cityWide`. */
  neighbourhoodIds: string[];
  cityWide: boolean;
  cause?: Signal['cause'];
  targetGroup?: string;
  frequency?: Signal['frequency'];
  peopleBand?: Signal['peopleBand'];
  since?: string;
  lifeDomain?: string;
  fundamentalRight?: string;
  alreadyTried?: string;
  consequence?: string;
  suggestedSolution?: string;
  sector?: string;
  organisation?: string;
  acute: boolean;
  origin?: Signal['origin'];
  originMeeting?: string;
  /** YYYY-MM-DD. */
  originOn?: string;
  /** Id of the colleague whose signal it is, when somebody else types it. */
  onBehalfOf?: string;
  /** The draft it was: gone with the filing. */
  draftId?: string;
  /** Where the chat message stands that it was made from. */
  sourceUrl?: string;
}

type Filing = Pick<Context, 'db' | 'write' | 'outbox' | 'municipality' | 'person' | 'platform' | 'now'>;

export type FiledSignal = Pick<Signal, 'id' | 'reference'> & { ownerName: string };

/**
 * Files a signal in one transaction: the signal with its reference, its filer, its route with the reason, its first
 * timeline entry and the messages it causes. When this returns, it is committed.
 *
 * @param formId minted when the form was opened. The same form sent twice gives the same signal, also at once.
 */
export async function fileSignal(context: Filing, formId: string, draft: SignalDraft): Promise<FiledSignal> {
  const municipalityId = context.municipality.id;
  try {
    return await context.write((tx) => writeFiling(tx, context, formId, draft));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const filed = await context.db.signal.findUnique({
      where: { municipalityId_formId: { municipalityId, formId } },
      select: { id: true, reference: true, owner: { select: { name: true } } },
    });
    if (!filed) throw error;
    return { id: filed.id, reference: filed.reference, ownerName: filed.owner.name };
  }
}

async function writeFiling(tx: Tx, context: Filing, formId: string, draft: SignalDraft): Promise<FiledSignal> {
  const { municipality, person, now, platform } = context;
  const { neighbourhoodIds, organisation, onBehalfOf, draftId, ...facts } = draft;
  const filerId = onBehalfOf ?? person.id;
  if (draftId) await removeDraft(tx, municipality.id, person.id, draftId);
  const map = await readRouteMap(tx, municipality, neighbourhoodIds, now, { sector: facts.sector, organisation });
  const { ownerId, reason, followerIds } = chooseOwner(map);
  const informedIds = draft.acute ? [...followerIds, map.coordinatorId] : followerIds;
  const id = uuidv7();
  const params = { signalId: id };
  const posts: Post[] = [
    // The owner's card, and a card without buttons for who follows.
    ...map.channels
      .filter(({ ownerId: reader }) => reader === ownerId || informedIds.includes(reader))
      .map((channel) =>
        channel.ownerId === ownerId
          ? { key: cardKey(id), to: { channelId: channel.id }, view: 'signals.card', params }
          : { key: followKey(id, channel.id), to: { channelId: channel.id }, view: 'signals.follow-card', params },
      ),
    // The second axis: in parallel, by direct message, without who filed it.
    ...map.sectorCoordinatorIds
      .filter((personId) => ![filerId, person.id, ownerId].includes(personId))
      .map((personId) => ({
        key: sectorKey(id, personId),
        to: { personId },
        view: 'sectors.card',
        params: { signalId: id, personId },
      })),
    { key: receiptKey(id, filerId), to: { personId: filerId }, view: 'signals.receipt', params },
  ];
  await context.outbox.post(tx, municipality.id, posts, [{ event: SIGNAL_FILED, params }]);
  // Last: it takes the town's next number, and every other filing waits for that until the commit.
  const written = await insertSignal(tx, municipality, {
    signal: {
      id,
      formId,
      ...facts,
      ownerId,
      route: { ...reason },
      clockFrom: localDay(now, municipality.zone),
      filedAt: now,
      updatedAt: now,
    },
    neighbourhoodIds,
    filer: { personId: filerId, organisation },
    typedById: person.id,
    platform,
  });
  return { id, ...written };
}
