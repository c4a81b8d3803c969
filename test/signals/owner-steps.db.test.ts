import { afterAll, describe, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { findTransition } from '../../src/signals/transitions.js';
import { SignalStatus } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

/** A signal set to this status, as if it had come there. */
const signalAt = async (status: SignalStatus) => {
  const { id } = await town.file(people.worker);
  return db.signal.update({ where: { municipalityId_id: { municipalityId, id } }, data: { status } });
};

describe('the owner’s card', () => {
  const pressMore = async (signalId: string) => {
    const { version } = await town.signal(signalId);
    const reply = await chat.press(caller(people.regisseur), 'signals.more', { signalId, seen: version });
    const part = reply.kind === 'card' && reply.card.parts.find(({ kind }) => kind === 'select');
    return part && part.kind === 'select' ? part : undefined;
  };

  it.each(Object.values(SignalStatus))(
    'of a signal that is %s has six buttons at most, and a menu for the rest',
    async (status) => {
      const signal = await signalAt(status);
      const card = await chat.command(caller(people.regisseur), 'signaal', `status ${signal.reference}`);
      const buttons =
        card.kind === 'card'
          ? card.card.parts.flatMap((part) => (part.kind === 'buttons' ? [...part.buttons, ...(part.more ?? [])] : []))
          : [];
      expect(buttons.length).toBeLessThanOrEqual(6);
      const menu = await pressMore(signal.id);
      const offered = [
        ...buttons.map(({ payload }) => payload['to']),
        ...(menu?.options ?? []).map(({ value }) => value.replace('to:', '')),
      ];
      for (const to of Object.values(SignalStatus)) {
        const transition = findTransition(status, to);
        expect(offered.includes(to), to).toBe(transition?.by === 'owner');
      }
      // Every choice leads somewhere: a form, a card, or the step itself.
      for (const { value } of menu?.options ?? []) {
        const { version } = await town.signal(signal.id);
        const reply = await chat.press(caller(people.regisseur), 'signals.choose', {
          signalId: signal.id,
          seen: version,
          value,
        });
        expect(wordsOf(reply), value).not.toContain('Deze knop werkt niet meer');
      }
    },
  );

  it('gives the menu to nobody else', async () => {
    const signal = await signalAt('in_review');
    const payload = { signalId: signal.id, seen: signal.version };
    for (const who of [people.worker, people.otherRegisseur, people.administrator]) {
      expect(wordsOf(await chat.press(caller(who), 'signals.more', payload))).toContain('Regisseur Een');
      const chosen = await chat.press(caller(who), 'signals.choose', { ...payload, value: 'to:merged' });
      expect(wordsOf(chosen)).toContain('Regisseur Een');
    }
    const nonsense = await chat.press(caller(people.regisseur), 'signals.choose', {
      ...payload,
      value: 'administration.retry',
    });
    expect(wordsOf(nonsense)).toContain('kan niet vanuit');
  });
});

describe('redirecting', () => {
  it.each(['city', 'flemish', 'federal', 'complaints', 'residents', 'other'])(
    'to %s tells the filer where to and why',
    async (destination) => {
      const signal = await signalAt('in_review');
      await town.step(people.regisseur, signal.id, 'redirected', { destination, text: 'Daar beslissen ze hierover.' });
      const status = wordsOf(await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`));
      expect(status).toContain('Doorverwezen naar');
      expect(status).toContain('Daar beslissen ze hierover.');
    },
  );
});

describe('the municipality’s own words for a step', () => {
  it('stand in the form to be changed, in the municipality’s language, with the signal’s facts', async () => {
    const own = await openTown(database, 'S');
    await db.municipality.update({
      where: { id: own.municipalityId },
      data: {
        settings: MunicipalitySettings.parse({
          templates: {
            accepted: { nl: '{reference} ({title}) is weerhouden. Dank je.' },
            closed: { nl: 'Afgesloten.' },
          },
        }),
      },
    });
    own.clock.now = new Date(TOWN_NOW.getTime() + 3_600_000);
    const signal = await own.file(own.people.worker, { title: 'Kosten $& van school' });
    await own.step(own.people.regisseur, signal.id, 'in_review');
    const payload = { signalId: signal.id, seen: 2, to: 'accepted' };
    const reply = await own.chat.press(own.caller(own.people.regisseur), 'signals.step', payload);
    const field = reply.kind === 'form' ? reply.form.view.parts[0] : undefined;
    expect(field).toMatchObject({
      kind: 'multiline',
      required: false,
      value: `${signal.reference} (Kosten $& van school) is weerhouden. Dank je.`,
    });
    const token = reply.kind === 'form' ? reply.form.token : '';
    await own.chat.submit(own.caller(own.people.regisseur), token, { text: 'Weerhouden, in mijn woorden.' });
    const status = await own.chat.command(own.caller(own.people.worker), 'signaal', `status ${signal.reference}`);
    expect(wordsOf(status)).toContain('Weerhouden, in mijn woorden.');
    await own.stop();
  });
});
