import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.js';
import type { Reply } from '../../src/chat/feature.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { hearEvent } from '../../src/delivery/hear-event.js';
import { features } from '../../src/features.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import type { Person } from '../../src/storage/database.js';
import { deliverAll, readCard, sentTo } from '../support/deliver-all.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, STEP_VALUES, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, people, municipalityId, neighbourhoods } = town;
const { worker, colleague, regisseur, otherRegisseur, coordinator, administrator } = people;
afterAll(() => town.stop());

const command = (person: Person, text: string) => chat.command(caller(person), 'signaal', text);
const press = (person: Person, action: string, payload: unknown) => chat.press(caller(person), action, payload);
const cardOf = (reply: Reply): Card => {
  if (reply.kind !== 'card') throw new Error(`No card but ${wordsOf(reply)}`);
  return reply.card;
};
/** Presses the button with this label on a card. */
const pressOn = async (person: Person, card: Card, label: string): Promise<Reply> => {
  const button = card.parts
    .flatMap((part) => (part.kind === 'buttons' ? [...part.buttons, ...(part.more ?? [])] : []))
    .find((each) => each.label === label);
  if (!button) throw new Error(`No button ${label} on ${readCard(card)}`);
  return press(person, button.action, button.payload);
};
const followsOf = (person: Person) => db.follow.findMany({ where: { municipalityId, personId: person.id } });
const laterBy = (minutes: number) => (town.clock.now = new Date(town.clock.now.getTime() + minutes * 60_000));

beforeEach(async () => {
  await deliverAll(database, town);
  await db.follow.deleteMany({ where: { municipalityId } });
  await db.tellChoice.deleteMany({ where: { municipalityId } });
  laterBy(1);
});

