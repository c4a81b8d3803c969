import { Router, type Request } from 'express';
import { z } from 'zod';
import { LOCALES, toLocale, type Locale } from '../chat/texts.js';
import { readBody } from './read-body.js';

const COOKIE = 'taal';
const YEAR_MS = 365 * 24 * 3_600_000;

/** The visitor's choice, else Dutch: the users' language, also where a town's browsers are set to English. */
export function localeOf(request: Request): Locale {
  const cookie = /(?:^|;\s*)taal=(nl|en)(?:;|$)/.exec(request.headers.cookie ?? '');
  return toLocale(cookie?.[1]);
}

const Choice = z.object({
  locale: z.enum(LOCALES),
  // A path on this site only: `//elsewhere` and `/\elsewhere` lead away from it.
  back: z
    .string()
    .regex(/^\/(?![/\\])/)
    .catch('/'),
});

/** `POST /taal`: remembers the language of the pages in a cookie. */
export function languageRoutes(): Router {
  const router = Router();
  router.post('/taal', (request, response) => {
    const { locale, back } = readBody(Choice, request);
    response.cookie(COOKIE, locale, { maxAge: YEAR_MS, httpOnly: true, sameSite: 'lax', path: '/' });
    response.redirect(303, back);
  });
  return router;
}
