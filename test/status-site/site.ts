import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from 'cheerio';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { expect } from 'vitest';
import { createAddressSigner, createUrls } from '../../src/chat/signed-address.js';
import { features as everyFeature } from '../../src/features.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { createPreviews } from '../../src/platforms/preview-message.js';
import { createReadiness } from '../../src/operations/readiness.js';
import { createPages, type PagesOptions } from '../../src/sign-in/pages.js';
import { createServer } from '../../src/web/server.js';
import { FORM_KEY } from '../support/form-key.js';

export interface Answer {
  status: number;
  html: string;
  location: string | undefined;
  header(name: string): string | undefined;
  /** As the server set them, with their attributes. */
  cookies: string[];
}

/** One GET as a browser sends it; a redirect is given, not followed. `headers` may hold another Host. */
export function get(base: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return send(base, 'GET', path, headers);
}

/** A form of one of our pages, sent. */
export function post(
  base: string,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(base).origin, ...headers };
  return send(base, 'POST', path, form, new URLSearchParams(fields).toString());
}

export function send(
  base: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A connection of its own: one kept alive may be closed by the server just when it is used again.
    const options = { method, path, agent: false, headers: { accept: 'text/html', ...headers } };
    const outgoing = request(base, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          html: Buffer.concat(chunks).toString('utf8'),
          location: response.headers.location,
          header: (name) => String(response.headers[name]),
          cookies: response.headers['set-cookie'] ?? [],
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
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

type Options = Pick<PagesOptions, 'db' | 'now'> & Partial<Pick<PagesOptions, 'chat' | 'features' | 'verifyTabToken'>>;

/** The pages of one municipality behind the real server, on a port of its own. */
export async function serveSite(
  { db, now, chat, verifyTabToken, features = everyFeature }: Options,
  municipalityId: string,
  config: Partial<PagesOptions['config']> = {},
): Promise<Site> {
  const whole = { host: '127.0.0.1', openSite: true, playground: true, publicUrl: undefined, ...config };
  const municipality = createMunicipalityReader(db, now);
  const app = createServer({
    config: { host: whole.host, publicUrl: whole.publicUrl, trustProxy: undefined, metricsToken: undefined },
    log: createLog('silent'),
    metrics: createMetrics({ process: false }),
    readiness: createReadiness({}),
    pages: createPages({
      config: whole,
      db,
      now,
      url: createUrls(() => whole.publicUrl ?? 'http://127.0.0.1:3000', createAddressSigner(FORM_KEY)),
      signer: createAddressSigner(FORM_KEY),
      previews: createPreviews(() => whole.publicUrl ?? 'http://127.0.0.1:3000'),
      ownMunicipality: () => municipality(municipalityId),
      municipality,
      chat: chat ?? {
        visit: () => {
          throw new Error('This site was opened to read on alone.');
        },
      },
      verifyTabToken,
      features,
    }),
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
