import type { Consent, OAuth } from './oauth.js';

export interface InstallOptions extends Consent {
  /** Changes the address the person is sent back to: another state, a code used before. */
  tamper?: (back: URL) => void;
}

export interface Installed {
  status: number;
  body: string;
  /** Where the bot sent the person next, if anywhere. */
  location: string | undefined;
  /** The address the person came back to, with code and state: open it again to replay it. */
  back: string;
  /** What the browser keeps of the install page, for opening that address again. */
  cookies: string[];
}

/**
 * A person installs the app: opens the bot's install page, says yes (or no) on Slack's consent screen, and goes back.
 * Cookies are kept, as a browser does.
 */
export async function installThrough(oauth: OAuth, installUrl: string, options: InstallOptions): Promise<Installed> {
  const page = await fetch(installUrl, { redirect: 'manual' });
  const authorize = await authorizeAddress(page);
  const cookies = page.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  const back = new URL(oauth.authorize(new URL(authorize).searchParams, options));
  options.tamper?.(back);
  return goBack(back.toString(), cookies);
}

/** Opens the address the consent screen sends a person to. */
export async function goBack(back: string, cookies: string[] = []): Promise<Installed> {
  const response = await fetch(back, { redirect: 'manual', headers: { cookie: cookies.join('; ') } });
  const location = response.headers.get('location') ?? undefined;
  return { status: response.status, body: await response.text(), location, back, cookies };
}

/** The install page is a redirect, or a page with a link. */
async function authorizeAddress(page: Response): Promise<string> {
  const redirect = page.headers.get('location');
  const link = /href="([^"]*\/oauth\/v2\/authorize[^"]*)"/.exec(await page.text())?.[1];
  const address = redirect ?? link?.replaceAll('&amp;', '&');
  if (address?.includes('/oauth/v2/authorize') !== true) {
    throw new Error(`the install page (status ${String(page.status)}) does not lead to Slack's consent screen`);
  }
  return address;
}
