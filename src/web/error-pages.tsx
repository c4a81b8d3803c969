import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from '../operations/log.js';
import type { Metrics } from '../operations/metrics.js';
import { isBusy } from '../storage/database.js';
import { requestIdOf, routeOf } from './access-log.js';
import { localeOf } from './language.js';
import { Page, sendPage } from './layout.js';
import { webTexts } from './web-texts.js';

type ErrorStatus = 400 | 403 | 404 | 413 | 500 | 503;

/**
 * Says in the visitor's language what went wrong, never how: a page, one sentence for a part of a page that htmx or a
 * script asked for, or JSON for a program.
 */
export async function sendError(request: Request, response: Response, status: ErrorStatus): Promise<void> {
  const locale = localeOf(request);
  const t = webTexts(locale);
  const text = t(`error.${status}.text`, { request: requestIdOf(response) });
  response.set('Cache-Control', 'no-store');
  if (request.get('hx-request') === 'true') {
    response.status(status).type('text').send(text);
    return;
  }
  if (request.accepts(['html', 'json']) === 'json') {
    response.status(status).json({ status, message: text, requestId: requestIdOf(response) });
    return;
  }
  const page = (
    <Page
      locale={locale}
      title={t(`error.${status}.title`)}
      language={{ action: '/taal', fields: { back: request.method === 'GET' ? request.originalUrl : '/' } }}
    >
      <section class="error-page">
        <p class="error-code" aria-hidden="true">
          {status}
        </p>
        <h1>{t(`error.${status}.title`)}</h1>
        <p>{text}</p>
        {status !== 403 && (
          <p>
            <a class="button" href="/">
              {t('error.home')}
            </a>
          </p>
        )}
      </section>
    </Page>
  );
  await sendPage(response, page, status);
}

export const notFound: RequestHandler = (request, response) => sendError(request, response, 404);

/** The last stop: expected refusals get their page; anything else is logged once, with the number the visitor is given. */
export function handleErrors(log: Logger, metrics: Metrics): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const status = statusOf(error);
    if (status === 500) {
      const route = routeOf(request);
      metrics.failures.inc({ route });
      log.error({ err: error, requestId: requestIdOf(response), route }, 'request failed');
    }
    // Half an answer is out already: cutting the connection is the only way left to say that it is not whole.
    if (response.headersSent) return next(error);
    await sendError(request, response, status);
  };
}

function statusOf(error: unknown): ErrorStatus {
  if (isBusy(error)) return 503;
  // body-parser, Express and our own refusals carry the status they stand for.
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 403 || status === 404 || status === 413) return status;
  return status >= 400 && status < 500 ? 400 : 500;
}
