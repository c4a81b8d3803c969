import { Router, type RequestHandler } from 'express';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Fact } from '../chat/card.js';
import type { Site, Visit } from '../chat/site.js';
import { stopPath, withStopButton } from '../chat/subscriptions.js';
import { toLocale } from '../chat/texts.js';
import type { Newsletter } from '../storage/database.js';
import { Page, sendFragment, sendPage } from '../web/layout.js';
import { readBody } from '../web/read-body.js';
import { frameHere, standAlone } from '../web/security.js';
import { controlSending } from './control-sending.js';
import { CONTROLS, controlsOf, progressFacts, type ControlName } from './editor-card.js';
import { findIssue, isEditor, viewOf } from './find-issue.js';
import { issueCard, readIssueParts } from './issue-card.js';
import { issuePath, previewPath, progressPath } from './newsletter.js';
import { IssueParts } from './issue-view.js';
import { newsletterSubscription } from './subscription.js';
import { newsletterTexts } from './texts.js';
import { pageTexts } from './texts-pages.js';
import { sayNewsletterRefusal } from './work-on-newsletter.js';

const STYLES = ['newsletters.css', 'previews.css'];

const mailPath = (newsletter: Newsletter) => `${previewPath(newsletter)}/mail`;

/** What only an issue's editors see: how it will look on each platform, and how far its sending is. */
export function editorPages(site: Site): Router {
  const router = Router();
  const forEditors =
    (show: (visit: Visit, newsletter: Newsletter, ...given: Parameters<RequestHandler>) => Promise<unknown>) =>
    async (...given: Parameters<RequestHandler>) => {
      const [request, , next] = given;
      const visit = await site.visit(request);
      const newsletter = await findIssue(site, visit, request);
      if (!newsletter || !isEditor(visit, newsletter)) return next();
      given[1].set('Cache-Control', 'no-store');
      await show(visit, newsletter, ...given);
    };

  router.get(
    '/nieuwsbrieven/:slug/voorbeeld',
    site.onlyReaders,
    forEditors(async (visit, newsletter, _request, response) => {
      const parts = await readIssueParts(viewOf(site, visit), newsletter);
      frameHere(response);
      await sendPage(
        response,
        <PreviewPage
          visit={visit}
          newsletter={newsletter}
          previews={await previewsOf(site, visit, newsletter)}
          page={<IssueParts site={site} newsletter={newsletter} parts={parts} />}
        />,
      );
    }),
  );

  router.get(
    '/nieuwsbrieven/:slug/voorbeeld/mail',
    site.onlyReaders,
    forEditors(async (visit, newsletter, _request, response) => {
      const previews = await previewsOf(site, visit, newsletter);
      standAlone(response);
      response.type('html').send(previews.find(({ platform }) => platform === 'mail')?.document ?? '');
    }),
  );

  router.get(
    '/nieuwsbrieven/:slug/voortgang',
    site.onlyReaders,
    forEditors(async (visit, newsletter, _request, response) => {
      await sendFragment(response, await progressOf(site, visit, newsletter));
    }),
  );

  router.post(
    '/nieuwsbrieven/:slug/voortgang',
    site.onlySignedIn,
    forEditors(async (visit, newsletter, request, response) => {
      const { control } = readBody(z.object({ control: z.enum(CONTROLS) }), request);
      const result = await controlSending(await site.contextFor(request), control, newsletter.id);
      if (result.ok) return response.redirect(303, issuePath(newsletter));
      const text = sayNewsletterRefusal(result, visit.locale);
      await sendPage(response, <RefusedPage visit={visit} newsletter={newsletter} text={text} />, 409);
    }),
  );

  return router;
}

/** How far the sending is, kept current by htmx while it goes on. */
export async function progressOf(site: Site, visit: Visit, newsletter: Newsletter): Promise<VNode> {
  const facts = await progressFacts(viewOf(site, visit), newsletter);
  return <Progress visit={visit} newsletter={newsletter} facts={facts} />;
}

/**
 * An issue exactly as somebody with the town's own language is sent it, in the mail as who has no chat; what a channel gets lacks
 * the button that stops it.
 */
