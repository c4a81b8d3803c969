import { Router, type Request, type Response } from 'express';
import type { VNode } from 'preact';
import { z } from 'zod';
import { localIsoDay, sayDay } from '../calendar/local-day.js';
import type { ViewContext } from '../chat/feature.js';
import type { MenuItem, Site, Visit } from '../chat/site.js';
import type { Newsletter } from '../storage/database.js';
import { Page, sendPage } from '../web/layout.js';
import { ARCHIVED } from './commands.js';
import { writeFeed } from './feed.js';
import { readIssueParts, type IssuePart } from './issue-card.js';
import { issuePath, picturePath, readIssueSlug } from './newsletter.js';
import { newsletterTexts } from './texts.js';
import { mayEdit } from './work-on-newsletter.js';

const STYLES = ['newsletters.css'];
/** Issues on the archive's page and in the feed. */
const SHOWN = 40;

const feedPath = (municipalityId: string) => `/nieuwsbrieven/feed/${municipalityId}.atom`;

/** The same address on whatever name this page was opened. */
function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

const PictureParams = z.object({ municipalityId: z.uuid(), newsletterId: z.uuid(), kind: z.enum(['trend', 'tiles']) });

export function newsletterMenu({ locale, mayRead }: Visit): MenuItem[] {
  return mayRead ? [{ label: newsletterTexts(locale)('page.menu'), href: '/nieuwsbrieven' }] : [];
}

/** The archive: every issue at an address that stays, a feed, and the pictures. Editors see their draft there too. */
export function newsletterPages(site: Site): Router {
  const { db } = site;
  const router = Router();

  const readArchive = (municipalityId: string) =>
    db.newsletter.findMany({
      where: { municipalityId, status: { in: [...ARCHIVED] } },
      orderBy: [{ sendAt: 'desc' }, { id: 'desc' }],
      take: SHOWN,
    });
  const viewOf = ({ municipality, locale }: Pick<Visit, 'municipality' | 'locale'>): ViewContext => ({
    db,
    municipality,
    locale,
    now: site.now(),
    url: site.url,
    oneTimeCode: () => '',
  });

  router.get('/nieuwsbrieven', site.onlyReaders, async (request, response) => {
    const visit = await site.visit(request);
    await send(
      response,
      <ArchivePage
        visit={visit}
        issues={await readArchive(visit.municipality.id)}
        feed={pathOf(site.url(feedPath(visit.municipality.id), 'signed'))}
      />,
    );
  });

  // A feed reader cannot sign in: its address, which a reader finds on the page, opens the feed.
  router.get('/nieuwsbrieven/feed/:municipalityId.atom', site.onlySigned, async (request, response, next) => {
    const id = z.uuid().safeParse(request.params['municipalityId']);
    const municipality = id.success ? await site.municipality(id.data) : undefined;
    if (!municipality) return next();
    const view = viewOf({ municipality, locale: municipality.locale });
    const issues = await readArchive(municipality.id);
    const entries = await Promise.all(
      issues.map(async (newsletter) => ({ newsletter, parts: await readIssueParts(view, newsletter) })),
    );
    const self = site.url(feedPath(municipality.id), 'signed');
    response.set('Cache-Control', 'no-store').type('application/atom+xml');
    response.send(writeFeed({ ...view, entries, self }));
  });

  router.get(
    '/nieuwsbrieven/beeld/:municipalityId/:newsletterId/:kind.png',
    site.onlySigned,
    async (request, response, next) => {
      const params = PictureParams.safeParse(request.params);
      if (!params.success) return next();
      const picture = await db.newsletterPicture.findUnique({
        where: { municipalityId_newsletterId_kind: params.data },
        select: { png: true },
      });
      if (!picture?.png) return next();
      // Slack, Teams and mail programs fetch it from elsewhere.
      response.set('Cross-Origin-Resource-Policy', 'cross-origin').set('Cache-Control', 'private, max-age=86400');
      response.type('png').send(Buffer.from(picture.png));
    },
  );

  router.get('/nieuwsbrieven/:slug', site.onlyReaders, async (request, response) => {
    const visit = await site.visit(request);
    const newsletter = await findBySlug(site, visit, request);
    if (!newsletter) return send(response, <UnknownPage visit={visit} />, 404);
    const parts = await readIssueParts(viewOf(visit), newsletter);
    const picture = (kind: string) => pathOf(site.url(picturePath(newsletter, kind), 'signed'));
    await send(response, <IssuePage visit={visit} newsletter={newsletter} parts={parts} picture={picture} />);
  });

  return router;
}

