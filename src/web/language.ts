import { Router, type CookieOptions, type Request } from 'express';
import { z } from 'zod';
import { LOCALES, type Locale } from '../chat/texts.js';
import { readCookie } from './cookies.js';
import { LocalPath } from './local-path.js';
import { readBody } from './read-body.js';
import { isFramed } from './security.js';

const COOKIE = 'taal';
const YEAR_MS = 365 * 24 * 3_600_000;

/** The visitor's choice, else Dutch: the users' language, also where a town's browsers are set to English. */
export function localeOf(request: Request): Locale {
  return chosenLocale(request) ?? 'nl';
}

/** What the visitor chose on a page; undefined: nothing yet. */
export function chosenLocale(request: Request): Locale | undefined {
  return LOCALES.find((locale) => locale === readCookie(request, COOKIE));
}

const Choice = z.object({
  locale: z.enum(LOCALES),
  back: LocalPath.catch('/'),
});

/** `POST /taal`: remembers the language of the pages in a cookie. */
export function languageRoutes(): Router {
  const router = Router();
  router.post('/taal', (request, response) => {
    const { locale, back } = readBody(Choice, request);
    // In Teams' tab our pages stand in another site's frame, where browsers keep no other cookie than this.
    const where: CookieOptions = isFramed(request)
      ? { sameSite: 'none', secure: true, partitioned: true }
      : { sameSite: 'lax' };
    response.cookie(COOKIE, locale, { maxAge: YEAR_MS, httpOnly: true, path: '/', ...where });
    response.redirect(303, back);
  });
  return router;
}
