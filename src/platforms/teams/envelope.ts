import { z } from 'zod';

/**
 * What Teams sends, as far as we use it; everything else is left as it is. Checked at the door, so that nonsense under a
 * valid token is refused there: botbuilder answers 500 without a type, and hangs without a service address.
 */
const id = z.string().min(1).max(1_000);

const Account = z.looseObject({
  id,
  name: z.string().nullish(),
  aadObjectId: z.string().max(100).nullish(),
  role: z.string().nullish(),
});

const Conversation = z.looseObject({
  id,
  isGroup: z.boolean().nullish(),
  conversationType: z.string().nullish(),
  tenantId: z.string().nullish(),
});

const ChannelData = z.looseObject({
  tenant: z.looseObject({ id }).nullish(),
  team: z.looseObject({ id: z.string().optional(), aadGroupId: z.string().nullish() }).nullish(),
  channel: z.looseObject({ id }).nullish(),
  eventType: z.string().nullish(),
});

export const TeamsActivity = z.looseObject({
  type: id,
  id: id.optional(),
  name: z.string().nullish(),
  timestamp: z.string().nullish(),
  locale: z.string().max(35).nullish(),
  channelId: z.string().optional(),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: Account,
  recipient: Account,
  conversation: Conversation,
  channelData: ChannelData.nullish(),
  text: z.string().nullish(),
  action: z.string().nullish(),
  replyToId: z.string().nullish(),
  entities: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string().nullish() })).nullish(),
  membersAdded: z.array(z.looseObject({ id })).nullish(),
  membersRemoved: z.array(z.looseObject({ id })).nullish(),
  value: z.unknown().optional(),
});
export type TeamsActivity = z.output<typeof TeamsActivity>;

const Mention = z.looseObject({
  type: z.literal('mention'),
  mentioned: z.looseObject({ id }),
  text: z.string().nullish(),
});

/**
 * A personal chat with the bot, where nobody reads along. Chats of meetings may say of what type they are no more than that:
 * what begins with `19:` has several people in it.
 */
export function isPersonal({ conversation }: TeamsActivity): boolean {
  const { conversationType, isGroup, id } = conversation;
  return conversationType ? conversationType === 'personal' : !isGroup && !id.startsWith('19:');
}

/** The message a thread in a channel hangs under; undefined elsewhere. */
export function threadRoot(conversationId: string): string | undefined {
  return /;messageid=(\d+)$/.exec(conversationId)?.[1];
}

/** `19:...@thread.tacv2` without the message a thread hangs under. */
export function channelOf(conversationId: string): string {
  return conversationId.replace(/;messageid=.*$/, '');
}

/**
 * What somebody said, without the mention of the bot itself; colleagues who are mentioned stay, by their names.
 * Teams puts `<at>Name</at>` in the text and repeats it in the entities, where some lack the text.
 */
export function wordsOf({ text, entities, recipient }: TeamsActivity): { words: string; mentionsBot: boolean } {
  const mentions = (entities ?? []).flatMap((entity) => Mention.safeParse(entity).data ?? []);
  const ours = mentions.filter(({ mentioned }) => mentioned.id === recipient.id);
  let words = text ?? '';
  for (const { text: said, mentioned } of ours) {
    const name = typeof mentioned['name'] === 'string' ? mentioned['name'] : '';
    words = words.replace(said || `<at>${name}</at>`, ' ');
  }
  const plain = words.replaceAll(/<at[^>]*>(.*?)<\/at>/g, '@$1').replaceAll('\u00a0', ' ');
  return { words: plain.trim(), mentionsBot: ours.length > 0 };
}

/** Files and pasted pictures. Beside nearly every text stands the same as HTML: that is none. */
export function hasFiles({ attachments }: TeamsActivity): boolean {
  return (attachments ?? []).some(({ contentType }) => contentType && !contentType.startsWith('text/'));
}

/** An invoke's `value` by its name; undefined for one we do not know, or whose value is not what its name says. */
export const Invokes = {
  'task/fetch': z.looseObject({ data: z.looseObject({}).nullish() }),
  'task/submit': z.looseObject({ data: z.looseObject({}).nullish() }),
  'adaptiveCard/action': z.looseObject({
    action: z.looseObject({ verb: z.string().nullish(), data: z.looseObject({}).nullish() }),
    trigger: z.string().nullish(),
  }),
  'application/search': z.looseObject({
    queryText: z.string().nullish(),
    dataset: z.string(),
  }),
  'composeExtension/query': z.looseObject({
    commandId: z.string().nullish(),
    parameters: z.array(z.looseObject({ name: z.string(), value: z.unknown().optional() })).nullish(),
  }),
  'composeExtension/selectItem': z.looseObject({ url: z.string().nullish() }),
  'composeExtension/queryLink': z.looseObject({ url: z.string() }),
  'composeExtension/anonymousQueryLink': z.looseObject({ url: z.string() }),
  'composeExtension/fetchTask': z.looseObject({
    commandId: z.string().nullish(),
    commandContext: z.string().nullish(),
    messagePayload: z
      .looseObject({
        body: z.looseObject({ content: z.string().nullish(), contentType: z.string().nullish() }).nullish(),
        subject: z.string().nullish(),
        linkToMessage: z.string().nullish(),
      })
      .nullish(),
  }),
  'composeExtension/submitAction': z.looseObject({ data: z.looseObject({}).nullish() }),
} as const;
export type InvokeName = keyof typeof Invokes;
export type InvokeValue<N extends InvokeName> = z.output<(typeof Invokes)[N]>;

export function isKnownInvoke(name: string): name is InvokeName {
  return Object.hasOwn(Invokes, name);
}

/**
 * Under which key a repeat of this activity is known. Installing comes as two activities for one event: the conversation
 * and the moment are the same.
 */
export function onceKey({ conversation, id }: TeamsActivity): string | undefined {
  return id === undefined ? undefined : `teams:${conversation.id}:${id}`;
}

export function tenantOf({ channelData, conversation }: TeamsActivity): string | undefined {
  return channelData?.tenant?.id ?? conversation.tenantId ?? undefined;
}
