import type { CookieOptions, Request, Response } from 'express';
import type { Config } from '../config.js';
import { readCookie } from '../web/cookies.js';
import { SESSION_LIFETIME_MS, type SignedInVia } from './sessions.js';

/** The two cookies of signing in. */
export interface SessionCookie {
  read(request: Request): string | undefined;
  write(response: Response, token: string, via: SignedInVia): void;
  clear(response: Response, via: SignedInVia): void;
  /** Where somebody wanted to go before signing in: they go on there afterwards. */
  remember(response: Response, path: string): void;
  remembered(request: Request): string | undefined;
  forget(response: Response): void;
}

const REMEMBER_MS = 3_600_000;

/** Over https the name begins with `__Host-`: browsers then take it from this very host alone, and never over http. */
export function sessionCookie({ publicUrl }: Pick<Config, 'publicUrl'>): SessionCookie {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const prefix = secure ? '__Host-' : '';
  const [session, wish] = [`${prefix}sessie`, `${prefix}waarheen`];
  const lax: CookieOptions = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
  /** In Teams' tab our pages stand in another site's frame: the cookie is for that place alone. */
  const framed: CookieOptions = { httpOnly: true, sameSite: 'none', secure: true, partitioned: true, path: '/' };
  const optionsFor = (via: SignedInVia) => (via === 'teams' ? framed : lax);
  return {
    read: (request) => readCookie(request, session),
    write: (response, token, via) =>
      response.cookie(session, token, { ...optionsFor(via), maxAge: SESSION_LIFETIME_MS }),
    clear: (response, via) => response.clearCookie(session, optionsFor(via)),
    remember: (response, path) => response.cookie(wish, path, { ...lax, maxAge: REMEMBER_MS }),
    remembered: (request) => readCookie(request, wish),
    forget: (response) => response.clearCookie(wish, lax),
  };
}
