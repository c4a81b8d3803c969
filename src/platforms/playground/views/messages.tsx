import { DateTime } from 'luxon';
import type { VNode } from 'preact';
import type { Locale } from '../../../chat/texts.js';
import { Avatar, Icon } from '../../../web/components.js';
import type { Message } from '../messages.js';
import { playgroundTexts } from '../texts.js';
import { CardView } from './card.js';

export interface Scene {
  locale: Locale;
  viewerId: string;
  zone: string;
  now: Date;
  /** Address of a conversation's page, with a thread beside it or without. */
  href(change: { draad?: string; aantal?: number }): string;
}

/** Messages under the day they were sent. */
export function MessageDays({ messages, scene, prefix }: { messages: Message[]; scene: Scene; prefix: string }): VNode {
  const days = new Map<string, Message[]>();
  for (const message of messages) {
    const day = localTime(message.at, scene).toISODate() ?? '';
    days.set(day, [...(days.get(day) ?? []), message]);
  }
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <div key={day} id={`${prefix}-dag-${day}`} class="day" role="group" aria-labelledby={`${prefix}-kop-${day}`}>
          <p id={`${prefix}-kop-${day}`} class="day-name">
            <span>{dayName(day, scene)}</span>
          </p>
          <ol class="messages">
            {ofDay.map((message, index) => (
              <MessageView
                key={message.id}
                message={message}
                follows={continues(ofDay[index - 1], message)}
                scene={scene}
                inThread={prefix === 'draad'}
              />
            ))}
          </ol>
        </div>
      ))}
    </>
  );
}

export function MessageView(props: { message: Message; follows: boolean; scene: Scene; inThread: boolean }): VNode {
  const { message, scene, inThread } = props;
  const t = playgroundTexts(scene.locale);
  const name = message.author ? message.author.name || t('message.former') : t('bot');
  const time = localTime(message.at, scene);
  const classes = ['message', props.follows && 'message-follows', message.onlyForYou && 'message-private'];
  const id = `${inThread ? 'd' : 'm'}-${message.id}`;
  return (
    <li id={id} class={classes.filter(Boolean).join(' ')}>
      <article aria-label={t('message.label', { name, time: time.toFormat('HH:mm') })}>
        <div class="message-side">
          {message.author ? <Avatar name={name} seed={message.author.id} /> : <BotAvatar />}
          <time class="message-hour" dateTime={time.toISO() ?? ''}>
            {time.toFormat('HH:mm')}
          </time>
        </div>
        <div class="message-body">
          <p class="message-head">
            <span class="message-name">{name}</span>
            {!message.author && <span class="bot-mark">{t('bot.mark')}</span>}
            <time class="message-time" dateTime={time.toISO() ?? ''}>
              {time.toFormat('HH:mm')}
            </time>
          </p>
          {message.onlyForYou && (
            <p class="message-private-mark">
              <Icon name="eye" />
              <span>{t('message.onlyYou')}</span>
              <button
                type="button"
                class="link-button"
                hx-post="/speeltuin/verberg"
                hx-vals={JSON.stringify({ bericht: message.id })}
                aria-label={t('message.hide')}
              >
                {t('message.hide')}
              </button>
            </p>
          )}
          <CardView
            card={message.card}
            messageId={message.id}
            domId={id}
            viewerId={scene.viewerId}
            locale={scene.locale}
          />
          {message.edited && <p class="message-edited">({t('message.edited')})</p>}
          {!inThread && mayHaveThread(message) && (
            <p class="message-thread">
              <a
                class={message.replies > 0 ? 'thread-link' : 'thread-link thread-link-new'}
                href={scene.href({ draad: message.id })}
              >
                <Icon name="reply" />
                {message.replies > 0 ? t('message.replies', { count: message.replies }) : t('message.reply')}
              </a>
            </p>
          )}
        </div>
      </article>
    </li>
  );
}

/** What only you see is gone for the bot; and nobody answers one's own words to the bot. */
function mayHaveThread({ onlyForYou, author, conversationId, replies }: Message): boolean {
  return !onlyForYou && (author === null || replies > 0 || !conversationId.startsWith('dm:'));
}

export function BotAvatar(): VNode {
  return (
    <span class="avatar avatar-bot" aria-hidden="true">
      <svg viewBox="0 0 32 32" width="24" height="24">
        <path class="brand-mark-line" d="M8 20.5a8 8 0 0 1 16 0M12.2 20.5a3.8 3.8 0 0 1 7.6 0" />
        <circle class="brand-mark-dot" cx="16" cy="22.6" r="1.9" />
      </svg>
    </span>
  );
}

/** Five minutes of the same speaker read as one turn. */
const TURN_MS = 5 * 60_000;

function continues(previous: Message | undefined, message: Message): boolean {
  return (
    previous !== undefined &&
    previous.author?.id === message.author?.id &&
    !previous.onlyForYou &&
    !message.onlyForYou &&
    message.at.getTime() - previous.at.getTime() < TURN_MS
  );
}

function localTime(at: Date, scene: Scene): DateTime {
  return DateTime.fromJSDate(at, { zone: scene.zone }).setLocale(scene.locale === 'nl' ? 'nl-BE' : 'en-GB');
}

function dayName(day: string, scene: Scene): string {
  const t = playgroundTexts(scene.locale);
  const today = localTime(scene.now, scene).startOf('day');
  if (day === today.toISODate()) return t('day.today');
  if (day === today.minus({ days: 1 }).toISODate()) return t('day.yesterday');
  const date = DateTime.fromISO(day, { zone: scene.zone }).setLocale(today.locale ?? 'nl-BE');
  const format = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return date.toLocaleString(date.year === today.year ? format : { ...format, year: 'numeric' });
}