describe('following a signal', () => {
  it('is a button on its card for everyone who does not hear of it anyway, and that button then stops it', async () => {
    const signal = await town.file(worker);
    const card = cardOf(await command(colleague, `status ${signal.reference}`));
    const started = await pressOn(colleague, card, 'Volg dit signaal');
    expect(wordsOf(started)).toContain(`Je volgt nu ${signal.reference}. Je hoort het meteen als er nieuws is.`);
    const again = cardOf(await command(colleague, `status ${signal.reference}`));
    expect(wordsOf(await pressOn(colleague, again, `Volg ${signal.reference} niet meer`))).toContain('niet meer');
    expect(await followsOf(colleague)).toEqual([]);
    for (const knows of [worker, regisseur, coordinator]) {
      expect(readCard(cardOf(await command(knows, `status ${signal.reference}`)))).not.toContain('following.');
    }
  });

  it('tells each public step once, with the words everyone may read and without who filed it', async () => {
    const signal = await town.file(worker);
    await command(colleague, `volg ${signal.reference}`);
    await deliverAll(database, town);
    await town.step(regisseur, signal.id, 'in_review');
    await town.step(regisseur, signal.id, 'accepted');
    await town.step(regisseur, signal.id, 'in_action');
    const told = sentTo(colleague, await deliverAll(database, town));
    expect(told).toHaveLength(3);
    expect(told[2]).toContain('in actie');
    expect(told[2]).toContain(STEP_VALUES['action']);
    for (const words of told) expect(words).not.toMatch(/Werker Een|Buurthuis/);
    expect(await deliverAll(database, town)).toEqual([]);
  });

  it('tells that more was asked, not what: question and answer are between filer and owner', async () => {
    const signal = await town.file(worker);
    await town.step(regisseur, signal.id, 'in_review');
    await command(colleague, `volg ${signal.reference}`);
    await deliverAll(database, town);
    laterBy(1);
    await town.step(regisseur, signal.id, 'needs_info', { text: 'Om welke school gaat het?' });
    await town.act(regisseur, 'signals.note', signal.id, { text: 'Een interne notitie.' });
    await town.act(regisseur, 'signals.feedback', signal.id, { text: 'Terugkoppeling voor de melder.' });
    const told = sentTo(colleague, await deliverAll(database, town));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('meer info gevraagd');
    expect(told[0]).not.toContain('school');
  });

  it('tells a filer and the owner nothing twice, nor who took the step', async () => {
    const signal = await town.file(worker);
    for (const person of [worker, regisseur, coordinator]) await command(person, `volg ${signal.reference}`);
    await deliverAll(database, town);
    laterBy(1);
    await town.step(coordinator, signal.id, 'in_review');
    const arrived = await deliverAll(database, town);
    expect(
      sentTo(worker, arrived).filter((words) => words.includes('die je volgt') || words.includes('dat je volgt')),
    ).toEqual([]);
    expect(sentTo(worker, arrived).filter((words) => words.includes('opgenomen'))).toHaveLength(1);
    expect(sentTo(regisseur, arrived)).toEqual([]);
    expect(sentTo(coordinator, arrived)).toEqual([]);
  });

  it('says nothing of what happened before', async () => {
    const signal = await town.file(worker);
    await town.step(regisseur, signal.id, 'in_review');
    laterBy(1);
    await command(colleague, `volg ${signal.reference}`);
    expect(sentTo(colleague, await deliverAll(database, town))).toEqual([]);
  });

  it('goes along when the signal is merged, and back when it is taken out again', async () => {
    const signal = await town.file(worker);
    const other = await town.file(worker);
    await command(colleague, `volg ${signal.reference}`);
    for (const { id } of [signal, other]) await town.step(regisseur, id, 'in_review');
    await deliverAll(database, town);
    laterBy(1);
    await town.step(regisseur, signal.id, 'merged', { reference: other.reference });
    await town.step(regisseur, other.id, 'accepted');
    const told = sentTo(colleague, await deliverAll(database, town));
    expect(told).toHaveLength(2);
    expect(told[0]).toContain(`Samengevoegd met ${other.reference}`);
    expect(told[1]).toContain(
      `Je hoort dit omdat ${signal.reference}, dat je volgt, is samengevoegd met ${other.reference}.`,
    );
    await town.step(regisseur, signal.id, 'in_review', { text: 'Het gaat toch over iets anders.' });
    await town.step(regisseur, other.id, 'resolved');
    expect(sentTo(colleague, await deliverAll(database, town))).toHaveLength(1);
  });

  it('tells who follows both of two merged signals once', async () => {
    const signal = await town.file(worker);
    const other = await town.file(worker);
    for (const { id, reference } of [signal, other]) {
      await town.step(regisseur, id, 'in_review');
      await command(colleague, `volg ${reference}`);
    }
    await town.step(regisseur, signal.id, 'merged', { reference: other.reference });
    await deliverAll(database, town);
    await town.step(regisseur, other.id, 'accepted');
    expect(sentTo(colleague, await deliverAll(database, town))).toHaveLength(1);
  });

  it('ends with words when the signal is withdrawn, also for who reads it weekly', async () => {
    const signal = await town.file(worker);
    await command(colleague, `volg ${signal.reference}`);
    await db.follow.updateMany({ where: { municipalityId }, data: { pace: 'weekly' } });
    await deliverAll(database, town);
    laterBy(1);
    await town.step(worker, signal.id, 'withdrawn');
    const told = sentTo(colleague, await deliverAll(database, town));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('ingetrokken');
    expect(told[0]).toContain('je volgt dit signaal niet langer');
    expect(await followsOf(colleague)).toEqual([]);
    expect(wordsOf(await command(colleague, `volg ${signal.reference}`))).toContain('er is niets om te volgen');
  });

  it('is told in English to who reads English', async () => {
    const signal = await town.file(worker);
    await command(otherRegisseur, `follow ${signal.reference}`);
    await db.person.updateMany({ where: { municipalityId, id: otherRegisseur.id }, data: { locale: 'en' } });
    laterBy(1);
    await town.step(regisseur, signal.id, 'in_review');
    const [words] = sentTo(otherRegisseur, await deliverAll(database, town));
    expect(words).toContain('News about a signal you follow: in review');
    expect(words).toContain('Stop sending me this');
    await db.person.updateMany({ where: { municipalityId, id: otherRegisseur.id }, data: { locale: null } });
  });
});

