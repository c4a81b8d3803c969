import type { Feature, MunicipalityInfo } from '../chat/feature.js';
import { toLocale } from '../chat/texts.js';
import { MunicipalitySettings } from '../municipality/municipality-settings.js';
import { makeDraft } from '../newsletters/draft-newsletter.js';
import { lastIssue, nextIssue } from '../newsletters/series.js';
import type { Municipality, Tx } from '../storage/database.js';

/** Minutes from the first to the last message of the issue that went out. */
const SENT_IN_MINUTES = 4;

/** The demo's newsletters: the last issue, as if it was sent, and a draft of the next one. Nothing is sent. */
export async function loadNewsletters(tx: Tx, row: Municipality, features: Feature[], now: Date): Promise<void> {
  const municipality: MunicipalityInfo = {
    id: row.id,
    name: row.name,
    reference: row.reference,
    zone: row.zone,
    locale: toLocale(row.locale),
    settings: MunicipalitySettings.parse(row.settings),
  };
  const [series] = municipality.settings.newsletters;
  const last = series && lastIssue(series, municipality, now);
  const next = series && nextIssue(series, municipality, now);
  if (last) {
    const sent = await makeDraft({ tx, municipality, now: last.draftAt, features }, last);
    const finishedAt = new Date(last.sendAt.getTime() + SENT_IN_MINUTES * 60_000);
    await tx.newsletter.updateMany({
      where: { municipalityId: row.id, id: sent?.id ?? '' },
      data: {
        demo: true,
        status: 'sent',
        written: true,
        approvedById: sent?.editorId ?? null,
        approvedAt: last.draftAt,
        startedAt: last.sendAt,
        finishedAt,
      },
    });
  }
  if (next) {
    const draft = await makeDraft({ tx, municipality, now, features }, next);
    await tx.newsletter.updateMany({
      where: { municipalityId: row.id, id: draft?.id ?? '' },
      data: { demo: true },
    });
  }
}
