import { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Chat } from '../chat/chat.js';
import type { Feature, MunicipalityInfo } from '../chat/feature.js';
import type { Frame, Site, Visit } from '../chat/site.js';
import { inOwnWords } from '../chat/own-words.js';
import type { AddressSigner } from '../chat/signed-address.js';
import { toLocale } from '../chat/texts.js';
import type { Config } from '../config.js';
import { may } from '../people/roles.js';
import type { Db } from '../storage/database.js';
import { chosenLocale } from '../web/language.js';
import { sendPage } from '../web/layout.js';
import { LocalPath } from '../web/local-path.js';
import { readBody } from '../web/read-body.js';
import { isFramed, isLocalRequest, letTeamsFrame } from '../web/security.js';
import { linkWorks, useLink } from './links.js';
import { sessionCookie, type SessionCookie } from './session-cookie.js';
import { endSession, readSession, type Session } from './sessions.js';
import { tabAddress, teamsTabRoutes } from './teams-tab.js';
import { bare, ConfirmPage, GonePage, NotYoursPage, WayInPage } from './views.js';

export interface PagesOptions {
  config: Pick<Config, 'host' | 'publicUrl' | 'openSite' | 'playground'>;
  db: Db;
  now(): Date;
  url(path: string, signed?: 'signed'): string;
  signer: Pick<AddressSigner, 'isSigned'>;
  /** Whose pages visitors see who are not signed in. */
  ownMunicipality(): Promise<MunicipalityInfo>;
  municipality(id: string): Promise<MunicipalityInfo>;
  chat: Pick<Chat, 'visit'>;
  /** Tells who a token of Teams' is of, by their account there; undefined: the tab is not there. */
  verifyTabToken?: ((token: string) => Promise<{ objectId: string } | undefined>) | undefined;
  /** Their pages are served, and stand in the menu, in this order. */
  features: Feature[];
  previews: Site['previews'];
}

/** Far longer than a token of ours. */
const Token = z.string().max(200);

/**
 * The pages of every capability, and those of signing in: `/aanmelden`, `/aanmelden/<token>`, `/afmelden`, and `/teams/tab`.
 *
 * Without signing in the pages answer this machine alone, and only while no platform is configured: connecting Slack or
 * Teams closes them, so that real signals are never published by it. A municipality may open signals to all.
 */
export function createPages(options: PagesOptions): Router[] {
  const { db, now, features, verifyTabToken } = options;
  const cookie = sessionCookie(options.config);
  const { site, sessionOf } = createSite(options, cookie);
  const router = Router();
  // The pages speak as the town of who looks.
  const ownWords = Router().use(async (request, _response, next) => {
    const session = await sessionOf(request);
    const town = session ? await options.municipality(session.person.municipalityId) : await options.ownMunicipality();
    inOwnWords(town.ownWords, next);
  });

  if (verifyTabToken) {
    router.use(async (request, response, next) => {
      if ((await sessionOf(request))?.via === 'teams') letTeamsFrame(response);
      next();
    });
    const { ownMunicipality } = options;
    router.use(teamsTabRoutes({ db, now, ownMunicipality, verifyTabToken, cookie, site, sessionOf }));
  }

  router.get('/aanmelden', async (request, response) => {
    const { frame } = await site.visit(request);
    const reason = 'uit' in request.query ? 'out' : 'in';
    await sendPage(response, <WayInPage frame={bare(frame)} reason={reason} />);
  });

  router.get('/aanmelden/:token', async (request, response) => {
    const frame = bare((await site.visit(request)).frame);
    const token = Token.safeParse(request.params.token);
    if (!token.success || !(await linkWorks(db, token.data, now())))
      return sendPage(response, <GonePage frame={frame} />, 410);
    await sendPage(response, <ConfirmPage frame={frame} token={token.data} />);
  });

  router.post('/aanmelden', async (request, response) => {
    const { token } = readBody(z.object({ token: Token }), request);
    const session = await useLink(db, token, now());
    if (!session) {
      const { frame } = await site.visit(request);
      return sendPage(response, <GonePage frame={bare(frame)} />, 410);
    }
    const before = cookie.read(request);
    if (before) await endSession(db, before);
    cookie.write(response, session, 'link');
    const wish = LocalPath.safeParse(cookie.remembered(request));
    if (wish.success) cookie.forget(response);
    response.redirect(303, wish.success ? wish.data : '/');
  });

  router.post('/afmelden', async (request, response) => {
    const session = cookie.read(request);
    if (session) await endSession(db, session);
    cookie.clear(response, 'link');
    response.redirect(303, '/aanmelden?uit');
  });

  return [ownWords, router, ...features.flatMap((feature) => feature.pages?.(site) ?? [])];
}