describe('following a neighbourhood or words', () => {
  it('tells of each new signal there, with a way to follow that one', async () => {
    expect(wordsOf(await command(colleague, 'volg rabot'))).toContain('Je volgt nu Rabot - Blaisantvest.');
    const signal = await town.file(worker);
    await town.file(worker, { neighbourhoods: [neighbourhoods.dampoort] });
    const arrived = await deliverAll(database, town);
    const told = sentTo(colleague, arrived);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Nieuw signaal. Je volgt Rabot - Blaisantvest.');
    expect(told[0]).toContain('Wekelijks horen we dat de huurprijzen stijgen.');
    expect(told[0]).not.toMatch(/Werker Een|Buurthuis/);
    const card = arrived.find(({ to }) => to === colleague.id)?.card;
    await pressOn(colleague, card as Card, 'Volg dit signaal');
    expect((await followsOf(colleague)).map(({ signalId }) => signalId)).toContain(signal.id);
  });

  it.each(['huur', 'HUURPRIJZEN', '"betaalbare woning"', 'huur -tolk', 'tolk or huurprijzen'])(
    'finds a new signal by the words %s, as the search does',
    async (words) => {
      await command(colleague, `volg ${words}`);
      await town.file(worker);
      expect(sentTo(colleague, await deliverAll(database, town))).toHaveLength(1);
    },
  );

  it('says nothing of a signal without the words', async () => {
    await command(colleague, 'volg tolken');
    await town.file(worker);
    expect(sentTo(colleague, await deliverAll(database, town))).toEqual([]);
  });

  it('tells of a signal once, however many reasons there are', async () => {
    for (const what of ['rabot', 'huur', 'woning']) await command(colleague, `volg ${what}`);
    await town.file(worker);
    expect(sentTo(colleague, await deliverAll(database, town))).toHaveLength(1);
  });

  it('tells neither who filed it, nor the owner, nor a regisseur in whose channel it stands already', async () => {
    for (const person of [worker, regisseur, otherRegisseur, coordinator]) await command(person, 'volg huur');
    await town.file(worker, { neighbourhoods: [neighbourhoods.rabot, neighbourhoods.dampoort], acute: true });
    const arrived = await deliverAll(database, town);
    for (const person of [worker, regisseur, otherRegisseur, coordinator]) {
      expect(sentTo(person, arrived).filter((words) => words.includes('Nieuw signaal'))).toEqual([]);
    }
  });

  it('comes through quiet hours when the signal is acute, and waits when it is not', async () => {
    await command(colleague, 'volg rabot');
    await db.person.updateMany({
      where: { municipalityId, id: colleague.id },
      data: { quietFrom: 0, quietUntil: 1425 },
    });
    await town.file(worker);
    expect(sentTo(colleague, await deliverAll(database, town))).toEqual([]);
    await town.file(worker, { acute: true });
    expect(sentTo(colleague, await deliverAll(database, town))).toHaveLength(1);
    await db.person.updateMany({
      where: { municipalityId, id: colleague.id },
      data: { quietFrom: null, quietUntil: null },
    });
  });

  it('heard twice, by two workers or after a crash, tells once', async () => {
    await command(colleague, 'volg rabot');
    const signal = await town.file(worker);
    const outbox = createOutbox(town.queue);
    const now = () => town.clock.now;
    const hear = () =>
      hearEvent(
        {
          db,
          outbox,
          listeners: features.flatMap((feature) => feature.listeners ?? []),
          municipality: createMunicipalityReader(db, now),
          now,
        },
        { municipalityId, event: 'signals.filed', params: { signalId: signal.id } },
      );
    await Promise.all([hear(), hear()]);
    await hear();
    expect(sentTo(colleague, await deliverAll(database, town))).toHaveLength(1);
  });
});

