import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { VNode } from 'preact';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { Config } from '../config.js';
import { findSignalByReference, tidyReference } from '../signals/read-signals.js';
import type { Db } from '../storage/database.js';
import { localeOf } from '../web/language.js';
import { sendPage } from '../web/layout.js';
import { isLocalRequest } from '../web/security.js';
import { listHref, readListQuery } from './list-query.js';
import { readList, readSignalPage } from './read-pages.js';
import { ListPage } from './views/list-page.js';
import { ClosedPage, UnknownPage } from './views/message-pages.js';
import type { Scene } from './views/parts.js';
import { SignalPage } from './views/signal-page.js';

export interface StatusSiteOptions {
  config: Pick<Config, 'host' | 'openSite' | 'playground'>;
  db: Db;
  now(): Date;
  /** The town whose signals are shown. */
  municipality(): Promise<MunicipalityInfo>;
}

/**
 * The pages to read signals on: `/` and `/signalen/<reference>`. They write nothing and name no filer.
 *
 * Without signing in they answer only this machine, and only while no platform is configured: connecting Slack or
 * Teams closes them, so that real signals are never published by it.
 */
export function statusSite(options: StatusSiteOptions): Router {
  const { config, db, now, municipality } = options;
  const router = Router();

  const onlyReaders: RequestHandler = async (request, response, next) => {
    if (config.openSite && isLocalRequest(config, request)) return next();
    await send(response, <ClosedPage locale={localeOf(request)} address={request.originalUrl} />, 403);
  };

  const setScene = async (request: Request): Promise<Scene> => ({
    locale: localeOf(request),
    municipality: await municipality(),
    playground: config.playground,
    address: request.originalUrl,
  });

  router.get('/', onlyReaders, async (request, response) => {
    const scene = await setScene(request);
    const query = readListQuery(request.query);
    // A form sends its empty fields too; the address that people keep and share is better off without.
    if (Object.values(request.query).includes('')) return redirect(response, listHref(query), 302);
    // Who typed a reference wants that signal, not a list.
    const signal = tidyReference(query.search)
      ? await findSignalByReference(db, scene.municipality.id, query.search)
      : null;
    if (signal) return redirect(response, signalHref(signal), 302);
    const list = await readList(db, scene.municipality, query);
    await send(response, <ListPage scene={scene} list={list} now={now()} />);
  });

  router.get('/signalen', onlyReaders, (_request, response) => redirect(response, '/', 302));

  router.get('/signalen/:reference', onlyReaders, async (request, response) => {
    const scene = await setScene(request);
    const typed = String(request.params['reference']);
    const signal = await findSignalByReference(db, scene.municipality.id, typed);
    if (!signal) return send(response, <UnknownPage scene={scene} typed={typed} now={now()} />, 404);
    if (typed !== signal.reference) return redirect(response, signalHref(signal), 301);
    const data = await readSignalPage(db, scene.municipality, scene.locale, signal);
    await send(response, <SignalPage scene={scene} data={data} />);
  });

  return router;
}

/** Who may read can change between two visits: no browser or proxy keeps a page. */
function send(response: Response, page: VNode, status = 200): Promise<void> {
  response.set('Cache-Control', 'no-store');
  return sendPage(response, page, status);
}

function redirect(response: Response, to: string, status: 301 | 302): void {
  response.set('Cache-Control', 'no-store').redirect(status, to);
}

function signalHref({ reference }: { reference: string }): string {
  return `/signalen/${encodeURIComponent(reference)}`;
}
