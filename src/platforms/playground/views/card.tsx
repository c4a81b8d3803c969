import type { VNode } from 'preact';
import type { Button, ButtonsPart, Card, CardPart } from '../../../chat/card.js';
import { Icon, isSafeUrl } from '../../../web/components.js';
import { webTexts } from '../../../web/web-texts.js';
import type { Locale } from '../../../chat/texts.js';
import { buttonPosition, controlName, maySee } from '../messages.js';
import { playgroundTexts } from '../texts.js';

export interface CardProps {
  card: Card;
  messageId: string;
  /** Starts the ids of the card's controls: a message can stand on a page twice, in its conversation and its thread. */
  domId: string;
  viewerId: string;
  locale: Locale;
}

/** A neutral card as HTML. All of its text is shown as it was typed: Preact escapes it and CSS keeps the lines. */
export function CardView({ card, ...context }: CardProps): VNode {
  // A lone line of text is somebody talking; anything more is framed, so that its parts belong together.
  const plain = card.parts.every((part) => part.kind === 'text' && !part.style);
  return (
    <div class={plain ? 'card card-plain' : 'card'}>
      {card.parts.map((part, index) => (
        <PartView key={index} part={part} index={index} {...context} />
      ))}
    </div>
  );
}

type PartProps = Omit<CardProps, 'card'> & { part: CardPart; index: number };

function PartView({ part, ...context }: PartProps): VNode | null {
  switch (part.kind) {
    case 'heading':
      return <h3 class="card-heading">{part.text}</h3>;
    case 'text':
      return part.style === 'quote' ? (
        <blockquote class="card-text card-quote">{part.text}</blockquote>
      ) : (
        <p class={part.style === 'subtle' ? 'card-text card-subtle' : 'card-text'}>{part.text}</p>
      );
    case 'facts':
      return (
        <dl class="card-facts">
          {part.facts.map((fact, at) => (
            <div key={at}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'image':
      return isSafeUrl(part.url) ? (
        <img class="card-image" src={part.url} alt={part.alt} loading="lazy" />
      ) : (
        <p class="card-text card-subtle">{part.alt}</p>
      );
    case 'divider':
      return <hr class="card-divider" />;
    case 'buttons':
      return <ButtonsView part={part} {...context} />;
    case 'select':
      return <SelectView part={part} {...context} />;
    case 'link':
      return isSafeUrl(part.url) ? (
        <p class="card-text">
          <a class="card-link" href={part.url} target="_blank" rel="noopener">
            {part.label}
            <Icon name="out" />
            <span class="visually-hidden"> ({webTexts(context.locale)('newTab')})</span>
          </a>
        </p>
      ) : (
        <p class="card-text">{part.label}</p>
      );
  }
}

function ButtonsView({
  part,
  index,
  domId,
  messageId,
  viewerId,
  locale,
}: Omit<PartProps, 'part'> & { part: ButtonsPart }) {
  if (!maySee(part, viewerId)) return null;
  const t = playgroundTexts(locale);
  const menuId = `menu-${domId}-${index}`;
  const post = (list: 'b' | 'm', at: number, button: Button) =>
    pressing(domId, messageId, controlName(buttonPosition(index, list, at), button));
  return (
    <div class="card-buttons">
      {part.buttons.map((button, at) => {
        const { name, attributes } = post('b', at, button);
        return (
          <button key={name} id={name} type="button" class={`button button-${button.style ?? 'plain'}`} {...attributes}>
            {button.label}
          </button>
        );
      })}
      {part.more && part.more.length > 0 && (
        <div class="menu" data-menu>
          <button
            type="button"
            id={`${menuId}-open`}
            class="button button-plain button-icon"
            aria-haspopup="menu"
            aria-expanded="false"
            aria-controls={menuId}
            aria-label={t('button.more')}
            title={t('button.more')}
          >
            <Icon name="more" />
          </button>
          <div role="menu" id={menuId} class="menu-list" aria-labelledby={`${menuId}-open`} hidden>
            {part.more.map((button, at) => {
              const { name, attributes } = post('m', at, button);
              return (
                <button
                  key={name}
                  id={name}
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  class={`menu-item${button.style === 'danger' ? ' menu-item-danger' : ''}`}
                  {...attributes}
                >
                  {button.label}
                </button>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}

function SelectView(props: Omit<PartProps, 'part'> & { part: Extract<CardPart, { kind: 'select' }> }): VNode {
  const { part, index, domId, messageId, locale } = props;
  const t = playgroundTexts(locale);
  const { name, attributes } = pressing(domId, messageId, controlName(String(index), part));
  // A button beside it: choosing by keyboard passes every option, and each would act at once.
  return (
    <form class="card-select" {...attributes}>
      <label for={name}>{part.label}</label>
      <div class="card-select-row">
        <select id={name} name="keuze" required>
          <option value="">{t('select.none')}</option>
          {part.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <button type="submit" class="button button-plain">
          {t('select.go')}
        </button>
      </div>
    </form>
  );
}

/** Says which control of which message; what it does is looked up where the card is stored. */
function pressing(domId: string, messageId: string, control: string) {
  return {
    name: `${domId}-${control}`,
    attributes: {
      'hx-post': '/speeltuin/druk',
      'hx-vals': JSON.stringify({ bericht: messageId, knop: control }),
      // Not disabled meanwhile: a disabled button loses the keyboard's focus.
      'hx-sync': 'this:drop',
    },
  };
}
