import { DateTime } from 'luxon';
import type { Feature, Occasion, OccasionContext, Schedule, ScheduleView } from '../chat/feature.js';
import { instantAt, wallClock } from '../calendar/wall-clock.js';
import type { Newsletter } from '../storage/database.js';
import { refuseToSend, startOf } from './approve.js';
import { draftNewsletter, findEditorId, giveToEditor } from './draft-newsletter.js';
import { FAN_OUT_BATCH, writeBatch } from './fan-out.js';
import { editorCardKey, findNewsletter, lockNewsletter, Recipients } from './newsletter.js';
import { readProgress } from './progress.js';
import { countRecipients } from './recipients.js';
import { issueAt, issuesToDraft } from './series.js';
import { scheduleTexts } from './texts-schedules.js';
import { updateNewsletter } from './work-on-newsletter.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Days before its moment on which an editor who did not approve yet is reminded. */
const REMIND_DAYS = [3, 1];

/** Makes the drafts, from what the other capabilities have to announce too. */
function drafting(features: Feature[]): Schedule {
  return {
    id: 'newsletters.draft',
    says: (locale) => scheduleTexts(locale)('draft'),
    missed: 'latest',
    occasions: ({ municipality, window }) =>
      Promise.resolve(
        issuesToDraft(municipality, window).map(({ series, draftAt, occasion }) => ({
          subject: series.key,
          at: draftAt,
          moment: occasion,
        })),
      ),
    async run(context, { subject, moment = '' }) {
      const { municipality } = context;
      const series = municipality.settings.newsletters.find(({ key }) => key === subject);
      const [day = '', hour, minute] = moment.split(/[T:]/);
      // Taken out of the file meanwhile.
      if (!series) return;
      const sendAt = instantAt(day, { hour: Number(hour), minute: Number(minute) }, municipality.zone);
      await draftNewsletter({ ...context, features }, issueAt(series, municipality, sendAt));
    },
  };
}

const reminding: Schedule = {
  id: 'newsletters.remind',
  says: (locale) => scheduleTexts(locale)('remind'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const drafts = await findIn(db, municipality.id, ['draft'], new Date(window.until.getTime() + 4 * DAY_MS));
    return drafts.flatMap(({ id, sendAt, createdAt }) =>
      REMIND_DAYS.map((days): Occasion => ({
        subject: id,
        // So many days on the wall clock: it may have changed in between.
        at: DateTime.fromJSDate(sendAt, { zone: municipality.zone }).minus({ days }).toJSDate(),
        moment: `-${days}`,
      })).filter(({ at }) => at > createdAt && sendAt > window.until),
    );
  },
  run: (context, { subject, moment = '' }) => remind(context, subject, Math.abs(Number(moment))),
};

/** At its moment: what is approved goes out, what is not waits for its editor, unless the municipality says otherwise. */
const sending: Schedule = {
  id: 'newsletters.send',
  says: (locale) => scheduleTexts(locale)('send'),
  missed: 'each',
  async occasions({ db, municipality, window }) {
    const due = await findIn(db, municipality.id, ['draft', 'approved'], window.until);
    return due.map(({ id, sendAt }) => ({ subject: id, at: sendAt, moment: wallClock(sendAt, municipality.zone) }));
  },
  async run(context, { subject }, { late }) {
    const { tx, municipality, now, outbox } = context;
    const newsletter = await lockNewsletter(tx, municipality.id, subject);
    if (newsletter?.status !== 'draft' && newsletter?.status !== 'approved') return;
    const series = municipality.settings.newsletters.find(({ key }) => key === newsletter.series);
    if (newsletter.status === 'draft' && !series?.sendUnapproved) return remind(context, newsletter.id, 0);
    const refusal = await refuseToSend({ db: tx, municipality }, newsletter);
    if (refusal) {
      await updateNewsletter(tx, newsletter, { status: 'draft', approvedAt: null, approvedById: null, updatedAt: now });
      return tell(context, newsletter, refusal.code === 'NEWSLETTER.EMPTY' ? 'empty' : 'nobody');
    }
    await updateNewsletter(tx, newsletter, {
      ...startOf(now),
      late,
      ...(newsletter.approvedAt === null && { approvedAt: now }),
    });
    await outbox.refresh(tx, municipality.id, [editorCardKey(newsletter)]);
  },
};

/** Writes the messages of what is being sent, a batch at a time; a kill leaves the rest to the next tick. */
const fanningOut: Schedule = {
  id: 'newsletters.fan-out',
  says: (locale) => scheduleTexts(locale)('fan-out'),
  missed: 'each',
  async occasions({ db, municipality, window }) {
    const underWay = await db.newsletter.findMany({
      where: { municipalityId: municipality.id, status: 'sending', written: false },
    });
    const occasions: Occasion[] = [];
    for (const { id, leg, recipients } of underWay) {
      const { people } = await countRecipients(db, municipality.id, Recipients.parse(recipients));
      // One more than needed: people may be added in the meantime.
      const batches = Math.floor(people / FAN_OUT_BATCH) + 2;
      for (let batch = 0; batch < batches; batch += 1) {
        occasions.push({ subject: id, at: window.until, moment: `${leg}.${String(batch).padStart(5, '0')}` });
      }
    }
    return occasions;
  },
  run: (context, { subject }) => writeBatch(context, subject),
};

