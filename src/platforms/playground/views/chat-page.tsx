import type { VNode } from 'preact';
import type { Locale } from '../../../chat/texts.js';
import { Icon } from '../../../web/components.js';
import { Page } from '../../../web/layout.js';
import type { Message } from '../messages.js';
import type { Town, Viewer } from '../people.js';
import { playgroundTexts } from '../texts.js';
import { BotAvatar, MessageDays, MessageView, type Scene } from './messages.js';
import { Conversations, Me, People, type Listed } from './sidebar.js';

/** What a command looks like in the list of suggestions. */
export interface CommandHint {
  usage: string;
  does: string;
  /** The part of the usage that is typed as it stands. */
  insert: string;
}

export interface ChatView {
  town: Town;
  viewer: Viewer;
  viewers: Viewer[];
  conversations: Listed[];
  current: Listed;
  /** False: the address named no conversation, so a narrow screen shows the list of them. */
  chosen: boolean;
  messages: Message[];
  older: boolean;
  /** How many messages are asked for. */
  count: number;
  thread: { root: Message; replies: Message[] } | undefined;
  commands: CommandHint[];
  /** The command somebody new should try. */
  mainCommand: string;
  scene: Scene;
}

/** Query of the live parts and of everything that is posted. */
function contextOf(view: ChatView): Record<string, string> {
  return {
    als: view.viewer.id,
    gesprek: view.current.id,
    ...(view.thread && { draad: view.thread.root.id }),
    ...(view.chosen ? {} : { lijst: '1' }),
    aantal: String(view.count),
  };
}

export function ChatPage(view: ChatView): VNode {
  const { viewer, current, thread } = view;
  const t = playgroundTexts(viewer.locale);
  const context = contextOf(view);
  const pane = thread ? 'thread' : view.chosen ? 'conversation' : 'list';
  return (
    <Page
      locale={viewer.locale}
      title={titleOf(view)}
      municipality={view.town.name}
      home="/speeltuin"
      language={{ action: '/speeltuin/taal', fields: { ...context, terug: view.scene.href({}) } }}
      styles={['playground.css']}
      scripts={['htmx.js', 'htmx-sse.js', 'idiomorph.js']}
      modules={['playground.js']}
      shape="app"
    >
      <div
        class={`chat chat-shows-${pane}${thread ? ' chat-with-thread' : ''}`}
        hx-ext="sse, morph"
        hx-target="#dialoog"
        hx-swap="innerHTML"
        hx-vals={JSON.stringify(context)}
      >
        <div
          id="stand"
          hx-get="/speeltuin/stand"
          hx-trigger="sse:changed, chat-changed from:body"
          hx-swap="none"
          hx-sync="this:queue last"
          sse-connect={`/speeltuin/stroom?als=${viewer.id}`}
          hidden
        ></div>
        {/* The panes' own titles come and go with the screen's width; the page always has one. */}
        <h1 class="visually-hidden">{t('title')}</h1>
        <aside class="sidebar" aria-label={t('conversations.label')}>
          <Me viewer={viewer} viewers={view.viewers} />
          <Conversations conversations={view.conversations} locale={viewer.locale} />
        </aside>
        <section class="conversation-pane" aria-labelledby="gesprek-titel">
          <header class="pane-header">
            <a class="icon-button pane-back" href={`/speeltuin?als=${viewer.id}`} aria-label={t('conversations.back')}>
              <Icon name="back" />
            </a>
            {current.kind === 'direct' ? <BotAvatar /> : <Icon name="hash" />}
            <div class="pane-titles">
              <h2 id="gesprek-titel">{current.name ?? t('bot')}</h2>
              <p>{describeConversation(view)}</p>
            </div>
          </header>
          <p id="verbinding" class="connection" role="status" hidden>
            <Icon name="warning" />
            <span>{t('live.lost')}</span>
          </p>
          <div id="melding" class="alert" role="alert" hidden data-lost={t('send.failed')}>
            <Icon name="warning" />
            <span data-alert-text></span>
            <button type="button" class="icon-button" data-alert-close aria-label={t('alert.close')}>
              <Icon name="close" />
            </button>
          </div>
          <MessageList view={view} />
          <Composer view={view} place="gesprek" />
        </section>
        {thread && <ThreadPane view={view} thread={thread} />}
      </div>
      <div id="dialoog"></div>
    </Page>
  );
}

