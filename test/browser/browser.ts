import { mkdirSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** Where pictures of what the tests see are kept, to be looked at. */
const PICTURES = 'test/.cache/pictures';

/** What went wrong in a page without anybody seeing it: errors, refusals of the content policy, broken requests. */
const troubles = new WeakMap<Page, string[]>();

export interface TestBrowser {
  /** A page in a browser of its own: no cookies or storage shared with another. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** One Chromium for a test file, closed after its last test. */
/** @param args more of Chromium's. */
export function useBrowser(args: string[] = []): TestBrowser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb', ...args],
    });
  });
  afterAll(() => browser.close());
  return {
    async open(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'nl-BE',
        timezoneId: 'Europe/Brussels',
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const seen: string[] = [];
      troubles.set(page, seen);
      page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') seen.push(`console: ${message.text()}`);
      });
      page.on('response', (response) => {
        if (response.status() >= 400) seen.push(`${response.status()} ${new URL(response.url()).pathname}`);
      });
      return page;
    },
  };
}

/** What went wrong since the last time this was asked. */
export function takeTroubles(page: Page): string[] {
  return troubles.get(page)?.splice(0) ?? [];
}

/** WCAG 2.1 A and AA, as far as axe-core can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    }),
  );
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n    ${nodes.map((node) => `${node.html}\n      ${node.failureSummary}`).join('\n    ')}`,
  );
  expect(found.join('\n')).toBe('');
}

/** Nothing sticks out to the right: no sideways scrolling (WCAG 1.4.10). */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, width } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    wide: [...document.querySelectorAll('body *')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        const shown = element.checkVisibility() && !element.closest('.visually-hidden, .skip-link');
        return shown && box.width > 0 && box.right > document.documentElement.clientWidth + 1;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  }));
  expect(wide, `wider than ${width}px`).toEqual([]);
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, caret: 'initial' });
}
