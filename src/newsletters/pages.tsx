import { Router, type Response } from 'express';
import type { VNode } from 'preact';
import { z } from 'zod';
import { localIsoDay, sayDay } from '../calendar/local-day.js';
import type { MenuItem, Site, Visit } from '../chat/site.js';
import { LOCALES, toLocale } from '../chat/texts.js';
import type { Newsletter } from '../storage/database.js';
import { chosenLocale } from '../web/language.js';
import { Page, sendPage } from '../web/layout.js';
import { hasBegun } from './editor-card.js';
import { editorPages, progressOf } from './editor-pages.js';
import { writeFeed } from './feed.js';
import { ARCHIVED, findIssue, isEditor, viewOf } from './find-issue.js';
import { readIssueParts } from './issue-card.js';
import { IssueParts, pathOf } from './issue-view.js';
import { findNewsletter, issuePath, mailedPath, previewPath } from './newsletter.js';
import { mayManageReaders, readerPages, READERS_PATH } from './reader-pages.js';
import { newsletterTexts } from './texts.js';
import { pageTexts } from './texts-pages.js';
import { readerTexts } from './texts-readers.js';

const STYLES = ['newsletters.css'];
/** Issues on the archive's page and in the feed. */
const SHOWN = 40;

const feedPath = (municipalityId: string) => `/nieuwsbrieven/feed/${municipalityId}.atom`;

const MailedParams = z.object({ municipalityId: z.uuid(), newsletterId: z.uuid(), language: z.enum(LOCALES) });
const PictureParams = z.object({ municipalityId: z.uuid(), newsletterId: z.uuid(), kind: z.enum(['trend', 'tiles']) });

