import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/operations/check.js';
import { loadConfig } from '../../src/config.js';
import { installationChecks, type DatabaseState } from '../../src/operations/installation-checks.js';
import { StorageError } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';

const database = await openTestDatabase();
const { db, engine } = database;
const town = await openTown(database);
afterAll(() => town.stop());

const now = () => new Date();
const examine = async (
  environment: NodeJS.ProcessEnv = {},
  state: DatabaseState = { db, engine },
  clock = now,
  locale: 'nl' | 'en' = 'en',
): Promise<Finding[]> => {
  const checks = installationChecks(loadConfig(environment), state, clock);
  return (await Promise.all(checks.map((check) => check(locale)))).flat();
};
const about = (findings: Finding[], part: string) => findings.filter((finding) => finding.part === part);

const listen = (status: number): Promise<{ url: string; server: Server }> =>
  new Promise((resolve) => {
    const server = createServer((_request, response) => response.writeHead(status).end());
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    );
  });

describe('the doctor', () => {
  it('finds nothing wrong with a town that is in order, and says what it looked at', async () => {
    const findings = await examine();
    expect(findings.filter(({ status }) => status === 'wrong')).toEqual([]);
    expect(findings.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['configuration', 'database', 'clock', 'municipality', 'queue', 'PUBLIC_URL']),
    );
    expect(about(findings, 'database')[0]?.says).toMatch(/\d+ migrations applied/);
  });

  it('says that a running program holds the embedded database, which is no fault', async () => {
    const locked = new StorageError('STORAGE.LOCKED', 'in use');
    expect(about(await examine({}, { error: locked }), 'database')).toMatchObject([{ status: 'good' }]);
  });

  it('says why the database cannot be used, in the words of the start', async () => {
    const error = new StorageError('STORAGE.UNREACHABLE', 'The database at db:5432 does not answer.');
    expect(about(await examine({}, { error }), 'database')).toMatchObject([{ status: 'wrong', says: error.message }]);
  });

  it('notices a clock that is off', async () => {
    const late = () => new Date(Date.now() + 10 * 60_000);
    expect(about(await examine({}, { db, engine }, late), 'clock')).toMatchObject([
      { status: 'wrong', todo: expect.stringContaining('NTP') as string },
    ]);
  });

  it('asks PUBLIC_URL itself, and never repeats a password in it', async () => {
    const [fine, failing] = [await listen(200), await listen(502)];
    const good = await examine({ PUBLIC_URL: fine.url });
    expect(about(good, 'PUBLIC_URL')).toMatchObject([{ status: 'good' }]);
    const bad = await examine({ PUBLIC_URL: failing.url });
    expect(about(bad, 'PUBLIC_URL')).toMatchObject([
      { status: 'wrong', says: expect.stringContaining('502') as string },
    ]);
    fine.server.close();
    failing.server.close();
    const gone = await examine({ PUBLIC_URL: failing.url.replace('//', '//somebody:secret@') });
    expect(about(gone, 'PUBLIC_URL')).toMatchObject([{ status: 'wrong' }]);
    expect(JSON.stringify(gone)).not.toContain('secret');
  });

  it('says that somebody without chat waits for mail while mail is off, and is content once it is on', async () => {
    const { municipalityId } = town;
    const account = { platform: 'mail', externalId: 'lezer@buurthuis.example', email: 'lezer@buurthuis.example' };
    const { id } = await db.person.create({
      data: { municipalityId, name: 'Lezer Een', roles: [], accounts: { create: account } },
    });
    const [off] = about(await examine(), 'municipality');
    expect(off).toMatchObject({ status: 'wrong', todo: expect.stringContaining('SMTP_URL') as string });
    expect(JSON.stringify(off)).not.toMatch(/Lezer|buurthuis/);
    const on = await examine({ SMTP_URL: 'smtp://mail.example.be:25', MAIL_FROM: 'Stad <stad@example.be>' });
    expect(about(on, 'municipality')).toMatchObject([{ status: 'good' }]);
    await db.account.deleteMany({ where: { municipalityId, personId: id } });
  });

  it('counts messages that failed, and says who can try them again', async () => {
    await town.file(town.people.worker);
    await db.delivery.updateMany({
      where: { municipalityId: town.municipalityId },
      data: { status: 'failed', failure: 'channel_not_found' },
    });
    expect(about(await examine(), 'queue')).toMatchObject([
      {
        status: 'wrong',
        says: expect.stringContaining('2 messages') as string,
        todo: expect.stringContaining('/signaal admin') as string,
      },
    ]);
  });

  it('misses a coordinator, without whom a signal could have nowhere to go', async () => {
    await db.person.updateMany({
      where: { municipalityId: town.municipalityId, roles: { has: 'coordinator' } },
      data: { active: false },
    });
    expect(about(await examine(), 'municipality')).toMatchObject([
      { status: 'wrong', todo: expect.stringContaining('municipality -- apply') as string },
    ]);
  });

  it('speaks Dutch too', async () => {
    const findings = await examine({}, { db, engine }, now, 'nl');
    expect(findings.map(({ part }) => part)).toContain('wachtrij');
  });
});
