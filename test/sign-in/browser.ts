import { expect } from 'vitest';
import type { Person } from '../../src/storage/database.js';
import { wordsOf, type Town } from '../support/town.js';
import { get, post, send, type Answer } from '../status-site/site.js';

/** One person's browser: keeps cookies as browsers do, follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(readonly base: string) {}

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#keep(await get(this.base, path, { ...this.#sent(), ...headers }));
  }

  async head(path: string): Promise<Answer> {
    return this.#keep(await send(this.base, 'HEAD', path, this.#sent()));
  }

  async post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#keep(await post(this.base, path, fields, { ...this.#sent(), ...headers }));
  }

  /** Opens a personal link and presses the button on it. */
  async openLink(address: string): Promise<Answer> {
    const token = new URL(address).pathname.split('/').at(-1) ?? '';
    const page = await this.get(new URL(address).pathname);
    return page.status === 200 ? this.post('/aanmelden', { token }) : page;
  }

  #sent(): Record<string, string> {
    if (this.cookies.size === 0) return {};
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  #keep(answer: Answer): Answer {
    for (const cookie of answer.cookies) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      if (/expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
}

/** The browser of somebody who signed in on this site with the link from the chat. */
export async function signIn({ chat, caller }: Town, site: { url: string }, person: Person): Promise<Browser> {
  const words = wordsOf(await chat.command(caller(person), 'signaal', 'site'));
  const [, address = ''] = /"url":"([^"]+\/aanmelden\/[^"]+)"/.exec(words) ?? [];
  const browser = new Browser(site.url);
  expect((await browser.openLink(address)).status).toBe(303);
  return browser;
}