/** What is in the archive; to its editors also what is not yet. */
async function findBySlug({ db }: Site, visit: Visit, request: Request): Promise<Newsletter | null> {
  const key = readIssueSlug(String(request.params['slug']));
  if (!key) return null;
  const newsletter = await db.newsletter.findUnique({
    where: { municipalityId_series_occasion: { municipalityId: visit.municipality.id, ...key } },
  });
  if (!newsletter) return null;
  const archived = (ARCHIVED as readonly string[]).includes(newsletter.status);
  // On an open site of the demo nobody signs in: the playground's visitor is the editor too.
  const editor = visit.person ? mayEdit(visit.person, newsletter) : visit.playground;
  return archived || editor ? newsletter : null;
}

/** Who may read can change between two visits: no browser or proxy keeps a page. */
function send(response: Response, page: VNode, status = 200): Promise<void> {
  response.set('Cache-Control', 'no-store');
  return sendPage(response, page, status);
}

function ArchivePage({ visit, issues, feed }: { visit: Visit; issues: Newsletter[]; feed: string }): VNode {
  const { locale, municipality, frame } = visit;
  const t = newsletterTexts(locale);
  return (
    <Page {...frame} title={t('page.title')} styles={STYLES}>
      <article class="newsletter">
        <h1>{t('page.title')}</h1>
        <p>{t('page.intro', { municipality: municipality.name })}</p>
        {issues.length === 0 && <p>{t('page.none')}</p>}
        {issues.length > 0 && (
          <ul class="newsletter-list">
            {issues.map((issue) => (
              <li key={issue.id}>
                <a href={issuePath(issue)}>{issue.title}</a>
                <span class="newsletter-day">{sayDay(localIsoDay(issue.sendAt, municipality.zone), locale)}</span>
              </li>
            ))}
          </ul>
        )}
        <p>
          <a href={feed}>{t('page.feed')}</a>
        </p>
      </article>
    </Page>
  );
}

interface IssueProps {
  visit: Visit;
  newsletter: Newsletter;
  parts: IssuePart[];
  /** Address of a picture. */
  picture(kind: string): string;
}

function IssuePage({ visit, newsletter, parts, picture }: IssueProps): VNode {
  const { locale, municipality, frame } = visit;
  const t = newsletterTexts(locale);
  const archived = (ARCHIVED as readonly string[]).includes(newsletter.status);
  const day = sayDay(localIsoDay(newsletter.startedAt ?? newsletter.sendAt, municipality.zone), locale);
  return (
    <Page {...frame} title={newsletter.title} styles={STYLES}>
      <article class="newsletter" lang={municipality.locale}>
        <h1>{newsletter.title}</h1>
        <p class="newsletter-day" lang={locale}>
          {archived ? t('page.sentOn', { day }) : t('issue.draft')}
        </p>
        {parts.map((part) => (
          <PartView key={part.name} part={part} picture={picture} />
        ))}
        <p lang={locale}>
          <a href="/nieuwsbrieven">{t('page.back')}</a>
        </p>
      </article>
    </Page>
  );
}

function PartView({ part, picture }: { part: IssuePart; picture(kind: string): string }): VNode {
  if (part.kind === 'picture') {
    return part.drawn ? (
      <img class="newsletter-picture" src={picture(part.name)} alt={part.alt} width="640" />
    ) : (
      <p class="newsletter-text">{part.alt}</p>
    );
  }
  return (
    <section>
      {part.name !== 'foreword' && <h2>{part.heading}</h2>}
      <p class="newsletter-text">{part.text}</p>
    </section>
  );
}

function UnknownPage({ visit }: { visit: Visit }): VNode {
  const t = newsletterTexts(visit.locale);
  return (
    <Page {...visit.frame} title={t('page.unknown')} styles={STYLES}>
      <article class="newsletter">
        <h1>{t('page.unknown')}</h1>
        <p>{t('page.unknown.text')}</p>
        <p>
          <a href="/nieuwsbrieven">{t('page.back')}</a>
        </p>
      </article>
    </Page>
  );
}