function createSite(
  options: PagesOptions,
  cookie: SessionCookie,
): { site: Site; sessionOf(request: Request): Promise<Session | undefined> } {
  const { config, db, now, url, signer, chat, features } = options;

  const sessionOf = oncePerRequest(async (request) => {
    const token = cookie.read(request);
    return token === undefined ? undefined : readSession(db, token, now());
  });

  const visit = oncePerRequest(async (request): Promise<Visit> => {
    const session = await sessionOf(request);
    const person = session?.person;
    const municipality = person ? await options.municipality(person.municipalityId) : await options.ownMunicipality();
    const forAll = municipality.settings.visibility === 'public';
    const forThisMachine = config.openSite && isLocalRequest(config, request);
    const locale = chosenLocale(request) ?? toLocale(person?.locale);
    const { playground } = config;
    const mayRead = forAll || (person ? may(person, 'read signals') : forThisMachine);
    const seen = { municipality, locale, person, mayRead, playground };
    return { ...seen, frame: frameOf(request, seen, session) };
  });

  function frameOf(request: Request, seen: Omit<Visit, 'frame'>, session: Session | undefined): Frame {
    const frame: Frame = {
      locale: seen.locale,
      municipality: seen.municipality.name,
      language: { action: '/taal', fields: { back: request.method === 'GET' ? request.originalUrl : '/' } },
      account: session ? { name: session.person.name, maySignOut: session.via === 'link' } : 'visitor',
    };
    const items = features
      .flatMap((feature) => feature.menu?.({ ...seen, frame }) ?? [])
      .toSorted((one, other) => one.order - other.order);
    return { ...frame, navigation: items.map((item) => ({ ...item, current: item.href === request.path })) };
  }

  const turnAway: RequestHandler = async (request, response) => {
    const { person, frame } = await visit(request);
    if (person) return sendPage(response, <NotYoursPage frame={frame} />, 403);
    if (options.verifyTabToken && isFramed(request)) return response.redirect(303, tabAddress(request.path));
    // Only the path: what stands behind it can be what somebody typed.
    if (request.method === 'GET') cookie.remember(response, request.path);
    const form = request.method === 'POST' ? { action: request.path, fields: fieldsOf(request) } : undefined;
    await sendPage(response, <WayInPage frame={bare(frame)} reason={form ? 'late' : 'closed'} form={form} />, 403);
  };

  const site: Site = {
    db,
    now,
    url,
    municipality: options.municipality,
    previews: options.previews,
    visit,
    async contextFor(request) {
      const { municipality, locale, person } = await visit(request);
      if (!person) throw new Error('Nobody is signed in: this route belongs behind onlySignedIn.');
      return chat.visit({ municipality, locale, person });
    },
    async contextFrom(request, giver) {
      const { locale } = await visit(request);
      return chat.visit({ municipality: await options.municipality(giver.municipalityId), locale, person: giver });
    },
    onlyReaders: async (request, response, next) =>
      (await visit(request)).mayRead ? next() : turnAway(request, response, next),
    onlySigned: (request, _response, next) =>
      signer.isSigned(request.path, request.query['s']) ? next() : next('route'),
    onlySignedIn: async (request, response, next) =>
      (await visit(request)).person ? next() : turnAway(request, response, next),
  };
  return { site, sessionOf };
}

/** What a form sent, field by field, to send again as it was. */
function fieldsOf(request: Request): [name: string, value: string][] {
  const body = readBody(z.record(z.string(), z.union([z.string(), z.array(z.string())])), request);
  return Object.entries(body).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each]));
}

function oncePerRequest<T>(look: (request: Request) => Promise<T>): (request: Request) => Promise<T> {
  const known = new WeakMap<Request, Promise<T>>();
  return (request) => {
    const answer = known.get(request) ?? look(request);
    known.set(request, answer);
    return answer;
  };
}
