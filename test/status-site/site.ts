import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from 'cheerio';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { expect } from 'vitest';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { createReadiness } from '../../src/operations/readiness.js';
import { statusSite, type StatusSiteOptions } from '../../src/status-site/status-site.js';
import { createServer } from '../../src/web/server.js';

export interface Answer {
  status: number;
  html: string;
  location: string | undefined;
  header(name: string): string | undefined;
}

/** One GET as a browser sends it; a redirect is given, not followed. `headers` may hold another Host. */
export function get(base: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A connection of its own: one kept alive may be closed by the server just when it is used again.
    const outgoing = request(base, { path, agent: false, headers: { accept: 'text/html', ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          html: Buffer.concat(chunks).toString('utf8'),
          location: response.headers.location,
          header: (name) => String(response.headers[name]),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Everything a page holds that a person could come to read, its source included, without the escapes. */
export function readableIn(html: string): string {
  const escapes: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
  return html.replace(/&(?:lt|gt|quot|amp);/g, (escape) => escapes[escape] ?? escape);
}

/** Text as it stands on the page, white space as it is shown. */
export function shown(html: string, selector: string): string[] {
  const page = load(html);
  return page(selector)
    .toArray()
    .map((element) => page(element).text().replace(/\s+/g, ' ').trim());
}

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:standard', 'html-validate:a11y'],
    // Two ways to write the same document: HTML allows `<br/>` and `<!doctype html>` as well as `<br>` and `<!DOCTYPE html>`.
    // The suggestions under a text box are a listbox; a `<select>` cannot stand in for it.
    rules: {
      'void-style': 'off',
      'doctype-style': 'off',
      'prefer-native-element': ['error', { exclude: ['listbox'] }],
    },
  }),
);

export async function expectValidHtml(html: string, name: string): Promise<void> {
  const { results } = await validator.validateString(html, name);
  const messages = results.flatMap((result) => result.messages);
  expect(
    messages.map(({ ruleId, message, offset }) => `${ruleId}: ${message} at ${html.slice(offset, offset + 80)}`),
    name,
  ).toEqual([]);
}

export interface Site {
  url: string;
  stop(): Promise<void>;
}

/** The site of one municipality behind the real server, on a port of its own. */
export async function serveSite(
  { db, now }: Pick<StatusSiteOptions, 'db' | 'now'>,
  municipalityId: string,
  config: Partial<StatusSiteOptions['config']> = {},
): Promise<Site> {
  const whole = { host: '127.0.0.1', openSite: true, playground: true, ...config };
  const read = createMunicipalityReader(db, now);
  const app = createServer({
    config: { host: whole.host, publicUrl: undefined, trustProxy: undefined, metricsToken: undefined },
    log: createLog('silent'),
    metrics: createMetrics({ process: false }),
    readiness: createReadiness({}),
    pages: [statusSite({ config: whole, db, now, municipality: () => read(municipalityId) })],
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, whole.host, () => resolve(listening));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
