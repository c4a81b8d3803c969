import { describe, expect, it } from 'vitest';
import { openSlackTown, sure } from './slack-town.js';

describe('a Slack that cannot be reached at the start', () => {
  it('delays, and never kills: what is owed goes out when it is back', async () => {
    const town = await openSlackTown({ before: (slack) => (slack.unreachable = true) });
    const { slack, worker, db, municipalityId } = town;
    expect((await fetch(`${town.app.url}/readyz`)).status).toBe(200);
    slack.unreachable = false;
    const signal = await town.file();
    slack.unreachable = true;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    slack.unreachable = false;
    await town.delivered();
    expect(slack.textOf(await town.card(signal))).toContain(signal.reference);
    expect(sure(slack.direct(worker.id)[0]).text).toContain(signal.reference);
    expect(await db.delivery.count({ where: { municipalityId, status: 'failed' } })).toBe(0);
  });
});

describe('Socket Mode', () => {
  it('does the same over a connection of its own, answers after the commit, and has no door on HTTP', async () => {
    const town = await openSlackTown({ socketMode: true });
    const { slack, worker, regisseur, db, municipalityId } = town;
    await expect.poll(() => slack.sockets.connections).toBe(1);
    expect((await fetch(`${town.app.url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);

    const signal = await town.file();
    expect(slack.textOf(worker.view)).toContain(signal.reference);
    const card = await town.card(signal);
    const { deliveries } = await regisseur.message(card.channel, 'Een notitie', { thread: card });
    // When Slack has its answer, the note is there.
    expect(sure(deliveries[0]).answers.map(({ status }) => status)).toEqual([200]);
    const notes = () => db.timelineEntry.count({ where: { municipalityId, kind: 'note' } });
    expect(await notes()).toBe(1);
    await sure(deliveries[0]).retry();
    expect(await notes()).toBe(1);
    await worker.closeView({ all: true });

    // Slack asks to connect anew every few hours, and sometimes a connection is simply gone.
    for (const end of [() => slack.sockets.refresh(), () => slack.sockets.cut()]) {
      const before = slack.sockets.accepted;
      end();
      await expect.poll(() => slack.sockets.accepted).toBeGreaterThan(before);
      await expect.poll(() => slack.sockets.connections).toBe(1);
    }
    await worker.command('/signaal', 'help');
    expect(slack.textOf(sure(slack.ephemerals(worker.id).at(-1)))).toContain('Ik lees nooit mee');
    expect(slack.sockets.complaints).toEqual([]);
  });

  it('is tried again while Slack cannot be reached', async () => {
    const town = await openSlackTown({ socketMode: true, before: (slack) => (slack.unreachable = true) });
    expect((await fetch(`${town.app.url}/healthz`)).status).toBe(200);
    town.slack.unreachable = false;
    await expect.poll(() => town.slack.sockets.connections).toBe(1);
  });
});
