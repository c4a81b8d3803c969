import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openContractTown, type ContractTown, type PersonKey } from '../platforms/contract-town.js';
import { servePlayground, type Served } from '../platforms/playground/serve-playground.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { takeTroubles, useBrowser } from './browser.js';

export interface EchoPlayground {
  /** Set before the first test. */
  town: ContractTown;
  served: Served;
  /** The playground as somebody, or its first page; closed after the test, which fails when the page had trouble. */
  openAs(key: PersonKey | undefined, options?: BrowserContextOptions): Promise<Page>;
  /** Sends what is owed until the page shows these words. */
  settle(page: Page, text: string | RegExp): Promise<void>;
}

/** A playground with the echo feature for one test file, and a browser to look at it. */
export async function useEchoPlayground(): Promise<EchoPlayground> {
  const browser = useBrowser();
  const database = await openTestDatabase();
  const pages: Page[] = [];
  const scene = {
    async openAs(key, options = {}) {
      const page = await browser.open(options);
      pages.push(page);
      const query = key ? `?als=${scene.town.people[key].id}` : '';
      await page.goto(`${scene.served.url}/speeltuin${query}`);
      return page;
    },
    async settle(page, text) {
      await expect.poll(() => scene.town.settle().then(() => page.getByText(text).count())).toBeGreaterThan(0);
    },
  } as EchoPlayground;

  beforeAll(async () => {
    scene.town = await openContractTown(database, 'playground');
    scene.served = await servePlayground(scene.town);
    scene.town.connect(scene.served.playground.platform);
  });
  afterEach(async () => {
    const opened = pages.splice(0);
    const troubles = opened.flatMap((page) => takeTroubles(page));
    await Promise.all(opened.map((page) => page.context().close()));
    expect(troubles).toEqual([]);
  });
  afterAll(async () => {
    await scene.served.stop();
    await scene.town.stop();
  });
  return scene;
}

export const composer = (page: Page) => page.getByLabel('Bericht', { exact: true });
export const messages = (page: Page) => page.locator('#berichten .message');
export const dialog = (page: Page) => page.getByRole('dialog');
/** Of a list of suggestions, not of a select. */
export const options = (page: Page) => page.getByRole('listbox').getByRole('option');

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Id, or words, of what has the keyboard's focus. */
export function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.id || element?.textContent?.trim() || element?.tagName;
  });
}
