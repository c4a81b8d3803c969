import type { VNode } from 'preact';
import type { Locale } from '../../../chat/texts.js';
import { Avatar, Icon } from '../../../web/components.js';
import { ROLES, type Conversation, type Viewer } from '../people.js';
import { playgroundTexts } from '../texts.js';
import { BotAvatar } from './messages.js';

/** Who the visitor is; unfolds to everybody they may be. */
export function Me({ viewer, viewers }: { viewer: Viewer; viewers: Viewer[] }): VNode {
  const t = playgroundTexts(viewer.locale);
  return (
    <details class="me" data-me>
      <summary>
        <Avatar name={viewer.name} seed={viewer.id} />
        <span class="me-text">
          <span class="me-name">{viewer.name}</span>
          <span class="me-role">{describeRole(viewer)}</span>
        </span>
        <span class="visually-hidden">{t('me.change')}</span>
        <Icon name="chevron" />
      </summary>
      <div class="me-list">
        <People viewers={viewers} current={viewer.id} locale={viewer.locale} />
      </div>
    </details>
  );
}

/** Everybody who may be picked, by role. */
export function People(props: { viewers: Viewer[]; current?: string; locale: Locale }): VNode {
  const t = playgroundTexts(props.locale);
  return (
    <nav class="people" aria-label={t('welcome.pick')}>
      {ROLES.map((role) => {
        const ofRole = props.viewers.filter((viewer) => viewer.role === role);
        return ofRole.length === 0 ? null : (
          <div key={role} class="people-group">
            <h2 class="group-name">{t(`role.${role}`)}</h2>
            <ul>
              {ofRole.map((viewer) => (
                <li key={viewer.id}>
                  <a
                    class="person"
                    href={`/speeltuin?als=${viewer.id}`}
                    aria-current={viewer.id === props.current ? 'true' : undefined}
                  >
                    <Avatar name={viewer.name} seed={viewer.id} size="small" />
                    <span class="person-text">
                      <span class="person-name">{viewer.name}</span>
                      {viewer.organisation && <span class="person-organisation">{viewer.organisation}</span>}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

export type Listed = Conversation & { unread: number; current: boolean; href: string };

/** `swap`: how htmx puts it in place of the one on the page. */
export function Conversations(props: { conversations: Listed[]; locale: Locale; swap?: string }): VNode {
  const { conversations, locale } = props;
  const t = playgroundTexts(locale);
  const group = (kind: Conversation['kind'], title: string) => {
    const ofKind = conversations.filter((conversation) => conversation.kind === kind);
    return ofKind.length === 0 ? null : (
      <div class="conversation-group">
        <h2 class="group-name">{title}</h2>
        <ul>
          {ofKind.map((conversation) => (
            <li key={conversation.id}>
              <a
                id={`gesprek-${conversation.id.replace(':', '-')}`}
                class={conversation.unread > 0 ? 'conversation conversation-unread' : 'conversation'}
                href={conversation.href}
                aria-current={conversation.current ? 'page' : undefined}
              >
                {kind === 'direct' ? <BotAvatar /> : <Icon name="hash" />}
                <span class="conversation-name">{conversation.name ?? t('bot')}</span>
                {conversation.unread > 0 && (
                  <span class="unread">
                    <span aria-hidden="true">{conversation.unread}</span>
                    <span class="visually-hidden">{t('conversations.unread', { count: conversation.unread })}</span>
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </div>
    );
  };
  return (
    <nav id="gesprekken" class="conversations" aria-label={t('conversations.label')} hx-swap-oob={props.swap}>
      {group('channel', t('conversations.channels'))}
      {group('direct', t('conversations.direct'))}
    </nav>
  );
}

function describeRole(viewer: Viewer): string {
  const role = playgroundTexts(viewer.locale)(`role.one.${viewer.role}`);
  return viewer.organisation ? `${role}, ${viewer.organisation}` : role;
}
