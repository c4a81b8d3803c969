import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FakeTeams } from './fake-teams.js';
import { isJson, type Json } from './json.js';
import type { FakePerson } from './world.js';

type Fixture =
  | 'conversation-update'
  | 'installation-update'
  | 'invoke'
  | 'message-card-submit'
  | 'message-channel'
  | 'message-group'
  | 'message-personal'
  | 'message-reaction'
  | 'message-update';

const fixture = (name: Fixture): Json =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as Json;

/** Where an activity happens: somebody's chat with the bot, a channel (with the message its thread hangs under), a group chat. */
export type Place = { chat: string } | { channel: string; root?: string } | { group: string };

/** A real activity with who, where and when filled in. */
export function activityFrom(fake: FakeTeams, name: Fixture, person: FakePerson, place: Place, more: Json = {}): Json {
  const { bot } = fake;
  const base = fixture(name);
  const tenant = { id: bot.tenantId };
  const conversation = conversationOf(place);
  const team = 'channel' in place ? fake.world.teamOf(place.channel) : undefined;
  const inTeam =
    'channel' in place
      ? {
          teamsChannelId: place.channel,
          teamsTeamId: team?.id,
          channel: { id: place.channel },
          team: { id: team?.id },
        }
      : {};
  return merge(base, {
    id:
      name === 'message-personal' || name === 'message-channel' || name === 'message-group'
        ? fake.world.nextId()
        : `f:${randomUUID()}`,
    serviceUrl: fake.serviceUrl,
    from: {
      id: person.mri,
      aadObjectId: person.objectId,
      ...('name' in (base['from'] as Json) && { name: person.name }),
    },
    recipient: { id: `28:${bot.appId}` },
    conversation: { ...conversation, tenantId: bot.tenantId },
    channelData: { tenant, ...inTeam },
    ...('locale' in base && { locale: person.locale }),
    ...more,
  });
}

function conversationOf(place: Place): Json {
  if ('chat' in place) return { id: place.chat, conversationType: 'personal' };
  if ('group' in place) return { id: place.group, conversationType: 'groupChat', isGroup: true };
  const id = place.root === undefined ? place.channel : `${place.channel};messageid=${place.root}`;
  return { id, conversationType: 'channel', isGroup: true };
}

/** Objects are merged, everything else is replaced; undefined takes a key away. */
function merge(base: Json, over: Json): Json {
  const merged = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    return [key, isJson(before) && isJson(value) ? merge(before, value) : value] as const;
  });
  return Object.fromEntries(
    Object.entries({ ...base, ...Object.fromEntries(merged) }).filter(([, value]) => value !== undefined),
  );
}
