import { describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { openSlackTown } from './slack-town.js';

const town = await openSlackTown();
const { slack, worker } = town;

describe('/signaal', () => {
  it('opens the form, files it and shows the reference', async () => {
    await worker.command('/signaal');
    expect(slack.openView(worker.id)?.wire).toMatchObject({ title: { text: 'Signaal melden' } });
    const signal = await town.file();
    expect(slack.textOf(worker.view)).toContain(signal.reference);
    const card = await town.card(signal);
    expect(slack.textOf(card)).toContain('Geen plaats in de wachtzaal');
    expect(slack.textOf(slack.direct(SEED.worker)[0] as never)).toContain(signal.reference);
  });
});
