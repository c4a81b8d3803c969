import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSlackTown, sure } from './slack-town.js';

// Also commands that an older manifest may still have.
const town = await openSlackTown({ slack: { app: { commands: ['/signaal', '/onbekend'] } } });
const { slack, worker, app, db, municipalityId } = town;
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** Everything a request could have left behind. */
async function traces() {
  const where = { municipalityId };
  return {
    people: await db.person.count({ where }),
    signals: await db.signal.count({ where }),
    entries: await db.timelineEntry.count({ where }),
    deliveries: await db.delivery.count({ where }),
    handled: await db.handledRequest.count({ where }),
  };
}

describe('a request that Slack did not send', () => {
  it.each(['wrong', 'tampered', 'old', 'future', 'none'] as const)(
    'is refused and leaves nothing behind: signature %s',
    async (signature) => {
      const before = await traces();
      const stranger = slack.addUser();
      const answered = await stranger.command('/signaal', 'help', { signature });
      expect(answered.status).toBe(401);
      expect(answered.body).toBe('');
      expect(await traces()).toEqual(before);
      expect(slack.ephemerals(stranger.id)).toEqual([]);
    },
  );

  it('is refused for a form that was filled in well too', async () => {
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    const before = await traces();
    const { answers } = await worker.submitView(
      { description: 'Iets', title: 'Iets', neighbourhoods: ['Dampoort'], statement: true },
      { signature: 'old' },
    );
    expect(answers.map(({ status }) => status)).toEqual([401]);
    expect(await traces()).toEqual(before);
    await worker.closeView({ all: true });
  });

  it('is refused for a challenge too', async () => {
    expect((await slack.verifyUrl({ signature: 'wrong' })).status).toBe(401);
  });
});

describe('what Slack asks of every app', () => {
  it('answers the challenge of a new request URL', async () => {
    await slack.verifyUrl();
  });

  it('answers the probe of the certificate, which is not signed, and does nothing else with it', async () => {
    await slack.sslCheck();
    const body = 'ssl_check=1&command=%2Fsignaal&user_id=U1&team_id=T1&text=help';
    expect(await slack.raw({ contentType: FORM, body }, { signature: 'none' })).toMatchObject({
      status: 200,
      body: '',
    });
  });

  it('takes notice when Slack holds events back', async () => {
    expect((await slack.appRateLimited()).status).toBe(200);
  });

  it('knows no other address', async () => {
    expect((await fetch(`${app.url}/slack/events`)).status).toBe(404);
  });
});

