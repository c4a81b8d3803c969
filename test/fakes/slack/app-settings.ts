import { isObject, objectAt, objectsAt, textAt, type JsonObject } from './json.js';
import { ALL_BOT_SCOPES, EVENT_SCOPES, type EventName } from './method-scopes.js';
import type { AppSettings } from './types.js';

/**
 * An app that may do and gets everything the fake knows, but for posting where it is no member or under another name:
 * a bot with few scopes should meet `not_in_channel`.
 */
export function everythingApp(given: Partial<AppSettings> = {}): AppSettings {
  return {
    id: 'A0WIJKSIGN1',
    name: 'Wijksignaal',
    clientId: '1111111111.2222222222',
    clientSecret: 'client-secret-of-the-fake',
    signingSecret: 'signing-secret-of-the-fake',
    verificationToken: 'verification-token-of-the-fake',
    appToken: 'xapp-token-of-the-fake',
    scopes: ALL_BOT_SCOPES.filter((scope) => !scope.startsWith('chat:write.')),
    events: Object.keys(EVENT_SCOPES) as EventName[],
    unfurlDomains: [],
    homeTab: true,
    messagesTab: true,
    ...given,
  };
}

/**
 * The app that a manifest describes: only its scopes, events, commands, shortcuts and domains work. Throws for an event
 * that the fake does not know.
 */
export function appFromManifest(manifest: unknown): Partial<AppSettings> {
  const features = objectAt(manifest, 'features');
  const oauth = objectAt(manifest, 'oauth_config');
  const subscriptions = objectAt(objectAt(manifest, 'settings'), 'event_subscriptions');
  const home = objectAt(features, 'app_home');
  const shortcuts = objectsAt(features, 'shortcuts');
  const ofType = (type: string) => shortcuts.filter((one) => one.type === type).map((one) => String(one.callback_id));
  return {
    name: textAt(objectAt(manifest, 'display_information'), 'name') ?? 'app',
    scopes: textsAt(objectAt(oauth, 'scopes'), 'bot'),
    redirectUrls: textsAt(oauth, 'redirect_urls'),
    events: textsAt(subscriptions, 'bot_events').map(knownEvent),
    commands: objectsAt(features, 'slash_commands').map((one) => String(one.command)),
    globalShortcuts: ofType('global'),
    messageShortcuts: ofType('message'),
    unfurlDomains: textsAt(features, 'unfurl_domains'),
    homeTab: home?.home_tab_enabled === true,
    messagesTab: home?.messages_tab_enabled === true,
  };
}

function textsAt(value: JsonObject | undefined, key: string): string[] {
  const found = isObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

function knownEvent(name: string): EventName {
  if (!Object.hasOwn(EVENT_SCOPES, name)) throw new Error(`The fake Slack does not send the event ${name}`);
  return name as EventName;
}
