import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { isLoopbackHost, type Config } from '../config.js';

/** No inline script or style, nothing from elsewhere, no framing. */
export function securityHeaders(config: Pick<Config, 'publicUrl'>): RequestHandler {
  const https = config.publicUrl?.startsWith('https:') ?? false;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Over plain http on this machine the header would lock people out of other things on `localhost`.
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

/** Teams, and the domain that Microsoft moves it to: https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements */
const TEAMS_HOSTS = 'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft';

/** This one answer may stand in Teams' own page, and in no other. */
export function letTeamsFrame(response: Response): void {
  response.removeHeader('X-Frame-Options');
  const policy = String(response.getHeader('Content-Security-Policy'));
  response.set('Content-Security-Policy', policy.replace("frame-ancestors 'none'", `frame-ancestors ${TEAMS_HOSTS}`));
}

/** This answer may hold frames with other answers of ours. */
export function frameHere(response: Response): void {
  const policy = String(response.getHeader('Content-Security-Policy'));
  response.set('Content-Security-Policy', `${policy};frame-src 'self'`);
}

/** This answer is a document with styles of its own, as a mail is, for a frame of ours: nothing in it runs or leads anywhere. */
export function standAlone(response: Response): void {
  response.set('X-Frame-Options', 'SAMEORIGIN');
  response.set(
    'Content-Security-Policy',
    "default-src 'none';img-src 'self';style-src 'unsafe-inline';frame-ancestors 'self';sandbox",
  );
}

/** The page was asked for by a frame, which here is Teams' tab: browsers say so where no script can. */
export function isFramed(request: Request): boolean {
  return request.get('sec-fetch-dest') === 'iframe';
}

/** Added by proxies. nginx's plainest `proxy_pass` adds none of them but rewrites Host, hence `sameOriginOnly` too. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * True when the request was made on this machine, to this machine's own name, through no proxy. The Host header is
 * what defeats DNS rebinding: a page elsewhere that points its own name at 127.0.0.1 still sends that name.
 */
export function isLocalRequest(config: Pick<Config, 'host'>, request: Request): boolean {
  if (!isLoopbackHost(config.host)) return false;
  if (PROXY_HEADERS.some((name) => request.headers[name] !== undefined)) return false;
  return isLoopbackHost(hostName(request.headers.host ?? ''));
}

/**
 * Refuses what another site makes a visitor's browser send. Browsers put `Origin` on every POST and newer ones
 * `Sec-Fetch-Site`; programs that are no browser send neither and carry nobody's session.
 */
export const sameOriginOnly: RequestHandler = (request, _response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return next();
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  // `request.host`: what the trusted proxy says it was asked for, where one is configured.
  if (foreignSite || (origin !== undefined && originHost(origin) !== request.host)) throw new ForeignRequest();
  next();
};

/** Another site sent this. */
class ForeignRequest extends Error {
  override name = 'ForeignRequest';
  readonly code = 'WEB.FOREIGN_REQUEST';
  readonly status = 403;
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** `localhost:3000` and `[::1]:3000` without the port. */
function hostName(header: string): string {
  return header.replace(/:\d+$/, '');
}
