import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../operations/log.js';
import type { Metrics } from '../operations/metrics.js';

/** Too frequent and too dull for the log at its normal level. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics', '/assets/:name']);

/** Gives every request its own number: in the log, in the `X-Request-Id` header, and to a user when it goes wrong. */
export const numberRequests: RequestHandler = (_request, response, next) => {
  const id = randomUUID();
  response.locals['requestId'] = id;
  response.set('X-Request-Id', id);
  next();
};

export function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}

/** One line per request, with the route's pattern: addresses and queries can hold what people typed. */
export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const start = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const route = routeOf(request);
      const status = response.writableFinished ? String(response.statusCode) : 'aborted';
      const streaming = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
      if (!streaming) metrics.requests.observe({ method: request.method, route, status }, seconds);
      log[QUIET.has(route) ? 'debug' : 'info'](
        { requestId: requestIdOf(response), method: request.method, route, status, ms: Math.round(seconds * 1000) },
        'request',
      );
    });
    next();
  };
}

/** `/signalen/:reference`, or `unmatched`: what was asked for is never repeated. */
export function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? request.baseUrl + route.path : 'unmatched';
}
