import express, { type Express, type Router } from 'express';
import type { Config } from '../config.js';
import type { Logger } from '../operations/log.js';
import type { Metrics } from '../operations/metrics.js';
import { operationsRoutes } from '../operations/operations-routes.js';
import type { Readiness } from '../operations/readiness.js';
import { logRequests, numberRequests } from './access-log.js';
import { assetRoutes } from './assets.js';
import { handleErrors, notFound } from './error-pages.js';
import { languageRoutes } from './language.js';
import { isLocalRequest, sameOriginOnly, securityHeaders } from './security.js';

/** Room for every field of the longest form filled to the brim, percent-encoded; more is nobody's typing. */
const BODY_LIMIT = '1mb';
const MAX_FIELDS = 1_000;

export interface ServerOptions {
  config: Pick<Config, 'host' | 'publicUrl' | 'trustProxy' | 'metricsToken'>;
  log: Logger;
  metrics: Metrics;
  readiness: Readiness;
  /** Slack and Teams: they read their own bodies and check who sent them. */
  platforms?: Router[];
  /** Pages for people: the playground, the status site. Their POSTs are refused from other sites. */
  pages?: Router[];
}

/** The one HTTP server: everything but what the routers themselves answer. */
export function createServer(options: ServerOptions): Express {
  const { config, log, metrics, readiness, platforms = [], pages = [] } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  if (config.trustProxy) app.set('trust proxy', trustedProxies(config.trustProxy));

  app.use(numberRequests, logRequests(log, metrics), securityHeaders(config));
  app.use(
    operationsRoutes({ config, metrics, readiness, isLocal: (request) => isLocalRequest(config, request) }),
    assetRoutes(),
  );
  for (const router of platforms) app.use(router);
  app.use(sameOriginOnly, express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: MAX_FIELDS }));
  app.use(languageRoutes());
  for (const router of pages) app.use(router);
  app.use(notFound);
  app.use(handleErrors(log, metrics));
  return app;
}

/** `TRUST_PROXY`: a number of hops, or addresses as Express takes them. */
function trustedProxies(value: string): number | string {
  return /^\d+$/.test(value) ? Number(value) : value;
}
