import { describe, expect, it } from 'vitest';
import { Prisma } from '../../../src/storage/database.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { titlesIn, wordsIn } from '../../fakes/teams/fake-user.js';
import { holdUp } from '../../support/hold-up.js';
import { filled, openFileForm, openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, municipalityId, worker, regisseur } = town;
const signals = () => db.signal.count({ where: { municipalityId } });

/** Nobody is recognised meanwhile. */
const LOCK = Prisma.sql`LOCK TABLE "Account", "HandledRequest" IN ACCESS EXCLUSIVE MODE`;

/** Does it while nothing else can go on: whoever is answered meanwhile did not wait for the end of their work. */
async function meanwhile(work: () => Promise<unknown>): Promise<void> {
  const held = await holdUp(db, LOCK);
  try {
    await work();
  } finally {
    await held.release();
  }
}

describe('work that takes longer than Teams waits', () => {
  it('of a window that is sent is kept: it says so, and sending again files nothing twice', async () => {
    await openFileForm(town, worker);
    const values = await filled(worker);
    const before = await signals();
    await meanwhile(() => worker.submit(values));
    const late = sure(worker.dialog).card;
    expect(wordsIn(late)).toContain('Dit wordt bewaard.');
    expect(titlesIn(late)).toEqual(['Verstuur opnieuw']);
    await expect.poll(signals).toBe(before + 1);
    await worker.submit();
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    expect(signal.title).toBe(values['title']);
    expect(wordsIn(sure(worker.dialog).card)).toContain(signal.reference);
    expect(await signals()).toBe(before + 1);
  });

  it('of a typed command is said in words first, and then answered', async () => {
    await worker.say('help');
    const answers = () => teams.messages(worker.chat).filter(({ from }) => from === 'bot');
    const before = answers().length;
    const heard = () => answers().slice(before).map(textOf).join();
    await meanwhile(async () => {
      await worker.say('mijn');
      await expect.poll(heard).toContain('Het duurt langer dan gewoonlijk');
    });
    await expect.poll(heard).toContain(sure(await db.signal.findFirst({ where: { municipalityId } })).reference);
  });

  it('of a button is done once, and said under the card', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.view(card);
    await meanwhile(() => regisseur.press(card, 'Neem op'));
    expect(regisseur.toasts.at(-1)).toContain('Dit wordt bewaard.');
    const steps = () => db.timelineEntry.count({ where: { municipalityId, signalId: signal.id, kind: 'status' } });
    await expect.poll(steps).toBe(1);
    await town.delivered();
    expect(textOf(card)).toContain('in onderzoek');
    expect(titlesIn(await regisseur.view(card))).not.toContain('Neem op');
  });

  it('of opening a form is said in words, and opens the next time', async () => {
    await worker.say('signaal');
    const offer = await town.lastTo(worker);
    await meanwhile(() => worker.press(offer, 'Open het formulier'));
    expect(worker.toasts.at(-1)).toContain('kon niet op tijd openen');
    expect(worker.dialog).toBeUndefined();
    await worker.press(offer, 'Open het formulier');
    expect(worker.dialog?.title).toBe('Signaal melden');
  });

  it('of a list to choose from is empty in time, never an error', async () => {
    await meanwhile(async () => expect(await worker.typeahead('signals.neighbourhoods', 'dam')).toEqual([]));
    expect(await worker.typeahead('signals.neighbourhoods', 'dam')).not.toEqual([]);
  });

  it('is said in the language of who waits', async () => {
    const emma = teams.user(SEED.englishWorker);
    await emma.say('signaal');
    const offer = await town.lastTo(emma);
    await meanwhile(() => emma.press(offer, 'Open the form'));
    expect(emma.toasts.at(-1)).toContain('could not open in time');
  });
});
