import type { Request } from 'express';
import type { ViewContext } from '../chat/feature.js';
import type { Site, Visit } from '../chat/site.js';
import type { Newsletter } from '../storage/database.js';
import { readIssueSlug } from './newsletter.js';
import { mayEdit } from './work-on-newsletter.js';

/** Statuses of what can be read in the archive: everything that went out, if only to some. */
export const ARCHIVED = ['sending', 'paused', 'stopped', 'sent'] as const;

/** Whether a visitor works on this issue. On an open site of the demo nobody signs in: the playground's visitor is the editor too. */
export function isEditor(visit: Visit, newsletter: Newsletter): boolean {
  return visit.person ? mayEdit(visit.person, newsletter) : visit.playground;
}

/** The issue at this address, whatever its status. */
export async function findIssue({ db }: Site, visit: Visit, request: Request): Promise<Newsletter | null> {
  const key = readIssueSlug(String(request.params['slug']));
  return key
    ? db.newsletter.findUnique({
        where: { municipalityId_series_occasion: { municipalityId: visit.municipality.id, ...key } },
      })
    : null;
}

/** What a card is drawn with on a page. */
export function viewOf(
  { db, now, url }: Pick<Site, 'db' | 'now' | 'url'>,
  { municipality, locale }: Pick<Visit, 'municipality' | 'locale'>,
): ViewContext {
  return { db, municipality, locale, now: now(), url, oneTimeCode: () => '' };
}
