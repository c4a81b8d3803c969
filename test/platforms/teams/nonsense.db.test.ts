import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { activityFrom } from '../../fakes/teams/activities.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import type { Json } from '../../fakes/teams/json.js';
import { mutated } from '../../support/mutate-json.js';
import { openTeamsTown } from './teams-town.js';

const said: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) });
const town = await openTeamsTown({ log });
const { teams, worker } = town;

/** 401: the service address is another than the token's; 403: another tenant; 501: an invoke nobody knows. */
const ANSWERS = [200, 400, 401, 403, 501];

const chat = { chat: worker.chat };
const press = { wijk: { do: 'press', action: 'signals.step', payload: { signalId: 'x', seen: 1, to: 'accepted' } } };
const submit = { wijk: { do: 'submit', token: 'a.b.c', kinds: { title: 'one', statement: 'tick' } }, title: 'x' };
const invoke = (name: string, value: object) => activityFrom(teams, 'invoke', worker.person, chat, { name, value });

/** One of everything that Teams sends. */
const REAL: Json[] = [
  activityFrom(teams, 'message-personal', worker.person, chat, { text: 'zoek wachtlijst' }),
  activityFrom(teams, 'message-channel', worker.person, { channel: SEED.regisseurChannel, root: '1' }, { text: 'ja' }),
  activityFrom(teams, 'message-group', worker.person, { group: SEED.group }, { text: 'help' }),
  activityFrom(teams, 'message-card-submit', worker.person, chat, { value: submit, replyToId: '1' }),
  activityFrom(teams, 'message-reaction', worker.person, chat),
  activityFrom(teams, 'message-update', worker.person, chat),
  activityFrom(teams, 'installation-update', worker.person, chat, { action: 'add' }),
  activityFrom(teams, 'conversation-update', worker.person, chat, { membersAdded: [{ id: worker.person.mri }] }),
  invoke('task/fetch', { data: press }),
  invoke('task/submit', { data: submit }),
  invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb: 'press', data: press }, trigger: 'manual' }),
  invoke('application/search', { queryText: 'rab', dataset: 'signals.neighbourhoods' }),
  invoke('composeExtension/query', { commandId: 'searchSignals', parameters: [{ name: 'query', value: 'x' }] }),
  invoke('composeExtension/selectItem', { url: `${town.app.url}/signalen/T-2026-0001` }),
  invoke('composeExtension/queryLink', { url: `${town.app.url}/signalen/T-2026-0001` }),
  invoke('composeExtension/fetchTask', {
    commandId: 'fileSignal',
    messagePayload: { body: { contentType: 'html', content: '<p>De lift is stuk</p>' }, subject: null },
  }),
  invoke('composeExtension/submitAction', { commandId: 'fileSignal', data: submit }),
];

describe('signed nonsense', () => {
  it('is answered at once, and never makes the program trip', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(REAL), async (activity) => {
        said.length = 0;
        // Each is another delivery: a copy of one would be answered without being read.
        const { id } = activity;
        const fresh = typeof id === 'string' ? { ...activity, id: `f:${randomUUID()}${id}` } : activity;
        const { status } = await teams.deliver(fresh);
        expect(ANSWERS).toContain(status);
        expect(said).toEqual([]);
      }),
      { numRuns: 250 },
    );
    // Nothing of it stands in the way of who comes next.
    expect((await worker.say('help')).status).toBe(200);
  });

  it('that is no activity at all is answered 400', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        expect((await teams.deliver(text)).status).toBe(400);
      }),
      { numRuns: 50 },
    );
  });
});
