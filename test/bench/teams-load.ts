import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { at, isJson, listAt, type Json } from '../fakes/teams/json.js';
import { TokenIssuer } from '../fakes/teams/token-issuer.js';
import { load, type Timed } from './http-load.js';

export const BOT = {
  appId: '22222222-2222-4222-8222-222222222222',
  password: 'a client secret for the bench',
  tenantId: '11111111-1111-4111-8111-111111111111',
};
const WORKERS = 50;

/** The Entra object id of the person whose turn it is. */
export const teamsUserOf = (index: number) => `00000000-0000-4000-8000-${String(index % WORKERS).padStart(12, '0')}`;

export interface MicrosoftStub {
  url: string;
  /** For requests to the bot, as Teams sends them. */
  authorization: string;
  /** How many messages the bot sent. */
  sent(): number;
  close(): void;
}

/** A Microsoft that answers every call at once: the keys tokens are signed with, the bot's own token, the Bot Connector. */
export async function startMicrosoftStub(): Promise<MicrosoftStub> {
  let sent = 0;
  const issuer = new TokenIssuer(BOT, () => `${url}/emea/`);
  const answer = async (path: string, body: string): Promise<object> => {
    if (path === '/openid') return issuer.metadata(url);
    if (path === '/keys') return issuer.keys();
    if (path.startsWith('/login/')) return issuer.grant(BOT.tenantId, new URLSearchParams(body)).body;
    sent += 1;
    return { id: String(1_764_000_000_000 + sent) };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void answer(request.url ?? '', Buffer.concat(chunks).toString('utf8')).then((content) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(content)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    authorization: `Bearer ${await issuer.inbound()}`,
    sent: () => sent,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Fifty people in their own chats with one bot. */
export function createTeamsLoad({ url: microsoft, authorization }: MicrosoftStub, bot: string, atOnce: number) {
  const headers = { 'content-type': 'application/json; charset=utf-8', authorization };
  const deliver = (
    times: number,
    activity: (index: number) => Json,
    expected: (answer: string, index: number) => boolean,
  ) =>
    load(
      times,
      atOnce,
      (index) => ({
        url: bot,
        headers,
        body: JSON.stringify({ ...from(index, `${microsoft}/emea/`), ...activity(index) }),
      }),
      expected,
    );
  const invoke = (name: string, data: Json): Json => ({
    type: 'invoke',
    id: `f:${randomUUID()}`,
    name,
    // The bare side finds its handler by the verb.
    value: { data: { ...data, verb: 'form' }, context: { theme: 'default' } },
  });
  return {
    /** Says `help`. */
    say: (times: number): Promise<Timed> =>
      deliver(
        times,
        () => ({ type: 'message', id: randomUUID(), text: 'help', textFormat: 'plain' }),
        (answer) => answer === '',
      ),

    /** Presses the button that opens the form in a window. @returns each one's card, by turn. */
    async open(times: number): Promise<Timed & { cards: Map<number, Json> }> {
      const cards = new Map<number, Json>();
      const press = { wijk: { do: 'press', action: 'signals.file', payload: {} } };
      const timed = await deliver(
        times,
        () => invoke('task/fetch', press),
        (answer, index) => {
          const card = at(JSON.parse(answer), 'task', 'value', 'card', 'content');
          if (isJson(card)) cards.set(index, card);
          return isJson(card);
        },
      );
      return { ...timed, cards };
    },

    /** Sends the windows that were opened, filled in with words nobody used before. */
    submit: (cards: Map<number, Json>, neighbourhoodIds: string[]): Promise<Timed> =>
      deliver(
        cards.size,
        (index) => {
          const [send] = listAt(cards.get(index), 'actions');
          const data = { ...(send?.['data'] as Json), ...filledIn(cards.get(index), index, neighbourhoodIds) };
          return invoke('task/submit', data);
        },
        (answer) => /B-\d{4}-\d{4,}/.test(answer),
      ),
  };
}

function from(index: number, serviceUrl: string): Json {
  const objectId = teamsUserOf(index);
  return {
    channelId: 'msteams',
    serviceUrl,
    timestamp: new Date().toISOString(),
    from: { id: `29:${objectId}`, name: `Werker ${index % WORKERS}`, aadObjectId: objectId },
    recipient: { id: `28:${BOT.appId}`, name: 'Wijksignaal' },
    conversation: { id: `a:${objectId}`, conversationType: 'personal', tenantId: BOT.tenantId },
    channelData: { tenant: { id: BOT.tenantId } },
  };
}

/** Every input of the form: the ones that must be there, and nothing in the others, as Teams sends them. */
function filledIn(card: unknown, index: number, neighbourhoodIds: string[]): Record<string, string> {
  const words = (count: number) => Array.from({ length: count }, () => randomUUID().replaceAll(/[\d-]/g, '')).join(' ');
  const kinds = at(listAt(card, 'actions')[0], 'data', 'wijk', 'kinds');
  const empty = Object.fromEntries(Object.keys(isJson(kinds) ? kinds : {}).map((id) => [id, '']));
  return {
    ...empty,
    description: words(6),
    title: words(2),
    neighbourhoods: neighbourhoodIds[index % neighbourhoodIds.length] ?? '',
    statement: 'true',
  };
}
