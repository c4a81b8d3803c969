import type { Request } from 'express';

/** @returns the cookie's value; of two with that name the first, as browsers put the most specific one first. */
export function readCookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() !== name) continue;
    try {
      return decodeURIComponent(value.join('=').trim());
    } catch {
      // Not written by us: as good as none.
      return undefined;
    }
  }
  return undefined;
}
