import type { Response } from 'express';
import { Router } from 'express';
import type { Feature } from '../chat/feature.js';
import type { Site } from '../chat/site.js';
import { findSignalByReference, tidyReference } from '../signals/read-signals.js';
import { sendPage } from '../web/layout.js';
import { listHref, readListQuery } from './list-query.js';
import { readList, readPageActions, readSignalPage } from './read-pages.js';
import { siteTexts } from './texts.js';
import { ListPage } from './views/list-page.js';
import { UnknownPage } from './views/message-pages.js';
import { PrivacyPage } from './views/privacy-page.js';
import { SignalPage } from './views/signal-page.js';

/**
 * The pages to read signals on: `/` and `/signalen/<reference>`. They write nothing (their buttons lead to the pages of
 * following and of endorsements), and name no filer to anybody, so
 * that what somebody sees there they may show around.
 */
export const statusSite: Feature = {
  name: 'status-site',
  pages: statusPages,
  menu: ({ locale, playground }) => [
    { label: siteTexts(locale)('nav.signals'), href: '/', order: 10 },
    ...(playground ? [{ label: siteTexts(locale)('nav.playground'), href: '/speeltuin', order: 90 }] : []),
  ],
};

function statusPages({ db, now, visit, onlyReaders }: Site): Router {
  const router = Router();

  router.get('/', onlyReaders, async (request, response) => {
    const scene = await visit(request);
    const query = readListQuery(request.query);
    // A form sends its empty fields too; the address that people keep and share is better off without.
    if (Object.values(request.query).includes('')) return redirect(response, listHref(query), 302);
    // Who typed a reference wants that signal, not a list.
    const signal = tidyReference(query.search)
      ? await findSignalByReference(db, scene.municipality.id, query.search)
      : null;
    if (signal) return redirect(response, signalHref(signal), 302);
    const list = await readList(db, scene.municipality, query);
    await sendPage(response, <ListPage scene={scene} list={list} now={now()} />);
  });

  // Not one fact of the municipality stands on it.
  router.get('/privacy', async (request, response) => {
    const { locale, language } = (await visit(request)).frame;
    await sendPage(response, <PrivacyPage frame={{ locale, language }} />);
  });

  router.get('/signalen', onlyReaders, (_request, response) => redirect(response, '/', 302));

  router.get('/signalen/:reference', onlyReaders, async (request, response) => {
    const scene = await visit(request);
    const typed = String(request.params['reference']);
    const signal = await findSignalByReference(db, scene.municipality.id, typed);
    if (!signal) return sendPage(response, <UnknownPage scene={scene} typed={typed} now={now()} />, 404);
    if (typed !== signal.reference) return redirect(response, signalHref(signal), 301);
    const data = await readSignalPage(db, scene.municipality, scene.locale, signal, now());
    const actions = await readPageActions(db, scene, signal);
    await sendPage(response, <SignalPage scene={scene} data={data} actions={actions} />);
  });

  return router;
}

function redirect(response: Response, to: string, status: 301 | 302): void {
  response.set('Cache-Control', 'no-store').redirect(status, to);
}

function signalHref({ reference }: { reference: string }): string {
  return `/signalen/${encodeURIComponent(reference)}`;
}
