import { sayInstant } from '../calendar/local-day.js';
import type { Card, CardPart } from '../chat/card.js';
import type { Command, Context, HomeSection, Reply } from '../chat/feature.js';
import { may } from '../people/roles.js';
import type { Newsletter } from '../storage/database.js';
import { editorCard } from './editor-card.js';
import { ARCHIVED } from './find-issue.js';
import { issueCard } from './issue-card.js';
import { issuePath } from './newsletter.js';
import { nextIssue } from './series.js';
import { newsletterTexts } from './texts.js';
import { mayEdit, say } from './work-on-newsletter.js';

export const newsletterCommand: Command = {
  name: 'signaal',
  subcommand: { words: ['nieuwsbrief', 'nieuwsbrieven', 'newsletter'], accepts: (rest) => rest === '' },
  help(locale) {
    const t = newsletterTexts(locale);
    return { usage: t('usage'), does: t('does') };
  },
  async run(context): Promise<Reply> {
    const open = await findOpen(context);
    if (open) return onlyToYou(await editorCard(context, open));
    if (!may(context.person, 'read signals')) return say(newsletterTexts(context.locale)('issue.none'));
    const latest = await findLatest(context);
    if (!latest) return say(sayNone(context));
    const card = await issueCard(context, latest);
    return onlyToYou({ ...card, parts: [...card.parts, archiveLink(context)] });
  },
};

/** On a person's own page: the issue an editor has in hand, else the latest one to read. */
export const newsletterHome: HomeSection = {
  order: 60,
  async render(context) {
    const open = await findOpen(context);
    if (open) return (await editorCard(context, open)).parts;
    const latest = may(context.person, 'read signals') ? await findLatest(context) : null;
    if (!latest) return [];
    return [{ kind: 'link', label: latest.title, url: context.url(issuePath(latest)) }, archiveLink(context)];
  },
};

const onlyToYou = (card: Card): Reply => ({ kind: 'card', visible: 'only-you', card });

function archiveLink({ locale, url }: Context): CardPart {
  return { kind: 'link', label: newsletterTexts(locale)('issue.archive'), url: url('/nieuwsbrieven') };
}

/** The issue this person is working on: not sent yet, or on its way. */
async function findOpen({ db, municipality, person }: Context): Promise<Newsletter | undefined> {
  const open = await db.newsletter.findMany({
    where: { municipalityId: municipality.id, status: { in: ['draft', 'approved', 'sending', 'paused'] } },
    orderBy: { sendAt: 'asc' },
  });
  return open.find((newsletter) => mayEdit(person, newsletter));
}

function findLatest({ db, municipality }: Context): Promise<Newsletter | null> {
  return db.newsletter.findFirst({
    where: { municipalityId: municipality.id, status: { in: [...ARCHIVED] } },
    orderBy: [{ sendAt: 'desc' }, { id: 'desc' }],
  });
}

function sayNone({ municipality, locale, now }: Context): string {
  const t = newsletterTexts(locale);
  const next = municipality.settings.newsletters
    .map((series) => nextIssue(series, municipality, now)?.sendAt)
    .filter((at) => at !== undefined)
    .sort((a, b) => a.getTime() - b.getTime())[0];
  return next ? t('issue.none.next', { at: sayInstant(next, municipality.zone, locale) }) : t('issue.none');
}
