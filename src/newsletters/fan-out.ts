import type { OccasionContext, Post } from '../chat/feature.js';
import type { Newsletter } from '../storage/database.js';
import { issueKey, lockNewsletter, Recipients } from './newsletter.js';
import { findChannels, nextRecipients } from './recipients.js';
import { updateNewsletter } from './work-on-newsletter.js';

/** Messages written in one transaction: a second's work at most, and all that a kill can undo. */
export const FAN_OUT_BATCH = 500;

/**
 * Writes the next messages of an issue that is being sent, after those written before. A key for each person and channel makes
 * that nobody gets a second copy, however often this runs.
 */
export async function writeBatch(
  { tx, municipality, outbox, now }: OccasionContext,
  newsletterId: string,
): Promise<void> {
  const newsletter = await lockNewsletter(tx, municipality.id, newsletterId);
  if (newsletter?.status !== 'sending' || newsletter.written) return;
  const recipients = Recipients.parse(newsletter.recipients);
  const people = await nextRecipients(tx, municipality.id, recipients, newsletter.cursor, FAN_OUT_BATCH);
  const last = people.length < FAN_OUT_BATCH;
  const channels = last && recipients.channels ? await findChannels(tx, municipality.id) : [];
  await outbox.post(tx, municipality.id, [
    ...people.map(({ id, byMail }) => postOf(newsletter, id, { personId: id }, byMail)),
    ...channels.map((channelId) => postOf(newsletter, channelId, { channelId })),
  ]);
  await updateNewsletter(tx, newsletter, {
    cursor: people.at(-1)?.id ?? newsletter.cursor,
    written: last,
    updatedAt: now,
  });
}

function postOf({ id }: Newsletter, receiverId: string, to: Post['to'], byMail = false): Post {
  const params = { newsletterId: id, ...(byMail && { by: 'mail' }) };
  return { key: issueKey(id, receiverId), to, view: 'newsletters.issue', params, batchId: id };
}
