import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';

const OWN = fileURLToPath(new URL('./assets/', import.meta.url));
const require = createRequire(import.meta.url);

/** Taken from their packages as they are: nothing is fetched from elsewhere, so the content policy allows 'self' alone. */
const LIBRARIES: Record<string, string> = {
  'htmx.js': require.resolve('htmx.org/dist/htmx.min.js'),
  'htmx-sse.js': require.resolve('htmx-ext-sse/dist/sse.min.js'),
  'teams.js': require.resolve('@microsoft/teams-js'),
  'idiomorph.js': require.resolve('idiomorph/dist/idiomorph-ext.min.js'),
};

interface Asset {
  body: Buffer;
  type: string;
  version: string;
}

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const assets = new Map<string, Asset>(
  [...readdirSync(OWN).map((name) => [name, OWN + name] as const), ...Object.entries(LIBRARIES)].map(([name, path]) => {
    const body = readFileSync(path);
    const version = createHash('sha256').update(body).digest('base64url').slice(0, 12);
    return [name, { body, type: TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream', version }];
  }),
);

/**
 * @param name a file of `src/web/assets`, or one of `LIBRARIES`.
 * @returns its address, which changes with its content, so that browsers may keep it for ever.
 * @throws Error when there is no such file: a mistake in a page, found by its first test.
 */
export function assetUrl(name: string): string {
  const asset = assets.get(name);
  if (!asset) throw new Error(`There is no asset ${name}.`);
  return `/assets/${name}?v=${asset.version}`;
}

export function assetRoutes(): Router {
  const router = Router();
  router.get('/assets/:name', (request, response, next) => {
    const asset = assets.get(request.params.name);
    if (!asset) return next();
    const lasting = request.query['v'] === asset.version;
    response
      .set('Content-Type', asset.type)
      .set('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(asset.body);
  });
  return router;
}
