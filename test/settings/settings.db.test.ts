import { afterAll, describe, expect, it } from 'vitest';
import type { FormValues } from '../../src/chat/form.js';
import { followAccount } from '../../src/people/follow-account.js';
import type { Person } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, municipalityId, people, caller } = town;
afterAll(() => town.stop());

const open = async (person: Person, command = 'instellingen') => {
  const reply = await chat.command(caller(person), 'signaal', command);
  if (reply.kind !== 'form') throw new Error(`No form but ${wordsOf(reply)}`);
  return reply.form;
};
const save = async (person: Person, values: FormValues) =>
  chat.submit(caller(person), (await open(person)).token, { ...(await filledIn(person)), ...values });
/** What stands in the form when it opens. */
const filledIn = async (person: Person): Promise<FormValues> =>
  Object.fromEntries(
    (await open(person)).view.parts.flatMap((part) =>
      part.kind === 'select' || part.kind === 'multiselect' ? [[part.id, part.value]] : [],
    ),
  );
const rowOf = (person: Person) =>
  db.person.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id: person.id } } });

describe('the settings screen', () => {
  it('opens for everyone, in four words of both languages', async () => {
    for (const word of ['instellingen', 'voorkeuren', 'settings', 'preferences']) {
      expect((await open(people.worker, word)).view.title).toBe('Jouw instellingen');
    }
    expect((await open(people.administrator)).view.submitLabel).toBe('Bewaar');
  });

  it('keeps every choice, and shows it the next time', async () => {
    const values = { language: 'en', quietFrom: '22:00', quietUntil: '07:00', digestDay: '5', digestAt: '16:30' };
    expect(wordsOf(await save(people.worker, values))).toContain('Your settings are saved.');
    expect(await filledIn(people.worker)).toMatchObject(values);
    expect((await open(people.worker)).view.title).toBe('Your settings');
    expect(await rowOf(people.worker)).toMatchObject({
      locale: 'en',
      quietFrom: 1_320,
      quietUntil: 420,
      digestDay: 5,
      digestAt: 990,
    });
  });

  it('gives quiet hours up again', async () => {
    await save(people.colleague, { quietFrom: '22:00', quietUntil: '07:00' });
    await save(people.colleague, { quietFrom: 'none' });
    expect(await rowOf(people.colleague)).toMatchObject({ quietFrom: null, quietUntil: null });
  });

  it('says what is wrong at its field, and writes nothing', async () => {
    const before = await rowOf(people.colleague);
    const same = await save(people.colleague, { language: 'en', quietFrom: '22:00', quietUntil: '22:00' });
    expect(same).toMatchObject({ kind: 'again', errors: { quietUntil: expect.stringContaining('hetzelfde uur') } });
    for (const wrong of [{ quietUntil: '25:00' }, { digestDay: '9' }, { language: 'fr' }, { quietFrom: '22:10' }]) {
      expect(await save(people.colleague, wrong)).toMatchObject({
        kind: 'again',
        errors: { [Object.keys(wrong)[0] as string]: expect.any(String) },
      });
    }
    expect(await rowOf(people.colleague)).toEqual(before);
  });

  it('sent twice, or in another order on two devices, ends as the last one says', async () => {
    const form = await open(people.coordinator);
    const values = { ...(await filledIn(people.coordinator)), digestAt: '10:00' };
    expect((await chat.submit(caller(people.coordinator), form.token, values)).kind).toBe('done');
    expect((await chat.submit(caller(people.coordinator), form.token, values)).kind).toBe('done');
    const [one, other] = [await open(people.coordinator), await open(people.coordinator)];
    await Promise.all([
      chat.submit(caller(people.coordinator), one.token, { ...values, digestAt: '11:00' }),
      chat.submit(caller(people.coordinator), other.token, { ...values, digestAt: '11:00' }),
    ]);
    expect(await rowOf(people.coordinator)).toMatchObject({ digestAt: 660 });
  });

  it('asks for the platform only who has more than one, and never one that is not theirs', async () => {
    const fields = async () => (await open(people.regisseur)).view.parts.map((part) => ('id' in part ? part.id : ''));
    expect(await fields()).not.toContain('platform');
    await save(people.regisseur, { platform: 'slack' });
    expect(await rowOf(people.regisseur)).toMatchObject({ tellOn: null });
    await db.account.create({
      data: { municipalityId, personId: people.regisseur.id, platform: 'slack', externalId: 'U0REGISSEUR' },
    });
    expect(await fields()).toContain('platform');
    await save(people.regisseur, { platform: 'slack' });
    expect(await rowOf(people.regisseur)).toMatchObject({ tellOn: 'slack' });
  });
});

describe('the language somebody chose', () => {
  const platformSays = (person: Person, locale: string) =>
    followAccount(db, {
      municipalityId,
      platform: 'playground',
      account: { externalId: person.id, locale },
      active: true,
    });

  it('stays, whatever the platform says of it later, until they leave it to the platform again', async () => {
    await save(people.otherRegisseur, { language: 'en' });
    await platformSays(people.otherRegisseur, 'nl-BE');
    expect(await rowOf(people.otherRegisseur)).toMatchObject({ locale: 'en' });
    await save(people.otherRegisseur, { language: 'none' });
    await platformSays(people.otherRegisseur, 'nl-BE');
    expect(await rowOf(people.otherRegisseur)).toMatchObject({ locale: 'nl' });
  });
});

it('one’s own page shows the settings, with the way to change them', async () => {
  await save(people.coordinator, { quietFrom: '21:00', quietUntil: '06:30', digestDay: '1', digestAt: '08:30' });
  const { parts } = await chat.home(caller(people.coordinator));
  const from = parts.findIndex((part) => part.kind === 'heading' && part.text === 'Jouw instellingen');
  const shown = parts.slice(from, from + 3);
  const said = JSON.stringify(shown);
  for (const words of ['Jouw instellingen', 'van 21:00 tot 06:30', 'maandag om 08:30', 'Wijzig instellingen']) {
    expect(said).toContain(words);
  }
  const button = shown.at(-1);
  expect(button?.kind === 'buttons' && button.buttons[0]?.action).toBe('settings.open');
  expect((await chat.press(caller(people.coordinator), 'settings.open', {})).kind).toBe('form');
});
