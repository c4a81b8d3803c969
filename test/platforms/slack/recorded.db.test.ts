import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { isObject, type JsonObject } from '../../fakes/slack/json.js';
import { openSlackTown, sure } from './slack-town.js';

const town = await openSlackTown();
const { slack, worker, db, municipalityId, app } = town;

/** A payload in the shape real workspaces send (test/fakes/slack/fixtures), about the people who are here. */
function recorded(name: string, change: (payload: JsonObject) => void = () => undefined): JsonObject {
  const text = readFileSync(`test/fakes/slack/fixtures/${name}.json`, 'utf8')
    .replaceAll('T07DORP0001', slack.team.id)
    .replaceAll('U07JANA0001', worker.id)
    .replaceAll('U07BOTBOT01', SEED.botUser)
    .replaceAll('B07BOTBOT01', SEED.bot)
    .replaceAll('C07PLEIN001', SEED.generalChannel)
    .replaceAll(/https:\/\/hooks\.slack\.com\/[^"]*/g, responseUrl);
  const payload = JSON.parse(text) as JsonObject;
  change(payload);
  return payload;
}

/** One that Slack made a moment ago. */
await worker.command('/signaal', 'help');
const responseUrl = `${slack.url}${sure([...slack.world.responseUrls.keys()].at(-1))}`;

let events = 0;
async function send(payload: JsonObject) {
  const isForm = payload.command !== undefined;
  const isEvent = payload.type === 'event_callback';
  if (isEvent) payload.event_id = `EvRecorded${(events += 1)}`;
  const fields = Object.entries(payload).map(([key, value]) => [key, String(value)]);
  return slack.raw(
    isEvent
      ? { contentType: 'application/json', body: JSON.stringify(payload) }
      : {
          contentType: 'application/x-www-form-urlencoded',
          body: new URLSearchParams(
            isForm ? (Object.fromEntries(fields) as Record<string, string>) : { payload: JSON.stringify(payload) },
          ).toString(),
        },
  );
}

async function traces() {
  const where = { municipalityId };
  return {
    signals: await db.signal.count({ where }),
    entries: await db.timelineEntry.count({ where }),
    deliveries: await db.delivery.count({ where }),
    people: await db.person.count({ where }),
  };
}
const said = () => slack.ephemerals(worker.id).map((each) => slack.textOf(each));

const ALL = [
  ...['slash-command', 'global-shortcut', 'message-shortcut', 'block-actions-message', 'block-actions-ephemeral'],
  ...['block-actions-home', 'block-actions-modal', 'block-suggestion', 'view-submission', 'view-closed'],
  ...['event-message', 'event-mention', 'event-own-message', 'event-message-changed', 'event-reaction'],
  ...['event-home-opened', 'event-link-shared', 'event-link-composer', 'event-tokens-revoked', 'event-user-change'],
];

describe('every recorded shape', () => {
  it.each(ALL)('is taken without a failure, and writes no signal: %s', async (name) => {
    const before = await traces();
    expect((await send(recorded(name))).status).toBe(200);
    await slack.settled();
    expect(await traces()).toEqual(before);
  });

  it.each(['global-shortcut', 'block-actions-message', 'block-suggestion', 'view-submission'])(
    'is taken of an org-wide installation too, where the team is null and the person is the enterprise’s: %s',
    async (name) => {
      const payload = recorded(name, (given) => {
        given.team = null;
        given.enterprise = { id: 'E0GRID', name: 'Provincie' };
        given.is_enterprise_install = true;
        if (isObject(given.user)) given.user.team_id = 'E0GRID';
      });
      expect((await send(payload)).status).toBe(200);
    },
  );

  it('is taken of a command on Enterprise Grid, whose "false" is text', async () => {
    const payload = recorded('slash-command', (given) => {
      Object.assign(given, {
        command: '/signaal',
        text: 'help',
        enterprise_id: 'E0GRID',
        enterprise_name: 'Provincie',
      });
    });
    const answered = await send(payload);
    expect(answered.status).toBe(200);
    expect(answered.body).toContain('/signaal status');
  });
});

describe('what only real payloads hold', () => {
  it('a button on a message for one person comes without the message: it is answered there', async () => {
    const before = said().length;
    expect((await send(recorded('block-actions-ephemeral'))).status).toBe(200);
    expect(said().slice(before).join()).toContain('Deze knop werkt niet meer');
  });

  it('the bot hears itself, and its own changes: nothing comes of it', async () => {
    const messages = slack.messages(SEED.generalChannel).length;
    await send(recorded('event-own-message'));
    await send(recorded('event-message-changed'));
    await slack.settled();
    expect(slack.messages(SEED.generalChannel)).toHaveLength(messages);
  });

  it('a mention comes twice, under two ids: it is answered once', async () => {
    const mention = recorded('event-mention');
    await town.delivered();
    const before = slack.callsOf('chat.postMessage').length;
    const message = structuredClone(mention);
    if (isObject(message.event)) Object.assign(message.event, { type: 'message', channel_type: 'channel' });
    expect((await send(message)).status).toBe(200);
    const first = await send(mention);
    const again = await send(structuredClone(mention));
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(slack.callsOf('chat.postMessage').length - before).toBeLessThanOrEqual(1);
  });

  it('a link still being typed is in the channel COMPOSER: its preview goes by its own id, with no channel', async () => {
    const signal = await town.file();
    await worker.closeView({ all: true });
    await worker.message(SEED.generalChannel, `${app.url}/signalen/${signal.reference}`);
    await slack.settled();
    const calls = slack
      .callsOf('chat.unfurl')
      .map(({ args, ok }) => ({ ok, source: args.source, channel: args.channel }));
    expect(calls).toContainEqual({ ok: true, source: 'composer', channel: undefined });
    expect(calls).toContainEqual({ ok: true, source: 'conversations_history', channel: undefined });
  });

  it('tokens of people are revoked without the app being removed', async () => {
    const payload = recorded('event-tokens-revoked', ({ event }) => {
      if (isObject(event)) event.tokens = { oauth: [worker.id], bot: [] };
    });
    expect((await send(payload)).status).toBe(200);
    await worker.command('/signaal', 'help');
    expect(said().at(-1)).toContain('/signaal status');
  });
});
