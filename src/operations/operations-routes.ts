import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import type { Config } from '../config.js';
import type { Metrics } from './metrics.js';
import type { Readiness } from './readiness.js';

/**
 * What an operator's tools ask: `/healthz` (the process answers), `/readyz` (database and queue work; 503 before the
 * start is complete and while stopping), `/metrics` (Prometheus).
 *
 * @param isLocal whether the request came straight from this machine, with no proxy in between.
 */
export function operationsRoutes(options: {
  config: Pick<Config, 'metricsToken'>;
  metrics: Metrics;
  readiness: Readiness;
  isLocal(request: Request): boolean;
}): Router {
  const { config, metrics, readiness, isLocal } = options;
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });

  router.get('/readyz', async (_request, response) => {
    const result = await readiness.check();
    response
      .status(result.ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: result.ready ? 'ready' : 'not ready', checks: result.checks });
  });

  router.get('/metrics', async (request, response, next) => {
    if (!isLocal(request)) {
      // Without a token nothing here exists for the outside world.
      if (!config.metricsToken) return next();
      if (!carriesToken(request, config.metricsToken)) {
        response.status(401).set('WWW-Authenticate', 'Bearer').type('text').send('METRICS_TOKEN required\n');
        return;
      }
    }
    response.set('Content-Type', metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  return router;
}

function carriesToken(request: Request, token: string): boolean {
  const [scheme, given = ''] = (request.get('authorization') ?? '').split(' ');
  // Digests have one length, so the comparison says nothing about the token's.
  return scheme?.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
