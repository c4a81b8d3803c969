import { describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { titlesIn, wordsIn } from '../../fakes/teams/fake-user.js';
import { filled, openFileForm, openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, municipalityId, worker, regisseur } = town;
const signals = () => db.signal.count({ where: { municipalityId } });

/** Longer than Teams waits for an answer to something pressed. */
const TOO_LONG_MS = 5_000;

/** Nobody is recognised meanwhile: everything takes this long. */
function holdUp(ms: number): { begun: Promise<void>; ended: Promise<void> } {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const ended = db.$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE "Account", "HandledRequest" IN ACCESS EXCLUSIVE MODE`;
      begin();
      await new Promise((resolve) => setTimeout(resolve, ms));
    },
    { timeout: ms + 5_000 },
  );
  return { begun, ended };
}

/** Does it while everything takes too long; gives when that is over. */
async function meanwhile(work: () => Promise<unknown>, ms = TOO_LONG_MS): Promise<{ ended: Promise<void> }> {
  const held = holdUp(ms);
  await held.begun;
  const start = performance.now();
  await work();
  expect(performance.now() - start).toBeLessThan(ms);
  return held;
}

describe('work that takes longer than Teams waits', () => {
  it('of a window that is sent is kept: it says so, and sending again files nothing twice', async () => {
    await openFileForm(town, worker);
    const values = await filled(worker);
    const before = await signals();
    const { ended } = await meanwhile(() => worker.submit(values));
    const late = sure(worker.dialog).card;
    expect(wordsIn(late)).toContain('Dit wordt bewaard.');
    expect(titlesIn(late)).toEqual(['Verstuur opnieuw']);
    await ended;
    await expect.poll(signals, { timeout: 10_000 }).toBe(before + 1);
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
    const { ended } = await meanwhile(() => worker.say('mijn'), 13_000);
    await expect.poll(() => answers().slice(before).map(textOf).join()).toContain('Het duurt langer dan gewoonlijk');
    await ended;
    await expect
      .poll(() => answers().slice(before).map(textOf).join(), { timeout: 10_000 })
      .toContain(sure(await db.signal.findFirst({ where: { municipalityId } })).reference);
  });

  it('of a button is done once, and said under the card', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.view(card);
    const { ended } = await meanwhile(() => regisseur.press(card, 'Neem op'));
    expect(regisseur.toasts.at(-1)).toContain('Dit wordt bewaard.');
    await ended;
    const steps = () => db.timelineEntry.count({ where: { municipalityId, signalId: signal.id, kind: 'status' } });
    await expect.poll(steps, { timeout: 10_000 }).toBe(1);
    await town.delivered();
    expect(textOf(card)).toContain('in onderzoek');
    expect(titlesIn(await regisseur.view(card))).not.toContain('Neem op');
  });

  it('of opening a form is said in words, and opens the next time', async () => {
    await worker.say('signaal');
    const offer = await town.lastTo(worker);
    const { ended } = await meanwhile(() => worker.press(offer, 'Open het formulier'));
    expect(worker.toasts.at(-1)).toContain('kon niet op tijd openen');
    expect(worker.dialog).toBeUndefined();
    await ended;
    await worker.press(offer, 'Open het formulier');
    expect(worker.dialog?.title).toBe('Signaal melden');
  });

  it('of a list to choose from is empty in time, never an error', async () => {
    const { ended } = await meanwhile(async () =>
      expect(await worker.typeahead('signals.neighbourhoods', 'dam')).toEqual([]),
    );
    await ended;
    expect(await worker.typeahead('signals.neighbourhoods', 'dam')).not.toEqual([]);
  });

  it('is said in the language of who waits', async () => {
    const emma = teams.user(SEED.englishWorker);
    await emma.say('signaal');
    const offer = await town.lastTo(emma);
    const { ended } = await meanwhile(() => emma.press(offer, 'Open the form'));
    expect(emma.toasts.at(-1)).toContain('could not open in time');
    await ended;
  });
});
