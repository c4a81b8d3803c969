import { expect, test } from 'vitest';
import {
  ALL_BOT_SCOPES,
  COMMANDS_SCOPE,
  EVENT_SCOPES,
  eventPage,
  METHODS,
  scopesNeeded,
  type EventName,
} from './method-scopes.js';

test('every method names its own page of the documentation', () => {
  for (const [name, facts] of Object.entries(METHODS)) {
    expect(facts.page).toBe(`https://docs.slack.dev/reference/methods/${name}`);
  }
  for (const name of Object.keys(EVENT_SCOPES)) expect(eventPage(name as EventName)).toContain(name);
});

test('scopes are counted for the kinds of conversation a method is called for', () => {
  const needed = scopesNeeded([
    { method: 'conversations.open', conversations: ['im'] },
    { method: 'chat.postMessage' },
    { method: 'chat.update' },
    { method: 'auth.test' },
  ]);
  expect(Object.fromEntries(needed)).toEqual({
    'im:write': new Set(['conversations.open']),
    'chat:write': new Set(['chat.postMessage', 'chat.update']),
  });
  expect([...scopesNeeded([{ method: 'conversations.history' }]).keys()]).toEqual([
    'channels:history',
    'groups:history',
    'im:history',
    'mpim:history',
  ]);
});

test('the list of all scopes has each once, in order', () => {
  expect([...ALL_BOT_SCOPES]).toEqual([...new Set(ALL_BOT_SCOPES)].sort());
  expect(ALL_BOT_SCOPES).toContain(COMMANDS_SCOPE);
  expect(ALL_BOT_SCOPES).not.toContain('connections:write');
});
