import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { load } from 'cheerio';
import { Router } from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeError } from '../../src/operations/log.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { createReadiness } from '../../src/operations/readiness.js';
import { readBody } from '../../src/web/read-body.js';
import { createServer, type ServerOptions } from '../../src/web/server.js';
import { expectValidHtml } from '../status-site/site.js';

const SECRET = 'Mevrouw Voorbeeld wacht al maanden';

interface Sent {
  status: number;
  text: string;
  headers: NodeJS.Dict<string | string[]>;
}

interface Running {
  send(method: string, path: string, headers?: Record<string, string>, body?: string | Buffer): Promise<Sent>;
  log: Record<string, unknown>[];
  readiness: ReturnType<typeof createReadiness>;
  stop(): Promise<void>;
}

/** The server with pages of a test. */
async function run(config: Partial<ServerOptions['config']> = {}): Promise<Running> {
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(JSON.parse(chunk.toString('utf8')) as Record<string, unknown>);
      done();
    },
  });
  const pages = Router();
  pages.get('/signalen/:reference', (_request, response) => void response.send('een signaal'));
  pages.post(
    '/bewaar',
    (incoming, response) => void response.send(readBody(z.object({ tekst: z.string() }), incoming).tekst),
  );
  pages.get('/stuk', () => {
    throw new Error(SECRET);
  });
  const readiness = createReadiness({ database: () => Promise.resolve() });
  const app = createServer({
    config: { host: '127.0.0.1', publicUrl: undefined, trustProxy: undefined, metricsToken: undefined, ...config },
    log: pino({ level: 'debug', base: null, serializers: { err: describeError } }, lines),
    metrics: createMetrics({ process: false }),
    readiness,
    pages: [pages],
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const { port } = server.address() as AddressInfo;
  return {
    log,
    readiness,
    send: (method, path, headers = {}, body) =>
      new Promise((resolve, reject) => {
        const outgoing = request({ port, method, path, headers: { accept: 'text/html', ...headers } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
              headers: response.headers,
            }),
          );
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the server', () => {
  let server: Running;
  beforeAll(async () => {
    server = await run();
  });
  afterAll(() => server.stop());

  it('lets nothing inline or from elsewhere run, and nobody frame its pages', async () => {
    const { headers } = await server.send('GET', '/niets');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';" +
        "connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('serves its own scripts and styles, kept by browsers for as long as they do not change', async () => {
    const page = load((await server.send('GET', '/niets')).text);
    const style = page('link[rel=stylesheet]').attr('href') ?? '';
    const lasting = await server.send('GET', style);
    expect(lasting.status).toBe(200);
    expect(lasting.headers['content-type']).toContain('text/css');
    expect(lasting.headers['cache-control']).toContain('immutable');
    expect((await server.send('GET', '/assets/base.css?v=old')).headers['cache-control']).toBe('no-cache');
    for (const name of ['htmx.js', 'htmx-sse.js', 'idiomorph.js']) {
      expect((await server.send('GET', `/assets/${name}`)).headers['content-type']).toContain('text/javascript');
    }
    expect((await server.send('GET', '/assets/..%2Fserver.ts')).status).toBe(404);
  });

  it.each([
    ['a page that does not exist', 'GET', '/nergens', {}, undefined, 404, 'Deze pagina bestaat niet'],
    ['a body without what the page asks for', 'POST', '/bewaar', FORM, 'iets=anders', 400, 'Dat konden we niet lezen'],
    [
      'a body of another kind',
      'POST',
      '/bewaar',
      { 'content-type': 'application/json' },
      '{"tekst":',
      400,
      'Dat konden we niet lezen',
    ],
    ['a broken address', 'GET', '/signalen/%E0%A4%A', {}, undefined, 400, 'Dat konden we niet lezen'],
    ['more than fits', 'POST', '/bewaar', FORM, `tekst=${'x'.repeat(1_100_000)}`, 413, 'Dat is te veel in één keer'],
    ['more fields than any form has', 'POST', '/bewaar', FORM, 'a=1&'.repeat(1_500), 413, 'Dat is te veel in één keer'],
    ['a fault of ours', 'GET', '/stuk', {}, undefined, 500, 'Er ging iets mis aan onze kant'],
  ] as const)(
    'answers %s in words, and nothing of the machine room',
    async (_, method, path, headers, body, status, title) => {
      const answer = await server.send(method, path, headers, body);
      expect(answer.status).toBe(status);
      expect(load(answer.text)('h1').text()).toBe(title);
      expect(answer.text).not.toMatch(/\bat .*:\d+:\d+|node_modules|Error:/);
      expect(answer.text).not.toContain(SECRET);
      await expectValidHtml(answer.text, String(status));
      const english = await server.send(method, path, { ...headers, cookie: 'taal=en' }, body);
      expect(load(english.text)('html').attr('lang')).toBe('en');
      expect(load(english.text)('h1').text()).not.toBe(title);
    },
  );

  it('gives a failure a number, in the page and in the log, which holds nothing of what was said', async () => {
    const { text, headers } = await server.send('GET', '/stuk');
    const id = String(headers['x-request-id']);
    expect(text).toContain(id);
    const line = server.log.find((entry) => entry['requestId'] === id && entry['msg'] === 'request failed');
    expect(line).toMatchObject({ route: '/stuk', err: { type: 'Error' } });
    expect(JSON.stringify(server.log)).not.toContain(SECRET);
  });

  it('answers a part of a page in one sentence, and a program in JSON', async () => {
    const part = await server.send('GET', '/nergens', { 'hx-request': 'true' });
    expect(part.headers['content-type']).toContain('text/plain');
    expect(part.text).toBe('Het adres is veranderd of verkeerd getypt.');
    const json = await server.send('GET', '/nergens', { accept: 'application/json' });
    expect(JSON.parse(json.text)).toMatchObject({ status: 404 });
  });

  it('logs which page was asked for, never the address or the query', async () => {
    await server.send('GET', '/signalen/G-2026-0042?zoek=Mevrouw+Voorbeeld');
    await server.send('GET', '/Mevrouw/Voorbeeld');
    await server.send('POST', '/bewaar', FORM, `tekst=${encodeURIComponent(SECRET)}`);
    const requests = server.log.filter((entry) => entry['msg'] === 'request').slice(-3);
    expect(requests.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/signalen/:reference', '200'],
      ['GET', 'unmatched', '404'],
      ['POST', '/bewaar', '200'],
    ]);
    expect(JSON.stringify(server.log)).not.toMatch(/Voorbeeld|G-2026-0042/);
  });

  it.each([
    [{ origin: 'https://elders.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'http://signalen.test', host: 'signalen.test', 'sec-fetch-site': 'same-origin' }, 200],
    [{}, 200],
  ])('takes what its own pages send, and nothing another site makes a browser send: %j', async (headers, status) => {
    const answer = await server.send(
      'POST',
      '/bewaar',
      { ...FORM, ...headers } as Record<string, string>,
      'tekst=goed',
    );
    expect(answer.status).toBe(status);
  });

  it('remembers the language, and leads nowhere else', async () => {
    const choose = (back: string) => server.send('POST', '/taal', FORM, `locale=en&back=${encodeURIComponent(back)}`);
    const chosen = await choose('/signalen?wijk=7');
    expect(chosen.status).toBe(303);
    expect(chosen.headers.location).toBe('/signalen?wijk=7');
    expect(String(chosen.headers['set-cookie'])).toMatch(/^taal=en; .*HttpOnly; SameSite=Lax/);
    for (const elsewhere of [
      '//elders.example',
      '/\\elders.example',
      'https://elders.example',
      'javascript:alert(1)',
    ]) {
      expect((await choose(elsewhere)).headers.location).toBe('/');
    }
    expect((await server.send('POST', '/taal', FORM, 'locale=fr&back=/')).status).toBe(400);
  });

  it('is alive, and ready from the start until it stops', async () => {
    expect((await server.send('GET', '/healthz')).status).toBe(200);
    expect((await server.send('GET', '/readyz')).status).toBe(503);
    server.readiness.started();
    expect(JSON.parse((await server.send('GET', '/readyz')).text)).toEqual({
      status: 'ready',
      checks: { database: 'ok' },
    });
    server.readiness.stopping();
    expect((await server.send('GET', '/readyz')).status).toBe(503);
  });

  it('counts requests by page, never by address', async () => {
    const { text } = await server.send('GET', '/metrics');
    expect(text).toMatch(
      /wijksignaal_http_request_seconds_count\{method="GET",route="\/signalen\/:reference",status="200"\} \d/,
    );
    expect(text).not.toMatch(/G-2026|Voorbeeld/);
  });
});

describe('the metrics', () => {
  const visit = async (config: Partial<ServerOptions['config']>, headers: Record<string, string> = {}) => {
    const server = await run(config);
    const { status } = await server.send('GET', '/metrics', headers);
    await server.stop();
    return status;
  };

  it('are open on this machine', async () => expect(await visit({})).toBe(200));
  it('do not exist for others without a token', async () => expect(await visit({ host: '0.0.0.0' })).toBe(404));
  it('are shown to others for the token alone', async () => {
    const config = { host: '0.0.0.0', metricsToken: 'een-lang-geheim' };
    expect(await visit(config)).toBe(401);
    expect(await visit(config, { authorization: 'Bearer iets-anders' })).toBe(401);
    expect(await visit(config, { authorization: 'Bearer een-lang-geheim' })).toBe(200);
  });
  it('are not open to who comes through a proxy on this machine, or by another name', async () => {
    expect(await visit({}, { 'x-forwarded-for': '203.0.113.7' })).toBe(404);
    expect(await visit({}, { host: 'signalen.example.be' })).toBe(404);
  });
});
