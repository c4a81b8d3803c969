import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Card, CardPart } from '../../chat/card.js';
import { STOP_ACTION } from '../../chat/subscriptions.js';
import type { Locale } from '../../chat/texts.js';
import { isSafeUrl } from '../../web/components.js';
import { mailTexts } from './texts.js';

/** Mail programs drop style sheets: every element carries its own. One column that fits a telephone. */
const STYLE = {
  page: 'margin:0;padding:24px 12px;background:#f4f4f1;color:#1d2421;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5',
  sheet: 'max-width:640px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px',
  heading: 'margin:24px 0 8px;font-size:20px;line-height:1.3',
  text: 'margin:0 0 12px;white-space:pre-line',
  subtle: 'margin:0 0 12px;white-space:pre-line;color:#4c5a54;font-size:14px',
  quote: 'margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid #b9c7c0;white-space:pre-line',
  image: 'display:block;width:100%;max-width:592px;height:auto;margin:0 0 16px;border:0',
  term: 'padding:0 16px 4px 0;color:#4c5a54;vertical-align:top;text-align:left;font-weight:normal',
  value: 'padding:0 0 4px;vertical-align:top',
  line: 'border:0;border-top:1px solid #d9e0dc;margin:20px 0',
  link: 'color:#0b5c4a',
  footer: 'max-width:640px;margin:16px auto 0;color:#4c5a54;font-size:13px',
} as const;

export interface MailContent {
  subject: string;
  html: string;
  text: string;
}

/** A header is one line: what could end it, or start another, becomes a space. */
export function headerText(text: string, maxLength: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1).trimEnd()}…` : line;
}

/** Longer subjects are cut off by every mail program; a line of a header may be 998 characters (RFC 5322, 2.1.1). */
const SUBJECT_MAX = 150;

/**
 * A card as a mail: the same words and pictures as HTML and as plain text. Buttons need the chat and are left out.
 *
 * @param unsubscribe address of the way out, for messages that can be stopped.
 */
export function cardToMail(
  card: Card,
  options: { locale: Locale; municipality: string; unsubscribe?: string | undefined },
): MailContent {
  const t = mailTexts(options.locale);
  const footer = [
    t('footer', { municipality: options.municipality }),
    ...(card.parts.some(needsChat) ? [t('chat.only')] : []),
  ].join(' ');
  const unsubscribe = options.unsubscribe;
  const html = renderToString(
    <html lang={options.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{card.summary}</title>
      </head>
      <body style={STYLE.page}>
        <div style={STYLE.sheet}>
          {card.parts.map((part, index) => (
            <MailPart key={index} part={part} first={index === 0} />
          ))}
        </div>
        <p style={STYLE.footer}>
          {footer}
          {unsubscribe !== undefined && (
            <>
              {' '}
              <Link href={unsubscribe}>{t('unsubscribe')}</Link>
            </>
          )}
        </p>
      </body>
    </html>,
  );
  const text = [
    ...card.parts.map(textOf).filter((part) => part !== ''),
    `-- \n${footer}${unsubscribe === undefined ? '' : `\n${t('unsubscribe')}: ${unsubscribe}`}`,
  ].join('\n\n');
  return {
    subject: headerText(card.summary, SUBJECT_MAX) || t('subject'),
    html: `<!doctype html>\n${html}`,
    text: `${text}\n`,
  };
}

/** The button that stops this kind of message is a link in a mail. */
function needsChat(part: CardPart): boolean {
  if (part.kind === 'buttons') return part.buttons.some(({ action }) => action !== STOP_ACTION);
  return part.kind === 'select';
}

function MailPart({ part, first }: { part: CardPart; first: boolean }): VNode | null {
  switch (part.kind) {
    case 'heading':
      return first ? <h1 style={STYLE.heading}>{part.text}</h1> : <h2 style={STYLE.heading}>{part.text}</h2>;
    case 'text':
      if (part.style === 'quote') return <blockquote style={STYLE.quote}>{part.text}</blockquote>;
      return <p style={part.style === 'subtle' ? STYLE.subtle : STYLE.text}>{part.text}</p>;
    case 'facts':
      return (
        <table style={STYLE.text}>
          <tbody>
            {part.facts.map((fact, index) => (
              <tr key={index}>
                <th scope="row" style={STYLE.term}>
                  {fact.label}
                </th>
                <td style={STYLE.value}>{fact.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'image':
      return isSafeUrl(part.url) ? (
        <img src={part.url} alt={part.alt} width="592" style={STYLE.image} />
      ) : (
        <p style={STYLE.subtle}>{part.alt}</p>
      );
    case 'divider':
      return <hr style={STYLE.line} />;
    case 'link':
      return <p style={STYLE.text}>{isSafeUrl(part.url) ? <Link href={part.url}>{part.label}</Link> : part.label}</p>;
    case 'buttons':
    case 'select':
      return null;
  }
}

function Link({ href, children }: { href: string; children: ComponentChildren }): VNode {
  return (
    <a href={href} style={STYLE.link}>
      {children}
    </a>
  );
}

function textOf(part: CardPart): string {
  switch (part.kind) {
    case 'heading':
      return `${part.text}\n${'='.repeat(Math.min([...part.text].length, 60))}`;
    case 'text':
      return part.style === 'quote' ? part.text.replace(/^/gm, '> ') : part.text;
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'image':
      return `[${part.alt}]`;
    case 'divider':
      return '----';
    case 'link':
      return `${part.label}: ${part.url}`;
    case 'buttons':
    case 'select':
      return '';
  }
}
