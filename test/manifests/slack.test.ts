import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { features } from '../../src/features.js';
import { fillManifest } from '../../src/platforms/slack/manifest.js';
import type { Means } from '../../src/platforms/slack/means.js';
import { register, type Listening } from '../../src/platforms/slack/register.js';
import { BOT_SCOPES } from '../../src/platforms/slack/surface.js';
import {
  COMMANDS_SCOPE,
  EVENT_SCOPES,
  eventPage,
  factsOf,
  scopesNeeded,
  type ConversationKind,
  type EventName,
  type MethodName,
} from '../fakes/slack/method-scopes.js';
import { methodsCalled } from '../fakes/slack/methods-called.js';

const template = readFileSync('manifests/slack.json', 'utf8');
const manifest = fillManifest(template, { publicUrl: 'https://signalen.example.be', socketMode: false });
const { features: offered, settings, oauth_config: oauth } = manifest;

/** What the code really registers on Bolt. */
function registered() {
  const seen = { shortcuts: [] as string[], events: [] as RegExp[] };
  const app = {
    shortcut: ({ callback_id, type }: { callback_id: string; type: string }) =>
      seen.shortcuts.push(`${type === 'shortcut' ? 'global' : 'message'} ${callback_id}`),
    event: (pattern: RegExp) => seen.events.push(pattern),
    command: () => undefined,
    action: () => undefined,
    options: () => undefined,
    view: () => undefined,
  };
  register(app as unknown as Listening, {} as Means);
  return seen;
}

/** For which kinds of conversation a method is called; those that are not here are called for none. */
const CONVERSATIONS: Partial<Record<MethodName, ConversationKind[]>> = {
  'conversations.history': ['channel', 'group', 'im'],
  'conversations.info': ['channel', 'group'],
  'conversations.open': ['im'],
  'conversations.replies': ['channel', 'group', 'im'],
};

/** Scopes that a call works without, and what the product needs them for. */
const UNLOCKED: { method: MethodName; scope: string; usedIn: [string, RegExp] }[] = [
  { method: 'users.info', scope: 'users:read.email', usedIn: ['src/platforms/slack/people.ts', /profile\?\.email/] },
];

describe('the Slack manifest', () => {
  it('offers the commands of every capability and the shortcuts the code registers, and no others', () => {
    const { shortcuts } = registered();
    const commands = features.flatMap((feature) => feature.commands ?? []).map(({ name }) => `/${name}`);
    expect(offered?.slash_commands?.map(({ command }) => command).sort()).toEqual([...new Set(commands)].sort());
    expect(offered?.shortcuts?.map(({ type, callback_id }) => `${type} ${callback_id}`).sort()).toEqual(
      shortcuts.sort(),
    );
  });

  it('subscribes to the events the code listens to, and no others', () => {
    const subscribed = (settings?.event_subscriptions?.bot_events ?? []).map((name) =>
      name.replace(/^message\..*/, 'message'),
    );
    const known = Object.keys(EVENT_SCOPES).map((name) => name.replace(/^message\..*/, 'message'));
    const heard = known.filter((name) => registered().events.some((pattern) => pattern.test(name)));
    expect([...new Set(subscribed)].sort()).toEqual([...new Set(heard)].sort());
    for (const name of settings?.event_subscriptions?.bot_events ?? []) {
      expect(EVENT_SCOPES, `${name} (${eventPage(name as EventName)})`).toHaveProperty([name]);
    }
  });

  it('asks for the scopes its calls, events and commands need: none is missing, none superfluous', () => {
    const methods = methodsCalled().filter((method) => factsOf(method).token === 'bot');
    const calls = scopesNeeded(methods.map((method) => ({ method, conversations: CONVERSATIONS[method] ?? [] })));
    const events = (settings?.event_subscriptions?.bot_events ?? []).map((name) => EVENT_SCOPES[name as EventName]);
    const unlocked = UNLOCKED.filter(
      ({ method, scope, usedIn: [file, code] }) =>
        methods.includes(method) && scope in (factsOf(method).unlocks ?? {}) && code.test(readFileSync(file, 'utf8')),
    ).map(({ scope }) => scope);
    const needed = new Set([...calls.keys(), ...events, ...unlocked, COMMANDS_SCOPE].filter((scope) => scope !== null));
    expect([...(oauth?.scopes?.bot ?? [])].sort()).toEqual([...needed].sort());
  });

  it('has the scopes that /slack/install asks for, each with a reason in the README', () => {
    expect([...(oauth?.scopes?.bot ?? [])].sort()).toEqual(Object.keys(BOT_SCOPES).sort());
    const manual = readFileSync('README.md', 'utf8');
    for (const scope of Object.keys(BOT_SCOPES)) expect(manual).toContain(`\`${scope}\``);
  });

  it('knows every kind of conversation its methods are called for', () => {
    const byConversation = methodsCalled().filter((method) => factsOf(method).byConversation);
    expect(byConversation.sort()).toEqual(Object.keys(CONVERSATIONS).sort());
  });

  it('is held against every call: no other file of Slack calls the Web API', () => {
    const files = readdirSync('src/platforms/slack', { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    const calling = files.filter((name) => /\bWebClient\b/.test(readFileSync(`src/platforms/slack/${name}`, 'utf8')));
    expect(calling).toEqual(['web-api.ts']);
  });

  it('sends everything to the one address, the options of search fields included', () => {
    const url = 'https://signalen.example.be/slack/events';
    expect(offered?.slash_commands?.map((command) => command.url)).toEqual([url, url]);
    expect(settings?.event_subscriptions?.request_url).toBe(url);
    expect(settings?.interactivity).toEqual({ is_enabled: true, request_url: url, message_menu_options_url: url });
    expect(offered?.unfurl_domains).toEqual(['signalen.example.be']);
    expect(oauth?.redirect_urls).toEqual(['https://signalen.example.be/slack/oauth_redirect']);
    expect(JSON.stringify(manifest)).not.toContain('PUBLIC_URL');
  });

  it('needs no address with Socket Mode', () => {
    const socket = fillManifest(template, { publicUrl: 'https://signalen.example.be', socketMode: true });
    expect(socket.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
    expect(JSON.stringify(socket)).not.toContain('/slack/events');
  });

  it('keeps to Slack’s lengths', () => {
    const { name, description = '', long_description = '' } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(long_description.length).toBeGreaterThanOrEqual(175);
    expect(long_description.length).toBeLessThanOrEqual(4_000);
    for (const shortcut of offered?.shortcuts ?? []) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
    }
  });
});