describe('what somebody follows', () => {
  it('is listed, on their own page too, with a way to stop each and to hear of it less often', async () => {
    const signal = await town.file(worker);
    for (const what of [signal.reference, 'dampoort', 'huur tolk']) await command(colleague, `volg ${what}`);
    for (const parts of [cardOf(await command(colleague, 'volgt')).parts, (await chat.home(caller(colleague))).parts]) {
      const words = JSON.stringify(parts);
      expect(words).toContain(`${signal.reference} · ontvangen · meteen`);
      expect(words).toContain('Nieuwe signalen in Dampoort · meteen');
      expect(words).toContain('Nieuwe signalen over ‘huur tolk’ · meteen');
    }
    const [first] = await followsOf(colleague);
    expect(wordsOf(await press(colleague, 'following.pace-chosen', { value: first?.id }))).toContain('weekoverzicht');
    expect((await followsOf(colleague)).map(({ pace }) => pace).sort()).toEqual(['at_once', 'at_once', 'weekly']);
    expect(wordsOf(await press(colleague, 'following.stop-chosen', { value: first?.id }))).toContain('niet meer');
    expect(wordsOf(await press(colleague, 'following.stop-chosen', { value: first?.id }))).toContain(
      'Dit volg je niet',
    );
    expect(await followsOf(colleague)).toHaveLength(2);
  });

  it('is nobody else’s to see or to stop', async () => {
    await command(colleague, 'volg huur');
    const [theirs] = await followsOf(colleague);
    expect(wordsOf(await command(worker, 'volgt'))).toContain('Je volgt nog niets');
    for (const action of ['following.stop', 'following.pace']) {
      const payload = { followId: theirs?.id, pace: 'weekly' };
      expect(wordsOf(await press(worker, action, payload))).toContain('Dit volg je niet');
    }
    expect(await followsOf(colleague)).toMatchObject([{ pace: 'at_once' }]);
  });

  it('exists once, however often and however fast somebody presses', async () => {
    await Promise.all(['Huur', 'huur', ' HUUR '].map((what) => command(colleague, `volg ${what}`)));
    expect(await followsOf(colleague)).toHaveLength(1);
  });

  it('stops altogether in one click, which says so in the list and can be taken back', async () => {
    await command(colleague, 'volg rabot');
    await press(colleague, 'settings.stop', { kind: 'following' });
    await town.file(worker);
    expect(sentTo(colleague, await deliverAll(database, town))).toEqual([]);
    const card = cardOf(await command(colleague, 'volgt'));
    await pressOn(colleague, card, 'Stuur ze toch weer');
    await town.file(worker);
    expect(sentTo(colleague, await deliverAll(database, town))).toHaveLength(1);
  });
});

describe('what cannot be followed has its own answer', () => {
  it.each([
    ['volg', 'Wat wil je volgen?'],
    ['volg T-2026-9999', 'T-2026-9999 vinden we niet'],
    ['volg de het een', 'Op deze woorden valt niet te zoeken'],
    [`volg ${'huur '.repeat(50)}`, 'te lang om te volgen'],
  ])('%s', async (typed, answer) => {
    expect(wordsOf(await command(colleague, typed))).toContain(answer);
    expect(await followsOf(colleague)).toEqual([]);
  });

  it('an administrator reads no signals, so follows none', async () => {
    expect(wordsOf(await command(administrator, 'volg huur'))).toContain('wie signalen mag lezen');
    expect(wordsOf(await command(administrator, 'volgt'))).toContain('wie signalen mag lezen');
    const signal = await town.file(worker);
    expect(wordsOf(await press(administrator, 'following.start', { signalId: signal.id }))).toContain('mag lezen');
    expect(readCard(await chat.home(caller(administrator)))).not.toContain('Wat ik volg');
  });

  it('the hundred-and-first', async () => {
    await db.follow.createMany({
      data: Array.from({ length: 100 }, (_, index) => ({
        municipalityId,
        personId: colleague.id,
        search: `woord${index}`,
        since: town.clock.now,
      })),
    });
    expect(wordsOf(await command(colleague, 'volg huur'))).toContain('Je volgt er al 100');
  });

  it('somebody who became an administrator, or left, hears no more', async () => {
    await command(colleague, 'volg rabot');
    const where = { municipalityId_id: { municipalityId, id: colleague.id } };
    for (const data of [{ roles: ['administrator' as const] }, { roles: ['worker' as const], active: false }]) {
      await db.person.update({ where, data });
      await town.file(worker);
      expect(sentTo(colleague, await deliverAll(database, town))).toEqual([]);
    }
    await db.person.update({ where, data: { active: true } });
  });
});
