import type { Card } from './card.js';
import type { Locale } from './texts.js';

export type PlatformName = 'playground' | 'slack' | 'teams' | 'mail';

/** Where somebody does something; `web` are our own pages, where nobody can be told anything. */
export type Surface = PlatformName | 'web';

/** Where a message stands on its platform. */
export interface MessageRef {
  conversationId: string;
  messageId: string;
}

export interface OutgoingMessage {
  municipalityId: string;
  /** Sent along where the platform can carry it (Slack metadata), so that an ambiguous send can be looked up. */
  deliveryId: string;
  to: { kind: 'person' | 'channel'; externalId: string };
  card: Card;
  locale: Locale;
  /** The message in whose thread this one belongs. */
  thread?: MessageRef;
  /** Address that stops this kind of message for its reader, without signing in; absent where it cannot be stopped. */
  unsubscribe?: string;
}

export type SendResult =
  | { ok: true; ref: MessageRef }
  /** Again after this time, for this conversation only. */
  | { ok: false; kind: 'rate-limited'; retryAfterMs: number }
  /** It was certainly not taken, for now: the same again later. */
  | { ok: false; kind: 'refused-now'; reason: string }
  /** It may have arrived: look it up before sending again. */
  | { ok: false; kind: 'ambiguous'; reason: string }
  /** It will not arrive however often it is tried; the reason is for the administrator. */
  | {
      ok: false;
      kind: 'rejected';
      reason: string;
      /** It is the place that cannot be reached (archived, left, revoked), not the message: another place may do. */
      unreachable?: boolean;
      /** Of an update: the message is not there any more. */
      gone?: boolean;
    };

/** Reason in the failed list of what may have arrived and cannot be looked up; trying again is a decision. */
export const UNCERTAIN = 'UNCERTAIN';

/** What delivery needs of a platform. Inbound, a platform calls `Chat`. */
export interface Platform {
  name: PlatformName;
  send(message: OutgoingMessage): Promise<SendResult>;
  update(ref: MessageRef, message: OutgoingMessage): Promise<SendResult>;
  /**
   * The message an earlier, ambiguous attempt left in the same place, if any; undefined where the platform cannot tell at all,
   * `ask-later` when it could not be asked now, `unknowable` where nobody can tell and a second copy is worse than none:
   * somebody decides, from the failed list.
   */
  find(message: OutgoingMessage): Promise<MessageRef | 'not-found' | 'ask-later' | 'unknowable' | undefined>;
  /** What somebody can do about a reason this platform gave; undefined when there are no words for it. */
  explain?(reason: string, locale: Locale): string | undefined;
}