/** What may have changed since the page was made; swapped in by element, so that focus and open menus stay. */
export function LiveParts(view: ChatView): VNode {
  return (
    <>
      <title>{`${titleOf(view)} · Wijksignaal`}</title>
      <Conversations conversations={view.conversations} locale={view.viewer.locale} swap="morph" />
      <MessageList view={view} swap="morph" />
      {view.thread && <ThreadMessages view={view} thread={view.thread} swap="morph" />}
    </>
  );
}

/** `swap`: how htmx puts it in place of the element with its id. */
function MessageList({ view, swap }: { view: ChatView; swap?: string }): VNode {
  const t = playgroundTexts(view.viewer.locale);
  return (
    <div
      id="berichten"
      class="message-list"
      role="log"
      aria-label={t('messages.label')}
      tabIndex={0}
      data-scroll
      hx-swap-oob={swap}
    >
      {view.older && (
        <p class="older">
          <a class="button button-plain" href={view.scene.href({ aantal: view.count * 3 })}>
            {t('messages.older')}
          </a>
        </p>
      )}
      {view.messages.length === 0 ? (
        <EmptyConversation {...view} />
      ) : (
        <MessageDays messages={view.messages} scene={view.scene} prefix="gesprek" />
      )}
    </div>
  );
}

function EmptyConversation({ viewer, current, mainCommand }: ChatView): VNode {
  const t = playgroundTexts(viewer.locale);
  const direct = current.kind === 'direct';
  return (
    <div class="empty">
      {direct ? <BotAvatar /> : <Icon name="hash" />}
      <p class="empty-title">
        {direct ? t('messages.empty.direct.title', { name: viewer.name }) : t('messages.empty.channel.title')}
      </p>
      <p>{direct ? t('messages.empty.direct.text', { command: mainCommand }) : t('messages.empty.channel.text')}</p>
    </div>
  );
}

function ThreadPane({ view, thread }: { view: ChatView; thread: NonNullable<ChatView['thread']> }): VNode {
  const t = playgroundTexts(view.viewer.locale);
  return (
    <aside class="thread-pane" aria-labelledby="draad-titel" hx-vals={JSON.stringify({ plaats: 'draad' })}>
      <header class="pane-header">
        <div class="pane-titles">
          <h2 id="draad-titel">{t('thread.title')}</h2>
          <p>{view.current.name ?? t('bot')}</p>
        </div>
        <a
          class="icon-button"
          href={view.scene.href({})}
          aria-label={t('thread.close')}
          title={t('thread.close')}
          data-thread-close
        >
          <Icon name="close" />
        </a>
      </header>
      <ThreadMessages view={view} thread={thread} />
      <Composer view={view} place="draad" />
    </aside>
  );
}

function ThreadMessages(props: { view: ChatView; thread: NonNullable<ChatView['thread']>; swap?: string }): VNode {
  const { view, thread } = props;
  const t = playgroundTexts(view.viewer.locale);
  return (
    <div
      id="draad-berichten"
      class="message-list"
      role="log"
      aria-label={t('thread.title')}
      tabIndex={0}
      data-scroll
      hx-swap-oob={props.swap}
    >
      <ol class="messages thread-root">
        <MessageView message={thread.root} follows={false} scene={view.scene} inThread={true} />
      </ol>
      {thread.replies.length === 0 ? (
        <p class="thread-empty">{t('thread.empty')}</p>
      ) : (
        <MessageDays messages={thread.replies} scene={view.scene} prefix="draad" />
      )}
    </div>
  );
}