describe('nonsense in a correctly signed body', () => {
  const event = (inner: unknown) =>
    JSON.stringify({ type: 'event_callback', team_id: slack.team.id, event_id: 'Ev1', event: inner });
  const payload = (inner: unknown) => `payload=${encodeURIComponent(JSON.stringify(inner))}`;
  const user = { id: worker.id };
  const team = { id: slack.team.id };

  it.each([
    ['no body', JSON_TYPE, ''],
    ['no JSON', JSON_TYPE, '{'],
    ['null', JSON_TYPE, 'null'],
    ['a list', JSON_TYPE, '[]'],
    ['a number', JSON_TYPE, '7'],
    ['nothing known', JSON_TYPE, '{"type":"wat"}'],
    ['a challenge that is none', JSON_TYPE, '{"type":"url_verification","challenge":7}'],
    ['an event without event', JSON_TYPE, '{"type":"event_callback","event_id":"Ev1"}'],
    ['an event that is null', JSON_TYPE, event(null)],
    ['an event without type', JSON_TYPE, event({})],
    ['a message without channel', JSON_TYPE, event({ type: 'message', user: 'U1', ts: '1.1' })],
    ['a message whose user is an object', JSON_TYPE, event({ type: 'message', channel: 'C1', ts: '1.1', user: {} })],
    ['a reaction on nothing', JSON_TYPE, event({ type: 'reaction_added', user: 'U1', reaction: 'x' })],
    ['a change of nobody', JSON_TYPE, event({ type: 'user_change', user: 'U1' })],
    ['an empty form', FORM, 'a=b'],
    ['a command of nobody', FORM, 'command=%2Fsignaal&team_id=T1'],
    ['a payload that is no JSON', FORM, 'payload=%7B'],
    ['a payload that is null', FORM, 'payload=null'],
    ['an interaction without user', FORM, payload({ type: 'view_submission', team, view: {} })],
    ['a button that is none', FORM, payload({ type: 'block_actions', user, team, trigger_id: '1', actions: [] })],
    ['a form without view', FORM, payload({ type: 'view_submission', user, team, trigger_id: '1' })],
    [
      'a state that is a list',
      FORM,
      payload({
        type: 'view_submission',
        user,
        team,
        trigger_id: '1',
        view: { id: 'V1', type: 'modal', state: { values: [1] } },
      }),
    ],
    ['an unknown interaction', FORM, payload({ type: 'dialog_submission', user, team })],
  ])('is 400, never 500: %s', async (_name, contentType, body) => {
    const before = await traces();
    expect(await slack.raw({ contentType, body })).toMatchObject({ status: 400, body: '' });
    expect(await traces()).toEqual(before);
  });

  it('is passed over where it is only unknown: Slack adds things', async () => {
    expect((await slack.raw({ contentType: JSON_TYPE, body: event({ type: 'sandwich_made' }) })).status).toBe(200);
    const view = { id: 'V1', type: 'modal', callback_id: 'of another app', private_metadata: 'x' };
    const submission = payload({ type: 'view_submission', user, team, trigger_id: '1', view });
    expect((await slack.raw({ contentType: FORM, body: submission })).status).toBe(200);
  });

  it('of more than a megabyte is refused unread', async () => {
    const answered = await slack.raw({ contentType: JSON_TYPE, body: `"${'x'.repeat(1_100_000)}"` });
    expect([413, 0]).toContain(answered.status);
  });

  it('answers a signature that is no signature with 401', async () => {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    for (const [signature, time] of [
      ['v0', timestamp],
      ['v1=abc', timestamp],
      ['v0=abc', 'morgen'],
      [`v0=${createHmac('sha256', 'x').update('y').digest('hex')}`, `${timestamp}.5`],
    ] as const) {
      const headers = { 'content-type': JSON_TYPE, 'x-slack-signature': signature, 'x-slack-request-timestamp': time };
      const response = await fetch(`${app.url}/slack/events`, { method: 'POST', headers, body: '{}' });
      expect(response.status).toBe(401);
    }
  });
});

describe('a command or button nobody knows', () => {
  it('is answered in words', async () => {
    await worker.command('/onbekend', 'iets');
    expect(slack.ephemerals(worker.id).at(-1)?.blocks).toHaveLength(1);
    expect(slack.textOf(sure(slack.ephemerals(worker.id).at(-1)))).toContain('/signaal help');
  });

  it('says that an old button no longer works', async () => {
    await worker.command('/signaal', 'help');
    const answer = sure(slack.ephemerals(worker.id).at(-1));
    answer.blocks.push({
      type: 'actions',
      block_id: 'old',
      elements: [{ type: 'button', action_id: 'from.before', text: { type: 'plain_text', text: 'Oud' }, value: 'weg' }],
    });
    await worker.press(answer, 'from.before');
    expect(slack.textOf(sure(slack.ephemerals(worker.id).at(-1)))).toContain('Deze knop werkt niet meer');
  });
});

describe('somebody of another organisation in a shared channel', () => {
  it('is told that this is not for them, and becomes nobody here', async () => {
    const before = await traces();
    slack.fail('users.info', { kind: 'error', error: 'user_not_found' });
    const stranger = slack.addUser({ realName: 'Van Elders' });
    await stranger.command('/signaal');
    expect(slack.textOf(sure(slack.ephemerals(stranger.id).at(-1)))).toContain('voor mensen van deze werkruimte');
    expect(await traces()).toEqual(before);
  });
});
