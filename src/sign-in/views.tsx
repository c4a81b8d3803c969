import type { ComponentChildren, VNode } from 'preact';
import type { Frame } from '../chat/site.js';
import type { Locale } from '../chat/texts.js';
import { Page } from '../web/layout.js';
import { signInTexts } from './texts.js';

/** Not one fact of the municipality, its name and menu included. */
export function bare({ locale, language }: Frame): Frame {
  return { locale, language };
}

/** The page behind a personal link. It names nobody: whoever was sent the link, and what previews links, sees it. */
export function ConfirmPage({ frame, token }: { frame: Frame; token: string }): VNode {
  const t = signInTexts(frame.locale);
  return (
    <Message frame={frame} title={t('confirm.title')}>
      <p>{t('confirm.text')}</p>
      <form method="post" action="/aanmelden">
        <input type="hidden" name="token" value={token} />
        <button type="submit" class="button">
          {t('confirm.button')}
        </button>
      </form>
      <p class="field-hint">{t('confirm.stay')}</p>
    </Message>
  );
}

export function GonePage({ frame }: { frame: Frame }): VNode {
  const t = signInTexts(frame.locale);
  return (
    <Message frame={frame} title={t('gone.title')}>
      <p>{t('gone.text')}</p>
      <Command locale={frame.locale} />
    </Message>
  );
}

/** Why somebody sees how to get in: they wanted something that is not open, sent a form too late, left, or asked. */
export type WayInReason = 'closed' | 'late' | 'out' | 'in';

/** `form`: what was sent when nobody was signed in any more. It is sent again, as it was, once somebody is. */
export function WayInPage(props: {
  frame: Frame;
  reason: WayInReason;
  form?: { action: string; fields: [name: string, value: string][] } | undefined;
}): VNode {
  const { frame, reason, form } = props;
  const t = signInTexts(frame.locale);
  return (
    <Message frame={frame} title={t(`${reason}.title`)}>
      <p>{t(`${reason}.text`)}</p>
      <ol class="steps">
        <li>{t('closed.step.chat')}</li>
        <li>
          {t('closed.step.type')} <Command locale={frame.locale} />
        </li>
        <li>{t('closed.step.open')}</li>
        {form && <li>{t('late.step.back')}</li>}
      </ol>
      {form && (
        <form method="post" action={form.action}>
          {form.fields.map(([name, value], index) => (
            <input key={index} type="hidden" name={name} value={value} />
          ))}
          <button type="submit" class="button">
            {t('late.button')}
          </button>
        </form>
      )}
      <p class="field-hint">{t('closed.new')}</p>
    </Message>
  );
}

export function NotYoursPage({ frame }: { frame: Frame }): VNode {
  const t = signInTexts(frame.locale);
  return (
    <Message frame={frame} title={t('notYours.title')}>
      <p>{t('notYours.text')}</p>
    </Message>
  );
}

function Command({ locale }: { locale: Locale }): VNode {
  return <code>{signInTexts(locale)('usage')}</code>;
}

function Message({ frame, title, children }: { frame: Frame; title: string; children: ComponentChildren }): VNode {
  return (
    <Page {...frame} title={title}>
      <section class="one-thing">
        <h1>{title}</h1>
        {children}
      </section>
    </Page>
  );
}

/** The tab in Teams, while Teams tells who this is; and what to do when it does not work. */
export function TabPage({ frame, next }: { frame: Frame; next: string }): VNode {
  const t = signInTexts(frame.locale);
  return (
    <Page {...frame} title={t('tab.title')} scripts={['teams.js']} modules={['teams-tab.js']}>
      <section class="one-thing" id="teams-tab" data-next={next}>
        <h1>{t('tab.title')}</h1>
        <div role="status">
          <p data-when="busy">{t('tab.busy')}</p>
          {(['outside', 'late', 'token', 'person', 'cookie'] as const).map((problem) => (
            <p key={problem} data-when={problem} hidden>
              {t(`tab.${problem}`)}
            </p>
          ))}
        </div>
        <p>
          <a href="/aanmelden" target="_blank" rel="noopener">
            {t('tab.browser')}
          </a>
        </p>
        <noscript>
          <p>{t('tab.script')}</p>
        </noscript>
      </section>
    </Page>
  );
}