/** Keeps the editor's card current while an issue goes out, and says when it is done. */
const watching: Schedule = {
  id: 'newsletters.watch',
  says: (locale) => scheduleTexts(locale)('watch'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const underWay = await db.newsletter.findMany({
      where: { municipalityId: municipality.id, status: { in: ['sending'] } },
      select: { id: true },
    });
    return underWay.map(({ id }) => ({ subject: id, at: window.until }));
  },
  async run({ tx, municipality, now, outbox }, { subject }) {
    const newsletter = await lockNewsletter(tx, municipality.id, subject);
    if (newsletter?.status !== 'sending') return;
    const { waiting } = await readProgress(tx, newsletter, now);
    if (newsletter.written && waiting === 0) {
      await updateNewsletter(tx, newsletter, { status: 'sent', finishedAt: now, updatedAt: now });
    }
    await outbox.refresh(tx, municipality.id, [editorCardKey(newsletter)]);
  },
};

/** An editor who left hands the issue on; what came too late for the municipality is laid aside. */
const tidying: Schedule = {
  id: 'newsletters.tidy',
  says: (locale) => scheduleTexts(locale)('tidy'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const { skipAfterHours } = municipality.settings.late;
    const open = await db.newsletter.findMany({
      where: { municipalityId: municipality.id, status: { in: ['draft', 'approved', 'sending', 'paused'] } },
      select: { id: true, status: true, sendAt: true, editorId: true, editor: { select: { active: true } } },
    });
    const limit = skipAfterHours === 'never' ? undefined : window.until.getTime() - skipAfterHours * HOUR_MS;
    return open.flatMap(({ id, status, sendAt, editorId, editor }): Occasion[] => [
      ...(editor.active ? [] : [{ subject: id, at: window.until, moment: `editor ${editorId}` }]),
      ...(limit !== undefined && status === 'approved' && sendAt.getTime() < limit
        ? [{ subject: id, at: window.until, moment: `skip ${wallClock(sendAt, municipality.zone)}` }]
        : []),
    ]);
  },
  async run(context, { subject, moment = '' }) {
    const { tx, municipality, now } = context;
    const newsletter = await lockNewsletter(tx, municipality.id, subject);
    if (!newsletter) return;
    if (moment.startsWith('skip')) {
      if (newsletter.status !== 'approved') return;
      await updateNewsletter(tx, newsletter, { status: 'skipped', updatedAt: now });
      return tell(context, newsletter, 'skipped');
    }
    const series = municipality.settings.newsletters.find(({ key }) => key === newsletter.series);
    const editorId = await findEditorId(tx, municipality, series?.editor);
    if (editorId === newsletter.editorId) return;
    await updateNewsletter(tx, newsletter, { editorId, updatedAt: now });
    const handedOn = { ...newsletter, editorId };
    await giveToEditor(context, handedOn);
    await tell(context, handedOn, 'took', newsletter.editorId);
  },
};

function findIn(db: ScheduleView['db'], municipalityId: string, statuses: Newsletter['status'][], until: Date) {
  return db.newsletter.findMany({
    where: {
      municipalityId,
      status: { in: statuses },
      sendAt: { lte: until },
      // The demo reminds nobody of anything; what somebody approved there does go out.
      OR: [{ demo: false }, { status: 'approved' }],
    },
    orderBy: { sendAt: 'asc' },
  });
}

async function remind(
  { tx, municipality, outbox }: Pick<OccasionContext, 'tx' | 'municipality' | 'outbox'>,
  newsletterId: string,
  days: number,
): Promise<void> {
  const newsletter = await findNewsletter(tx, municipality.id, newsletterId);
  if (newsletter?.status !== 'draft') return;
  const { editorId } = newsletter;
  await outbox.post(tx, municipality.id, [
    {
      key: `newsletter-reminder:${newsletterId}:${days}:${editorId}`,
      to: { personId: editorId },
      view: 'newsletters.reminder',
      params: { newsletterId, days: String(days) },
    },
  ]);
}

/** Tells the editor of something that happened without them. */
async function tell(
  { tx, municipality, outbox, now }: Pick<OccasionContext, 'tx' | 'municipality' | 'outbox' | 'now'>,
  newsletter: Newsletter,
  what: 'nobody' | 'empty' | 'skipped' | 'took',
  personId = '',
): Promise<void> {
  await outbox.post(tx, municipality.id, [
    {
      key: `newsletter-notice:${newsletter.id}:${what}:${now.toISOString()}`,
      to: { personId: newsletter.editorId },
      view: 'newsletters.notice',
      params: { newsletterId: newsletter.id, what, ...(personId && { personId }) },
    },
  ]);
  await outbox.refresh(tx, municipality.id, [editorCardKey(newsletter)]);
}

/** @param features which may have something to announce. */
export function newsletterSchedules(features: Feature[]): Schedule[] {
  return [drafting(features), reminding, sending, fanningOut, watching, tidying];
}
