import { z } from 'zod';
import { ElementState } from './render/read-modal.js';

/**
 * What Slack sends, as far as we use it; everything else is left as it is. Checked at the door, so that nonsense in a
 * correctly signed body is refused there and no listener meets it.
 */
const id = z.string().min(1).max(255);
const User = z.looseObject({ id, name: z.string().optional(), username: z.string().optional(), team_id: id.nullish() });
const Team = z.looseObject({ id }).nullish();
const common = { user: User, team: Team, trigger_id: id, response_url: z.string().optional() };

export const SlackCommand = z.looseObject({
  command: z.string().regex(/^\/\S+$/),
  text: z.string().default(''),
  user_id: id,
  user_name: z.string().optional(),
  team_id: id,
  channel_id: id,
  response_url: z.string(),
  trigger_id: id,
});
export type SlackCommand = z.output<typeof SlackCommand>;

const ViewState = z.looseObject({ values: z.record(z.string(), z.record(z.string(), ElementState)) });

const View = z.looseObject({
  id,
  type: z.string(),
  hash: z.string().optional(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  app_installed_team_id: id.nullish(),
  state: ViewState.nullish(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).default([]),
});
export type SlackView = z.output<typeof View>;

const BlockAction = z.looseObject({
  action_id: id,
  block_id: z.string().optional(),
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
});

export const BlockActions = z.looseObject({
  type: z.literal('block_actions'),
  ...common,
  actions: z.array(BlockAction).min(1),
  container: z.looseObject({
    type: z.string(),
    message_ts: id.optional(),
    channel_id: id.optional(),
    thread_ts: id.optional(),
    is_ephemeral: z.boolean().nullish(),
  }),
  view: View.optional(),
});
export type BlockActions = z.output<typeof BlockActions>;

export const BlockSuggestion = z.looseObject({
  type: z.literal('block_suggestion'),
  user: User,
  team: Team,
  action_id: id,
  value: z.string(),
  view: View.optional(),
});
export type BlockSuggestion = z.output<typeof BlockSuggestion>;

export const ViewSubmission = z.looseObject({ type: z.literal('view_submission'), ...common, view: View });
export type ViewSubmission = z.output<typeof ViewSubmission>;

const ViewClosed = z.looseObject({ type: z.literal('view_closed'), user: User, team: Team, view: View });

export const GlobalShortcut = z.looseObject({ type: z.literal('shortcut'), ...common, callback_id: id });
export type GlobalShortcut = z.output<typeof GlobalShortcut>;

/** A message as far as its words go: they can stand in the text, the blocks or the attachments. */
export const SlackMessageContent = z.looseObject({
  ts: id,
  text: z.string().nullish(),
  blocks: z.array(z.unknown()).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  files: z.array(z.unknown()).nullish(),
});
export type SlackMessageContent = z.output<typeof SlackMessageContent>;

export const MessageShortcut = z.looseObject({
  type: z.literal('message_action'),
  ...common,
  callback_id: id,
  channel: z.looseObject({ id }),
  message: SlackMessageContent,
});
export type MessageShortcut = z.output<typeof MessageShortcut>;

/** Bolt looks there for the conversation and where to answer, whatever the interaction is. */
const Somewhere = z.looseObject({
  channel: z.looseObject({}).optional(),
  response_urls: z.array(z.looseObject({})).optional(),
});

const Interaction = z.discriminatedUnion('type', [
  BlockActions,
  BlockSuggestion,
  ViewSubmission,
  ViewClosed,
  GlobalShortcut,
  MessageShortcut,
]);
type Interaction = z.output<typeof Interaction>;

const Profile = z.looseObject({ real_name: z.string().optional(), email: z.string().nullish() });
/** As in `user_change`, `team_join` and `users.info`. */
export const SlackUser = z.looseObject({
  id,
  name: z.string().optional(),
  real_name: z.string().nullish(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_email_confirmed: z.boolean().optional(),
  locale: z.string().nullish(),
  profile: Profile.optional(),
});
export type SlackUser = z.output<typeof SlackUser>;

export const EVENTS = {
  app_home_opened: z.looseObject({ type: z.literal('app_home_opened'), user: id, tab: z.string().optional() }),
  app_mention: SlackMessageContent.extend({
    type: z.literal('app_mention'),
    user: id.optional(),
    bot_id: id.nullish(),
    channel: id,
    thread_ts: id.nullish(),
  }),
  message: SlackMessageContent.extend({
    type: z.literal('message'),
    subtype: z.string().optional(),
    hidden: z.boolean().optional(),
    user: id.nullish(),
    bot_id: id.nullish(),
    channel: id,
    channel_type: z.string().optional(),
    thread_ts: id.nullish(),
  }),
  reaction_added: z.looseObject({
    type: z.literal('reaction_added'),
    user: id,
    reaction: z.string(),
    item_user: id.nullish(),
    item: z.looseObject({ type: z.string(), channel: id.optional(), ts: id.optional() }),
  }),
  link_shared: z.looseObject({
    type: z.literal('link_shared'),
    user: id,
    links: z.array(z.looseObject({ url: z.string() })),
    source: z.string().optional(),
    unfurl_id: z.string().optional(),
  }),
  user_change: z.looseObject({ type: z.literal('user_change'), user: SlackUser }),
  team_join: z.looseObject({ type: z.literal('team_join'), user: SlackUser }),
  app_uninstalled: z.looseObject({ type: z.literal('app_uninstalled') }),
  tokens_revoked: z.looseObject({
    type: z.literal('tokens_revoked'),
    tokens: z.looseObject({ bot: z.array(z.string()).optional(), oauth: z.array(z.string()).optional() }),
  }),
} as const;
export type EventName = keyof typeof EVENTS;
export type SlackEvent<N extends EventName> = z.output<(typeof EVENTS)[N]>;

const EventCallback = z.looseObject({
  type: z.literal('event_callback'),
  team_id: id.nullish(),
  event_id: id,
  // Bolt looks for the person and the conversation in these, whatever the event is, and trips over null.
  event: z.looseObject({
    type: z.string(),
    user: z
      .union([z.string(), z.looseObject({})])
      .nullish()
      .transform((user) => user ?? undefined),
    subteam: z.looseObject({}).optional(),
    channel: z.union([z.string(), z.looseObject({})]).optional(),
    item: z.looseObject({}).optional(),
  }),
  authorizations: z.array(z.looseObject({ team_id: id.nullish(), user_id: id.nullish() })).nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
});
export type EventCallback = z.output<typeof EventCallback>;

const UrlVerification = z.looseObject({ type: z.literal('url_verification'), challenge: z.string().min(1) });

export type Envelope =
  | { kind: 'verification'; challenge: string }
  | { kind: 'notice' }
  | { kind: 'command'; body: SlackCommand }
  | { kind: 'interaction'; body: Interaction }
  | { kind: 'event'; body: EventCallback };

/** @returns undefined when this is nothing Slack sends. */
export function readEnvelope(body: unknown): Envelope | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  if ('command' in body) return wrap(SlackCommand.safeParse(body), (read) => ({ kind: 'command', body: read }));
  const type = 'type' in body ? body.type : undefined;
  switch (type) {
    case 'url_verification':
      return wrap(UrlVerification.safeParse(body), ({ challenge }) => ({ kind: 'verification', challenge }));
    case 'app_rate_limited':
      return { kind: 'notice' };
    case 'event_callback':
      return wrap(EventCallback.safeParse(body), (read) =>
        isKnownEvent(read.event.type) && !EVENTS[read.event.type].safeParse(read.event).success
          ? undefined
          : { kind: 'event', body: read },
      );
    default:
      return wrap(Interaction.safeParse(body), (read) =>
        Somewhere.safeParse(read).success ? { kind: 'interaction', body: read } : undefined,
      );
  }
}

function isKnownEvent(type: string): type is EventName {
  return Object.hasOwn(EVENTS, type);
}

/** The workspace that installed the app; the ids at the top of an event can be another one's (shared channels). */
export function teamOf(envelope: Envelope): string | undefined {
  switch (envelope.kind) {
    case 'command':
      return envelope.body.team_id;
    case 'event':
      return envelope.body.authorizations?.[0]?.team_id ?? envelope.body.team_id ?? undefined;
    case 'interaction': {
      const { body } = envelope;
      const view = body.type === 'shortcut' || body.type === 'message_action' ? undefined : body.view;
      return view?.app_installed_team_id ?? body.team?.id ?? body.user.team_id ?? undefined;
    }
    case 'verification':
    case 'notice':
      return undefined;
  }
}

/** Who did it; undefined where nobody did. */
export function userOf(envelope: Envelope): string | undefined {
  switch (envelope.kind) {
    case 'command':
      return envelope.body.user_id;
    case 'interaction':
      return envelope.body.user.id;
    case 'event': {
      const { user } = envelope.body.event;
      return typeof user === 'string' ? user : undefined;
    }
    case 'verification':
    case 'notice':
      return undefined;
  }
}

/**
 * Under which key a repeat of this request is known. A mention arrives twice, as `app_mention` and as `message`, and copies
 * with a new event id and no header have been seen: what was said is known by its channel and time.
 */
export function onceKey({ event, event_id }: EventCallback): string {
  const { type, channel, ts } = event;
  const said = type === 'message' || type === 'app_mention';
  return said && typeof channel === 'string' && typeof ts === 'string'
    ? `slack:said:${channel}:${ts}`
    : `slack:event:${event_id}`;
}

function wrap<T>(
  parsed: { success: true; data: T } | { success: false },
  make: (value: T) => Envelope | undefined,
): Envelope | undefined {
  return parsed.success ? make(parsed.data) : undefined;
}
