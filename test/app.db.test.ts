import { expect, it } from 'vitest';
import { startApp } from '../src/app.js';
import { loadConfig } from '../src/config.js';
import { clearDemo } from '../src/demo/clear-demo.js';
import { createLog } from '../src/operations/log.js';
import { openTestDatabase } from './support/open-test-database.js';

const database = await openTestDatabase();
const { db } = database;
const means = { database, log: createLog('silent'), now: () => new Date() };
const local = loadConfig({ PORT: '0' });
// Nothing answers there: the platform is configured, not reachable.
const withSlack = loadConfig({
  PORT: '0',
  SLACK_SIGNING_SECRET: 'a signing secret of some length, here',
  SLACK_BOT_TOKEN: 'xoxb-1-test',
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
});

it('gives whoever tries out a regisseur something to triage at once, each card once however often it starts', async () => {
  const countCards = async () => {
    const app = await startApp(local, means);
    const { id: municipalityId } = await db.municipality.findFirstOrThrow();
    const signals = await db.signal.findMany({
      where: { municipalityId, demo: true, status: { in: ['received', 'in_review', 'needs_info'] } },
      select: { reference: true, owner: { select: { channels: true } } },
    });
    const readCards = () => db.playgroundMessage.findMany({ where: { municipalityId, parentId: null } });
    await expect
      .poll(
        async () => (await readCards()).filter(({ conversationId }) => conversationId.startsWith('channel:')).length,
        { timeout: 120_000 },
      )
      .toBe(signals.length);
    const cards = await readCards();
    await app.stop();
    for (const { reference, owner } of signals) {
      const shown = cards.filter(({ card }) => JSON.stringify(card).includes(`${reference} · `));
      expect(shown.map(({ conversationId }) => conversationId)).toEqual([`channel:${owner.channels[0]?.id}`]);
    }
    return signals.length;
  };
  const first = await countCards();
  expect(first).toBeGreaterThan(20);
  expect(await countCards()).toBe(first);
});

it('keeps invented signals away from a real platform until they are cleared, and connecting it publishes nothing', async () => {
  const first = await startApp(local, means);
  await first.stop();
  const { id: municipalityId } = await db.municipality.findFirstOrThrow();
  expect(await db.signal.count({ where: { municipalityId } })).toBeGreaterThan(190);
  await expect(startApp(withSlack, means)).rejects.toMatchObject({
    code: 'START.DEMO_DATA',
    message: expect.stringContaining('npm run demo -- clear') as string,
  });
  await clearDemo(db, municipalityId, new Date());
  const real = await startApp(withSlack, means);
  // Connecting a platform publishes nothing: the pages ask to sign in, and the playground is gone.
  expect((await fetch(`${real.url}/`)).status).toBe(403);
  expect((await fetch(`${real.url}/speeltuin`)).status).toBe(404);
  expect((await fetch(`${real.url}/readyz`)).status).toBe(200);
  await real.stop();
});

it('starts again on what is there, adding nothing', async () => {
  const before = await db.municipality.count();
  const app = await startApp(local, means);
  await app.stop();
  const { id: municipalityId } = await db.municipality.findFirstOrThrow();
  expect(await db.municipality.count()).toBe(before);
  expect(await db.signal.count({ where: { municipalityId } })).toBe(0);
});