export function newsletterMenu({ locale, mayRead }: Visit): MenuItem[] {
  return mayRead ? [{ label: newsletterTexts(locale)('page.title'), href: '/nieuwsbrieven', order: 30 }] : [];
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
  const readOpen = (municipalityId: string) =>
    db.newsletter.findMany({
      where: { municipalityId, status: { in: ['draft', 'approved'] } },
      orderBy: { sendAt: 'asc' },
    });

  router.get('/nieuwsbrieven', site.onlyReaders, async (request, response) => {
    const visit = await site.visit(request);
    await send(
      response,
      <ArchivePage
        visit={visit}
        issues={await readArchive(visit.municipality.id)}
        feed={pathOf(site.url(feedPath(visit.municipality.id), 'signed'))}
        open={(await readOpen(visit.municipality.id)).filter((newsletter) => isEditor(visit, newsletter))}
        readers={await mayManageReaders(site, visit)}
      />,
    );
  });

  router.use(readerPages(site));

  // A feed reader cannot sign in: its address, which a reader finds on the page, opens the feed.
  router.get('/nieuwsbrieven/feed/:municipalityId.atom', site.onlySigned, async (request, response, next) => {
    const id = z.uuid().safeParse(request.params['municipalityId']);
    const municipality = id.success ? await site.municipality(id.data) : undefined;
    if (!municipality) return next();
    const view = viewOf(site, { municipality, locale: municipality.locale });
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

  // Who reads it by mail cannot sign in: their link opens what they were sent, and leads nowhere that is closed to them.
  router.get(
    '/nieuwsbrieven/mail/:municipalityId/:newsletterId/:language',
    site.onlySigned,
    async (request, response, next) => {
      const params = MailedParams.safeParse(request.params);
      if (!params.success) return next();
      const { municipalityId, newsletterId, language } = params.data;
      const newsletter = await findNewsletter(db, municipalityId, newsletterId);
      if (!newsletter || !isArchived(newsletter)) return next();
      const municipality = await site.municipality(municipalityId);
      const locale = chosenLocale(request) ?? language;
      const { frame } = await site.visit(request);
      const parts = await readIssueParts(viewOf(site, { municipality, locale }), newsletter);
      await send(
        response,
        <IssuePage
          visit={{ municipality, locale, frame: { locale, municipality: municipality.name, language: frame.language } }}
          newsletter={newsletter}
          parts={<IssueParts site={site} newsletter={newsletter} parts={parts} />}
          home={pathOf(site.url(mailedPath(newsletter, language), 'signed'))}
        />,
      );
    },
  );

  router.get('/nieuwsbrieven/:slug', site.onlyReaders, async (request, response) => {
    const visit = await site.visit(request);
    const newsletter = await findIssue(site, visit, request);
    const editor = newsletter !== null && isEditor(visit, newsletter);
    // Its editors also see what is not sent yet.
    if (!newsletter || !(editor || isArchived(newsletter))) {
      return send(response, <UnknownPage visit={visit} />, 404);
    }
    const parts = await readIssueParts(viewOf(site, visit), newsletter);
    await send(
      response,
      <IssuePage
        visit={visit}
        newsletter={newsletter}
        parts={<IssueParts site={site} newsletter={newsletter} parts={parts} />}
        progress={editor && hasBegun(newsletter) ? await progressOf(site, visit, newsletter) : undefined}
        editor={editor}
      />,
    );
  });

  router.use(editorPages(site));

  return router;
}

const isArchived = ({ status }: Newsletter) => (ARCHIVED as readonly string[]).includes(status);

/** Who may read can change between two visits: no browser or proxy keeps a page. */
function send(response: Response, page: VNode, status = 200): Promise<void> {
  response.set('Cache-Control', 'no-store');
  return sendPage(response, page, status);
}

function ArchivePage(props: {
  visit: Visit;
  issues: Newsletter[];
  feed: string;
  /** What is not sent yet, for its editors. */
  open: Newsletter[];
  /** The readers by mail are theirs to look after. */
  readers: boolean;
}): VNode {
  const { visit, issues, feed, open, readers } = props;
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
        {open.length > 0 && (
          <section>
            <h2>{pageTexts(locale)('archive.open')}</h2>
            <ul class="newsletter-list">
              {open.map((issue) => (
                <li key={issue.id}>
                  <a href={issuePath(issue)}>{issue.title}</a>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p>
          <a href={feed}>{t('page.feed')}</a>
        </p>
        {readers && (
          <p>
            <a href={READERS_PATH}>{readerTexts(locale)('page.link')}</a>
          </p>
        )}
      </article>
    </Page>
  );
}

interface IssueProps {
  visit: Pick<Visit, 'locale' | 'municipality' | 'frame'>;
  newsletter: Newsletter;
  parts: VNode;
  /** How far the sending is, for its editors. */
  progress?: VNode | undefined;
  editor?: boolean;
  /** Its own address, where it is all that is open to its reader. */
  home?: string;
}

function IssuePage({ visit, newsletter, parts, progress, editor, home }: IssueProps): VNode {
  const { locale, municipality, frame } = visit;
  const t = newsletterTexts(locale);
  const day = sayDay(localIsoDay(newsletter.startedAt ?? newsletter.sendAt, municipality.zone), locale);
  return (
    <Page
      {...frame}
      {...(home && { home })}
      title={newsletter.title}
      styles={STYLES}
      scripts={progress ? ['htmx.js'] : []}
    >
      <article class="newsletter" lang={toLocale(municipality.locale)}>
        <h1>{newsletter.title}</h1>
        <p class="newsletter-day" lang={locale}>
          {isArchived(newsletter) ? t('page.sentOn', { day }) : t('issue.draft')}
        </p>
        {progress}
        {editor && (
          <p lang={locale}>
            <a href={previewPath(newsletter)}>{pageTexts(locale)('preview.link')}</a>
          </p>
        )}
        {parts}
        {!home && (
          <p lang={locale}>
            <a href="/nieuwsbrieven">{t('page.back')}</a>
          </p>
        )}
      </article>
    </Page>
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