async function previewsOf(site: Site, visit: Visit, newsletter: Newsletter) {
  const { municipality } = visit;
  const locale = toLocale(municipality.locale);
  const kind = newsletterSubscription.id;
  const unsubscribe = site.url(stopPath({ municipalityId: municipality.id, id: newsletter.editorId, kind }), 'signed');
  const to = { locale, municipality: municipality.name, unsubscribe };
  const previewsFor = async (byMail: boolean) => {
    const card = await issueCard(viewOf(site, { municipality, locale }), newsletter, byMail);
    const previews = site.previews(withStopButton(card, newsletterSubscription, locale), to);
    return previews.filter(({ platform }) => (platform === 'mail') === byMail);
  };
  return [...(await previewsFor(false)), ...(await previewsFor(true))];
}

function PreviewPage({
  visit,
  newsletter,
  previews,
  page,
}: {
  visit: Visit;
  newsletter: Newsletter;
  previews: ReturnType<Site['previews']>;
  page: VNode;
}): VNode {
  const { locale, frame, municipality } = visit;
  const t = pageTexts(locale);
  const lang = toLocale(municipality.locale);
  return (
    <Page {...frame} title={t('preview.title')} styles={STYLES}>
      <h1>{t('preview.title')}</h1>
      <p>
        {t('preview.intro', { title: newsletter.title })} <a href={issuePath(newsletter)}>{t('preview.back')}</a>
      </p>
      <div class="previews">
        {previews.map(({ platform, view, document }) => (
          <section key={platform} aria-labelledby={`preview-${platform}`}>
            <h2 id={`preview-${platform}`}>{newsletterTexts(locale)(`platform.${platform}`)}</h2>
            <div lang={lang}>{view}</div>
            {document !== undefined && (
              <iframe class="preview-frame" sandbox="" src={mailPath(newsletter)} title={t('preview.frame')} />
            )}
          </section>
        ))}
        <section aria-labelledby="preview-page">
          <h2 id="preview-page">{t('preview.page')}</h2>
          <div class="preview newsletter" lang={lang}>
            <p class="preview-heading">{newsletter.title}</p>
            {page}
          </div>
        </section>
      </div>
    </Page>
  );
}

function Progress({ visit, newsletter, facts }: { visit: Visit; newsletter: Newsletter; facts: Fact[] }): VNode {
  const { locale, person } = visit;
  const path = progressPath(newsletter);
  const live =
    newsletter.status === 'sending' ? { 'hx-get': path, 'hx-trigger': 'every 5s', 'hx-swap': 'outerHTML' } : {};
  return (
    <section class="newsletter-progress" id="progress" aria-labelledby="progress-title" lang={locale} {...live}>
      <h2 id="progress-title">{pageTexts(locale)(`progress.${newsletter.status}`)}</h2>
      <dl class="newsletter-facts" aria-live="polite">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {person && <Controls newsletter={newsletter} visit={visit} names={controlsOf(newsletter)} />}
    </section>
  );
}

function Controls(props: { visit: Visit; newsletter: Newsletter; names: ControlName[] }): VNode | null {
  const { visit, newsletter, names } = props;
  if (names.length === 0) return null;
  return (
    <form method="post" action={progressPath(newsletter)} class="newsletter-controls">
      {names.map((name) => (
        <button
          key={name}
          type="submit"
          class={`button${name === 'stop' ? ' button-danger' : ''}`}
          name="control"
          value={name}
        >
          {newsletterTexts(visit.locale)(`button.${name}`)}
        </button>
      ))}
    </form>
  );
}

function RefusedPage({ visit, newsletter, text }: { visit: Visit; newsletter: Newsletter; text: string }): VNode {
  return (
    <Page {...visit.frame} title={newsletter.title} styles={STYLES}>
      <article class="newsletter">
        <h1>{newsletter.title}</h1>
        <p>{text}</p>
        <p>
          <a href={issuePath(newsletter)}>{pageTexts(visit.locale)('preview.back')}</a>
        </p>
      </article>
    </Page>
  );
}