function Composer({ view, place }: { view: ChatView; place: 'gesprek' | 'draad' }): VNode {
  const t = playgroundTexts(view.viewer.locale);
  const { current } = view;
  const inThread = place === 'draad';
  const prompt = inThread
    ? t('thread.composer')
    : current.kind === 'direct'
      ? t('composer.direct')
      : t('composer.channel', { name: current.name ?? '' });
  const id = `vak-${place}`;
  return (
    <form class="composer" data-composer={place} hx-post="/speeltuin/zeg" hx-sync="this:drop">
      <ul class="commands" role="listbox" id={`${id}-commandos`} aria-label={t('composer.commands')} hidden>
        {view.commands.map((command, index) => (
          <li
            key={index}
            role="option"
            id={`${id}-c${index}`}
            class="command"
            data-insert={command.insert}
            aria-selected="false"
          >
            <code>{command.usage}</code>
            <span>{command.does}</span>
          </li>
        ))}
      </ul>
      <button type="button" class="button latest" data-latest={inThread ? 'draad-berichten' : 'berichten'} hidden>
        <Icon name="down" />
        {t('messages.latest')}
      </button>
      <div class="composer-box">
        <label class="visually-hidden" for={id}>
          {inThread ? t('thread.composer') : t('composer.label')}
        </label>
        <textarea
          id={id}
          name="tekst"
          rows={1}
          placeholder={prompt}
          aria-describedby={`${id}-toetsen`}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={`${id}-commandos`}
          autocomplete="off"
        ></textarea>
        <button
          type="submit"
          class="icon-button composer-send"
          aria-label={t('composer.send')}
          title={t('composer.send')}
        >
          <Icon name="send" />
        </button>
      </div>
      <p class="visually-hidden" role="status" data-found={t('composer.found')}></p>
      <p class="composer-keys" id={`${id}-toetsen`}>
        {t('composer.keys')}
      </p>
    </form>
  );
}

/** The first page: nobody has been picked yet. */
export function WelcomePage(props: {
  town: Town;
  viewers: Viewer[];
  locale: Locale;
  mainCommand: string;
  gone: boolean;
}): VNode {
  const { locale, viewers } = props;
  const t = playgroundTexts(locale);
  return (
    <Page
      locale={locale}
      title={t('title')}
      municipality={props.town.name}
      home="/speeltuin"
      language={{ action: '/taal', fields: { back: '/speeltuin' } }}
      styles={['playground.css']}
    >
      <div class="welcome">
        <h1>{t('welcome.title')}</h1>
        <p class="lead">{t('welcome.lead')}</p>
        {props.gone && (
          <p class="note note-warning" role="alert">
            <Icon name="warning" />
            <span>{t('welcome.gone')}</span>
          </p>
        )}
        <ol class="steps">
          <li>{t('welcome.step1', { command: props.mainCommand })}</li>
          <li>{t('welcome.step2')}</li>
          <li>{t('welcome.step3')}</li>
        </ol>
        <p class="welcome-pick">{t('welcome.pick')}</p>
        {viewers.length === 0 ? <p>{t('welcome.nobody')}</p> : <People viewers={viewers} locale={locale} />}
      </div>
    </Page>
  );
}

function titleOf(view: ChatView): string {
  const t = playgroundTexts(view.viewer.locale);
  const unread = view.conversations.reduce((sum, conversation) => sum + conversation.unread, 0);
  return `${unread > 0 ? `(${unread}) ` : ''}${view.current.name ?? t('bot')} · ${view.viewer.name}`;
}

function describeConversation({ current, viewer }: ChatView): string {
  const t = playgroundTexts(viewer.locale);
  if (current.kind === 'direct') return t('conversation.direct.about');
  if (current.owner?.id === viewer.id) return t('conversation.channel.own');
  return t('conversation.channel.of', { name: current.owner?.name ?? '' });
}
