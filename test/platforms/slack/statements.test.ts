import { afterAll, expect, it } from 'vitest';
import { openRecordingDatabase } from '../../support/record-statements.js';
import { openSlackTown } from './slack-town.js';

const { database, statements } = await openRecordingDatabase();
/** It stands still: what is kept for some seconds stays kept. */
const at = Date.parse('2026-03-10T09:00:00Z');
const { slack, worker, file, delivered } = await openSlackTown({
  database,
  now: () => new Date(at),
  slack: { now: () => at },
});
afterAll(() => database.close());

/** What it asks the database while it does this, without the queue's own looking round. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  statements.length = 0;
  await work();
  return statements.filter((sql) => !sql.includes('pgboss.'));
}

it('opens the form with one look-up, of who asks: a trigger lives three seconds, also when everybody wants one', async () => {
  // The first time it reads what it keeps, and the person's neighbourhood is filled in from the last.
  await file();
  await worker.closeView();
  await delivered();
  await worker.command('/signaal');
  await worker.closeView();
  const sql = await asked(() => worker.command('/signaal'));
  expect(sql).toHaveLength(1);
  expect(sql[0]).toContain('FROM "Account"');
  await worker.closeView();
});

it('files with one look-up of who sends and one transaction of four statements', async () => {
  await worker.command('/signaal');
  await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
  const sql = await asked(() =>
    worker.submitView({ description: 'Zz', title: 'Yy', neighbourhoods: ['Dampoort'], statement: true }),
  );
  // What follows is the sending, which comes after. The fourth of the transaction is the queue's own.
  const filing = sql.slice(0, sql.findIndex((each) => each.includes('"ReferenceCounter"')) + 1);
  expect(filing).toHaveLength(5);
  expect(filing[0]).toContain('FROM "Account"');
  expect(filing[1]).toBe('transaction');
  expect(slack.textOf(worker.view)).toMatch(/T-2026-0002/);
});
