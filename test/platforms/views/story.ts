import type { Reply } from '../../../src/chat/feature.js';
import type { FormValues } from '../../../src/chat/form.js';
import { createOneTimeCodes } from '../../../src/chat/one-time-code.js';
import type { SubmitResult } from '../../../src/chat/chat.js';
import type { Locale } from '../../../src/chat/texts.js';
import { MunicipalitySettings } from '../../../src/municipality/municipality-settings.js';
import type { OpenDatabase, Person, Role, Signal } from '../../../src/storage/database.js';
import { FORM_KEY } from '../../support/form-key.js';
import { openTown, wordsOf, type Town } from '../../support/town.js';
import { playForums, playNewsletters } from './gatherings.js';
import { playPeople } from './people.js';
import { watchViews, type SeenViews } from './see-views.js';
import { playSignals } from './signals.js';

/** A town in which every capability has something to show, and ways to make it happen. */
export interface Story extends Pick<Town, 'people' | 'chat' | 'caller' | 'municipalityId' | 'neighbourhoods'> {
  db: OpenDatabase['db'];
  town: Town;
  views: SeenViews;
  /** Changes the municipality's settings; what the chat knows of them is a little old, so its clock goes on. */
  settle(change: object): Promise<void>;
  /** The next person of this role. */
  join(name: string, role: Role): Promise<Person>;
  say(person: Person, text: string, name?: string): Promise<Reply>;
  press(person: Person, action: string, payload?: object): Promise<Reply>;
  /** Presses, and fills in the form; again with what was asked ticked. Says so when nothing came of it. */
  act(person: Person, action: string, payload: object, values: FormValues): Promise<void>;
  fillIn(person: Person, reply: Reply, values: FormValues): Promise<void>;
  /** Files a signal a minute later. */
  file(person: Person, title: string, more?: FormValues): Promise<Signal>;
  /** What a signal's button carries now. */
  on(signal: Signal): Promise<{ signalId: string; seen: number }>;
  /** Lets time pass, and what is owed go out. */
  later(moment: string): Promise<void>;
  codeFor(id: string): string;
}

/** Plays what people do with the product, from the first signal to the newsletter, and keeps all that it shows them. */
export async function playStory(database: OpenDatabase, locale: Locale): Promise<Story & { stop(): Promise<void> }> {
  const town = await openTown(database);
  const { db } = database;
  const { chat, caller, municipalityId } = town;
  await db.municipality.update({ where: { id: municipalityId }, data: { locale: `${locale}-BE` } });
  const views = watchViews(db, town);
  let settings = {};
  const story: Story = {
    ...town,
    db,
    town,
    views,
    async settle(change) {
      settings = { ...settings, ...change };
      const data = { settings: MunicipalitySettings.parse(settings) };
      await db.municipality.update({ where: { id: municipalityId }, data });
      town.clock.now = new Date(town.clock.now.getTime() + 10_000);
    },
    async join(name, role) {
      const person = await db.person.create({ data: { municipalityId, name, roles: [role] } });
      const account = { municipalityId, personId: person.id, platform: 'playground', externalId: person.id };
      await db.account.create({ data: account });
      return person;
    },
    say: (person, text, name = 'signaal') => chat.command(caller(person), name, text),
    press: (person, action, payload = {}) => chat.press(caller(person), action, payload),
    act: async (person, action, payload, values) =>
      story.fillIn(person, await story.press(person, action, payload), values),
    async fillIn(person, reply, values) {
      if (reply.kind !== 'form') throw new Error(`No form but ${wordsOf(reply)}`);
      const { token } = reply.form;
      const submit = (more: FormValues): Promise<SubmitResult> =>
        chat.submit(caller(person), token, { ...values, ...more });
      let result = await submit({});
      if (result.kind === 'again' && Object.keys(result.errors).length === 0) {
        const asked = result.form.view.parts.flatMap((part) => (part.kind === 'tick' ? [[part.id, true]] : []));
        result = await submit(Object.fromEntries(asked) as FormValues);
      }
      if (result.kind !== 'done') throw new Error(`Not done: ${JSON.stringify(result)}`);
    },
    async file(person, title, more = {}) {
      town.clock.now = new Date(town.clock.now.getTime() + 60_000);
      return town.file(person, { title, ...more });
    },
    on: async ({ id }) => ({ signalId: id, seen: (await town.signal(id)).version }),
    async later(moment) {
      await town.tickAt(moment);
      await views.deliver();
    },
    codeFor: createOneTimeCodes(FORM_KEY),
  };
  await story.settle({ linking: { domains: ['voorbeeld.example'] } });
  await playSignals(story);
  await playPeople(story);
  await playForums(story);
  await playNewsletters(story);
  return Object.assign(story, { stop: () => town.stop() });
}
