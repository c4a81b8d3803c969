import type { Json } from './json.js';

export interface FakePerson {
  objectId: string;
  /** Towards this bot. */
  mri: string;
  name: string;
  email: string;
  locale: string;
  guest: boolean;
  /** Undefined: the bot is not installed for them. */
  chat: string | undefined;
  blocked: boolean;
}

export interface FakeTeam {
  id: string;
  channels: string[];
  members: Set<string>;
  installed: boolean;
}

/** A chat of several people, with the bot in it. */
export interface FakeGroup {
  id: string;
  members: Set<string>;
  installed: boolean;
}

export interface FakeMessage {
  id: string;
  conversationId: string;
  /** Mri, or `bot`. */
  from: string;
  text: string;
  summary: string;
  card: Json | undefined;
  /** Cards it showed before, oldest first. */
  edits: (Json | undefined)[];
}

/** People, teams and what was said: the state behind the fake. */
export class World {
  readonly people: FakePerson[] = [];
  readonly teams: FakeTeam[] = [];
  readonly groups: FakeGroup[] = [];
  readonly messages: FakeMessage[] = [];
  readonly knownChats = new Set<string>();
  #clock = 1_764_000_000_000;

  /** Message ids are moments, and each is later than the one before. */
  nextId(): string {
    return String(++this.#clock);
  }

  addPerson(person: Pick<FakePerson, 'objectId' | 'name'> & Partial<FakePerson>): FakePerson {
    const slug = person.name.toLowerCase().replaceAll(/\W+/g, '.');
    const full: FakePerson = {
      mri: `29:1${slug}-towards-this-bot`,
      email: `${slug}@teststad.example`,
      locale: 'nl-BE',
      guest: false,
      chat: `a:1${slug}`,
      blocked: false,
      ...person,
    };
    this.people.push(full);
    return full;
  }

  person(id: string): FakePerson {
    const found = this.findPerson(id);
    if (!found) throw new Error(`Nobody in the fake Teams is called ${id}.`);
    return found;
  }

  findPerson(id: string): FakePerson | undefined {
    return this.people.find(({ mri, objectId }) => mri === id || objectId === id);
  }

  teamOf(channelId: string): FakeTeam | undefined {
    return this.teams.find(({ id, channels }) => id === channelId || channels.includes(channelId));
  }

  group(id: string): FakeGroup | undefined {
    return this.groups.find((group) => group.id === id);
  }

  message(conversationId: string, id: string): FakeMessage | undefined {
    return this.messages.find((message) => message.conversationId === conversationId && message.id === id);
  }
}
