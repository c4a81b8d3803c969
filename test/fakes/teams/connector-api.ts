import type { FakeTeams } from './fake-teams.js';
import { wrongWithCard } from './card-rules.js';
import { at, isJson, listAt, textAt, type Json } from './json.js';
import type { FakeMessage, FakePerson } from './world.js';

export interface ApiAnswer {
  status: number;
  body?: object | undefined;
  headers?: Record<string, string>;
}

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference */
const error = (status: number, code: string, message = code): ApiAnswer => ({
  status,
  body: { error: { code, message } },
});

/** What the Bot Connector does with a call, after the token was checked. */
export function answerConnector(fake: FakeTeams, method: string, path: string, body: unknown): ApiAnswer {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const [version, kind, conversationId, what, id] = parts;
  if (version === 'v3' && kind === 'teams' && what === 'conversations') return channelsOf(fake, conversationId ?? '');
  if (version !== 'v3' || kind !== 'conversations') return error(404, 'NotFound', path);
  if (method === 'POST' && conversationId === undefined) return create(fake, body);
  if (conversationId === undefined) return error(405, 'BadArgument');
  if (method === 'POST' && what === 'activities') return send(fake, conversationId, body);
  if (method === 'PUT' && what === 'activities' && id !== undefined) return update(fake, conversationId, id, body);
  if (method === 'GET' && what === 'members' && id !== undefined) return member(fake, conversationId, id);
  return error(405, 'BadArgument', `${method} ${path}`);
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context */
function channelsOf({ world }: FakeTeams, teamId: string): ApiAnswer {
  const team = world.teams.find(({ id }) => id === teamId);
  if (!team) return error(404, 'NotFound');
  if (!team.installed) return error(403, 'BotNotInConversationRoster');
  return { status: 200, body: { conversations: team.channels.map((id) => ({ id, name: id })) } };
}

function create(fake: FakeTeams, body: unknown): ApiAnswer {
  const { world, bot } = fake;
  if (textAt(body, 'bot', 'id') !== `28:${bot.appId}`)
    return error(400, 'BadSyntax', 'The bot is not the one that asks.');
  if ((textAt(body, 'tenantId') ?? textAt(body, 'channelData', 'tenant', 'id')) !== bot.tenantId)
    return error(403, 'ForbiddenOperationException', 'Another tenant.');
  const channel = textAt(body, 'channelData', 'channel', 'id');
  if (channel !== undefined) {
    const team = world.teamOf(channel);
    if (!team) return error(404, 'ConversationNotFound');
    if (!team.installed) return error(403, 'BotNotInConversationRoster');
    const taken = take(fake, channel, at(body, 'activity'));
    if ('status' in taken) return taken;
    const messageId = world.nextId();
    const conversation = `${channel};messageid=${messageId}`;
    keep(fake, conversation, messageId, taken);
    return { status: 201, body: { id: conversation, activityId: messageId } };
  }
  const [wanted] = listAt(body, 'members');
  const person = world.findPerson(textAt(wanted, 'id') ?? '');
  if (!person) return error(403, 'ForbiddenOperationException', 'Nobody of this tenant.');
  const refused = refusal(person);
  if (refused) return refused;
  return { status: 201, body: { id: person.chat } };
}

function send(fake: FakeTeams, conversationId: string, body: unknown): ApiAnswer {
  const refused = whyNot(fake, conversationId);
  if (refused) return refused;
  const taken = take(fake, conversationId, body);
  if ('status' in taken) return taken;
  const messageId = fake.world.nextId();
  keep(fake, conversationId, messageId, taken);
  return { status: 201, body: { id: messageId } };
}

function update(fake: FakeTeams, conversationId: string, id: string, body: unknown): ApiAnswer {
  const refused = whyNot(fake, conversationId);
  if (refused) return refused;
  const message = fake.world.message(conversationId, id);
  if (!message) return error(404, 'ActivityNotFoundInConversation');
  if (message.from !== 'bot') return error(403, 'ForbiddenOperationException', 'Not the bot’s own.');
  const taken = take(fake, conversationId, body);
  if ('status' in taken) return taken;
  message.edits.push(message.card);
  Object.assign(message, taken);
  return { status: 200, body: { id } };
}

function member({ world, bot }: FakeTeams, conversationId: string, id: string): ApiAnswer {
  const person = world.findPerson(id);
  const base = conversationId.replace(/;messageid=.*$/, '');
  const members = (world.teamOf(base) ?? world.group(base))?.members;
  const here = members?.has(person?.objectId ?? '') ?? person?.chat === conversationId;
  if (!person || !here) return error(404, 'MemberNotFoundInConversation');
  const { mri, objectId, name, email, guest } = person;
  return {
    status: 200,
    body: {
      id: mri,
      name,
      objectId,
      aadObjectId: objectId,
      givenName: name.split(' ')[0],
      surname: name.split(' ').slice(1).join(' '),
      email,
      userPrincipalName: email,
      tenantId: bot.tenantId,
      userRole: guest ? 'guest' : 'user',
    },
  };
}

/** Undefined: the bot may speak there. */
function whyNot({ world }: FakeTeams, conversationId: string): ApiAnswer | undefined {
  const person = world.people.find(({ chat }) => chat === conversationId);
  if (person) return refusal(person);
  const formerly = world.knownChats.has(conversationId);
  if (formerly) return error(403, 'BotNotInConversationRoster');
  const group = world.group(conversationId);
  if (group) return group.installed ? undefined : error(403, 'BotNotInConversationRoster');
  const [channel = '', root] = conversationId.split(';messageid=');
  const team = world.teamOf(channel);
  if (!team) return error(404, 'ConversationNotFound');
  if (!team.installed) return error(403, 'BotNotInConversationRoster');
  const known = root === undefined || world.messages.some((message) => message.conversationId === conversationId);
  return known ? undefined : error(404, 'ConversationNotFound');
}

function refusal({ chat, blocked }: FakePerson): ApiAnswer | undefined {
  if (blocked) return error(403, 'MessageWritesBlocked', 'The person blocked the bot.');
  return chat === undefined ? error(403, 'BotNotInConversationRoster') : undefined;
}

type Content = Pick<FakeMessage, 'text' | 'summary' | 'card'>;

/** A message's content, or why Teams does not take it. */
function take(fake: FakeTeams, conversationId: string, activity: unknown): Content | ApiAnswer {
  if (!isJson(activity) || activity['type'] !== 'message') return error(400, 'BadSyntax', 'No message.');
  const attachments = listAt(activity, 'attachments');
  const cards = attachments.filter(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive');
  if (cards.length !== attachments.length) return error(400, 'BadSyntax', 'An attachment of an unknown kind.');
  const text = textAt(activity, 'text') ?? '';
  if (text === '' && cards.length === 0) return error(400, 'BadArgument', 'Nothing is said.');
  if (Buffer.byteLength(JSON.stringify(activity)) > 28 * 1_024) return error(413, 'MessageSizeTooBig');
  if (cards.length > 0 && !textAt(activity, 'summary'))
    fake.complain('A card came without a summary for notifications.');
  for (const { content } of cards) {
    const problems = wrongWithCard(content);
    if (problems.length > 0) {
      fake.complain(...problems);
      return error(400, 'BadSyntax', problems.join(' '));
    }
  }
  const wait = fake.pace.take(conversationId);
  if (wait > 0)
    return { ...error(429, 'TooManyRequests'), headers: { 'retry-after': String(Math.ceil(wait / 1_000)) } };
  const card = cards[0]?.['content'];
  return {
    text,
    summary: textAt(activity, 'summary') ?? '',
    card: isJson(card) ? (structuredClone(card) as Json) : undefined,
  };
}

function keep({ world }: FakeTeams, conversationId: string, id: string, content: Content): void {
  world.messages.push({ id, conversationId, from: 'bot', edits: [], ...content });
}
