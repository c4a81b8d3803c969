import { describe, expect, it } from 'vitest';
import { Prisma } from '../../../src/storage/database.js';
import { holdUp } from '../../support/hold-up.js';
import { openSlackTown, sure } from './slack-town.js';

/** Long enough for everything that is not held up, on a busy machine too. */
const town = await openSlackTown({ answersAfterMs: 8_000 });
const { slack, worker, regisseur, db, municipalityId } = town;

const said = (userId: string) => slack.ephemerals(userId).map((each) => slack.textOf(each));

const FILLED = {
  title: 'Geen plaats in de wachtzaal',
  description: 'In de wachtzaal is geen plaats voor kinderwagens.',
  neighbourhoods: ['Nieuwe Kaai'],
  statement: true,
};

/** What stands in the way of everything: nobody is recognised meanwhile. And of filing alone: nobody gets a reference. */
const LOCK = {
  everything: Prisma.sql`LOCK TABLE "Account", "HandledRequest" IN ACCESS EXCLUSIVE MODE`,
  filing: Prisma.sql`LOCK TABLE "ReferenceCounter" IN ACCESS EXCLUSIVE MODE`,
};

describe('work that takes longer than Slack waits', () => {
  it('of a command is answered in words first, and then with what was asked', async () => {
    await worker.command('/signaal', 'help');
    const held = await holdUp(db, LOCK.everything);
    await worker.command('/signaal', 'mijn');
    expect(said(worker.id).at(-1)).toContain('Het duurt langer dan gewoonlijk');
    await held.release();
    await expect.poll(() => said(worker.id).at(-1)).toContain('nog geen signaal gemeld');
  });

  it('of an event is not acknowledged: Slack brings it again, and it has its effect once', async () => {
    const signal = await town.file();
    await worker.closeView({ all: true });
    const card = await town.card(signal);
    const held = await holdUp(db, LOCK.everything);
    const { deliveries } = await regisseur.message(card.channel, 'Even bekijken.', { thread: card, unchecked: true });
    expect(sure(deliveries[0]).answers.map(({ status }) => status)).toEqual([503]);
    await held.release();
    await sure(deliveries[0]).retry(1);
    await sure(deliveries[0]).retry(2);
    const notes = () => db.timelineEntry.count({ where: { municipalityId, signalId: signal.id, kind: 'note' } });
    await expect.poll(notes).toBe(1);
    expect(said(regisseur.id).filter((text) => text.includes('De melder niet.'))).toHaveLength(1);
  });

  it('of a list to choose from is empty in time, never an error', async () => {
    await worker.command('/signaal');
    const held = await holdUp(db, LOCK.everything);
    expect(await worker.typeSuggestion(worker.view, 'neighbourhoods', 'dam')).toEqual([]);
    await held.release();
    expect(await worker.typeSuggestion(worker.view, 'neighbourhoods', 'dam')).not.toEqual([]);
    await worker.closeView({ all: true });
  });

  it('of a form is said in words, goes on, and sending again shows the one reference', async () => {
    const signals = () => db.signal.count({ where: { municipalityId } });
    const before = await signals();
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    const held = await holdUp(db, LOCK.filing);
    const late = await worker.submitView(FILLED);
    expect(late.action).toBe('update');
    expect(slack.textOf(worker.view)).toContain('Dit wordt bewaard');
    // What was typed still stands there.
    expect(worker.view.values['description']).toMatchObject({ value: { value: FILLED.description } });
    await held.release();
    await expect.poll(signals).toBe(before + 1);
    await worker.submitView();
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    expect(slack.textOf(worker.view)).toContain(signal.reference);
    expect(await signals()).toBe(before + 1);
    await worker.closeView({ all: true });
  });
});

describe('a Slack that takes a call and never answers', () => {
  it('keeps nobody waiting: each call has a time-out of its own', async () => {
    for (const method of ['views.open', 'chat.getPermalink', 'users.info'] as const) {
      slack.fail(method, { kind: 'silence' });
    }
    const newcomer = slack.addUser({ realName: 'Net Begonnen' });
    // Who they are and the form itself: neither answers.
    await newcomer.command('/signaal', 'De inkom is te smal');
    await expect.poll(() => said(newcomer.id).join()).toMatch(/Slack antwoordde ons niet|Het duurt langer/);
    slack.failures.clear();
    await newcomer.command('/signaal', 'help');
    expect(said(newcomer.id).at(-1)).toContain('/signaal');
  });
});
