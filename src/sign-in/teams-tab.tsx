import { Router, type Request } from 'express';
import { z } from 'zod';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { Site } from '../chat/site.js';
import type { Db } from '../storage/database.js';
import { sendPage } from '../web/layout.js';
import { LocalPath } from '../web/local-path.js';
import { readBody } from '../web/read-body.js';
import { letTeamsFrame } from '../web/security.js';
import type { SessionCookie } from './session-cookie.js';
import { endSession, startSession, type Session } from './sessions.js';
import { bare, TabPage } from './views.js';

const TAB = '/teams/tab';
/** Entra's tokens take 1 to 2 kB. */
const TOKEN_MAX = 20_000;

/** Where the tab signs in again, and goes on to this path. */
export function tabAddress(path: string): string {
  return `${TAB}?${new URLSearchParams({ naar: path })}`;
}

/**
 * Signing in inside Teams, without asking anything: the page gets a token from Teams, and its POST trades that for a
 * session. Who never spoke to the bot has no account yet, and is told to say hello first.
 */
export function teamsTabRoutes(options: {
  db: Db;
  now(): Date;
  ownMunicipality(): Promise<MunicipalityInfo>;
  verifyTabToken(token: string): Promise<{ objectId: string } | undefined>;
  cookie: SessionCookie;
  site: Pick<Site, 'visit'>;
  sessionOf(request: Request): Promise<Session | undefined>;
}): Router {
  const { db, now, cookie, site, sessionOf, verifyTabToken } = options;
  const router = Router();

  router.get(TAB, async (request, response) => {
    letTeamsFrame(response);
    const next = LocalPath.catch('/').parse(request.query['naar']);
    const { frame } = await site.visit(request);
    await sendPage(response, <TabPage frame={bare(frame)} next={next} />);
  });

  router.post(TAB, async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const { token } = readBody(z.object({ token: z.string().max(TOKEN_MAX) }), request);
    const verified = await verifyTabToken(token);
    if (!verified) return response.status(401).end();
    const { id: municipalityId } = await options.ownMunicipality();
    const key = { municipalityId, platform: 'teams', externalId: verified.objectId };
    const account = await db.account.findUnique({
      where: { municipalityId_platform_externalId: key },
      select: { person: { select: { id: true, active: true } } },
    });
    if (!account?.person.active) return response.status(403).end();
    const { id: personId } = account.person;
    const session = await db.$transaction((tx) => startSession(tx, { municipalityId, personId, via: 'teams' }, now()));
    const before = cookie.read(request);
    if (before) await endSession(db, before);
    cookie.write(response, session, 'teams');
    response.status(204).end();
  });

  // Whether the cookie was kept: browsers may refuse it in a frame.
  router.get(`${TAB}/sessie`, async (request, response) => {
    response.set('Cache-Control', 'no-store');
    response.status((await sessionOf(request)) ? 204 : 401).end();
  });

  return router;
}
