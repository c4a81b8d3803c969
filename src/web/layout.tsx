import type { Response } from 'express';
import type { ComponentChildren, VNode } from 'preact';
import { renderToStringAsync } from 'preact-render-to-string';
import type { Frame } from '../chat/site.js';
import { LOCALES, type Locale } from '../chat/texts.js';
import { assetUrl } from './assets.js';
import { webTexts } from './web-texts.js';

export interface PageProps extends Frame {
  /** Of this page; the product's name follows it in the browser's tab. */
  title: string;
  /** Where the product's name leads. */
  home?: string;
  /** Names of assets, after `base.css`. */
  styles?: string[];
  /** Names of assets; they run after the page is parsed, in this order. */
  scripts?: string[];
  /** ES modules of our own, after `scripts`. */
  modules?: string[];
  /** `app`: fills the window and scrolls inside its panes; `page`: a reading column with a footer. */
  shape?: 'page' | 'app';
  children: ComponentChildren;
}

/** `eval` and the indicator's inline style would break the content policy; a lost answer must not look like success. */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  timeout: 15_000,
  scrollBehavior: 'auto',
});

/** The whole document every page stands in. */
export function Page(props: PageProps): VNode {
  const t = webTexts(props.locale);
  const shape = props.shape ?? 'page';
  return (
    <html lang={props.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={HTMX_CONFIG} />
        <title>{`${props.title} · ${t('product')}`}</title>
        <link rel="icon" type="image/svg+xml" href={assetUrl('icon.svg')} />
        {['base.css', ...(props.styles ?? [])].map((name) => (
          <link key={name} rel="stylesheet" href={assetUrl(name)} />
        ))}
        {(props.scripts ?? []).map((name) => (
          <script key={name} defer src={assetUrl(name)}></script>
        ))}
        {(props.modules ?? []).map((name) => (
          <script key={name} type="module" src={assetUrl(name)}></script>
        ))}
      </head>
      <body class={`shape-${shape}`}>
        <a class="skip-link" href="#main">
          {t('skip')}
        </a>
        <header class="site-header">
          <a class="brand" href={props.home ?? '/'}>
            <Logo />
            <span class="brand-name">{t('product')}</span>
            {props.municipality && <span class="brand-town">{props.municipality}</span>}
          </a>
          {props.navigation && props.navigation.length > 0 && (
            <nav class="site-nav" aria-label={t('product')}>
              <ul>
                {props.navigation.map((item) => (
                  <li key={item.href}>
                    <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                      {item.label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          <div class="site-tools">
            {props.account && <Account account={props.account} locale={props.locale} />}
            <LanguageSwitch {...props.language} locale={props.locale} />
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {props.children}
        </main>
        {shape === 'page' && (
          <footer class="site-footer">
            <p>{t('footer.about')}</p>
            <p>
              <a href="/privacy">{t('footer.privacy')}</a>
            </p>
          </footer>
        )}
      </body>
    </html>
  );
}

/** Who is signed in, and the way out; or the way in. */
function Account({ account, locale }: { account: NonNullable<Frame['account']>; locale: Locale }): VNode {
  const t = webTexts(locale);
  if (account === 'visitor') {
    return (
      <a class="sign-in" href="/aanmelden">
        {t('signIn')}
      </a>
    );
  }
  return (
    <div class="account">
      <span class="account-name">
        <span class="visually-hidden">{t('signedInAs')} </span>
        {account.name}
      </span>
      {account.maySignOut && (
        <form method="post" action="/afmelden">
          <button type="submit" class="link-button">
            {t('signOut')}
          </button>
        </form>
      )}
    </div>
  );
}

/** Two buttons in a plain form: works without any script. */
function LanguageSwitch(props: Frame['language'] & { locale: Locale }): VNode {
  const names: Record<Locale, string> = { nl: 'Nederlands', en: 'English' };
  return (
    <form class="language" method="post" action={props.action} aria-label={webTexts(props.locale)('language')}>
      {Object.entries(props.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="submit"
          name="locale"
          value={locale}
          lang={locale}
          title={names[locale]}
          aria-pressed={locale === props.locale ? 'true' : 'false'}
        >
          <span aria-hidden="true">{locale.toUpperCase()}</span>
          <span class="visually-hidden">{names[locale]}</span>
        </button>
      ))}
    </form>
  );
}

function Logo(): VNode {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect class="brand-mark-ground" width="32" height="32" rx="9" />
      <path class="brand-mark-line" d="M8 20.5a8 8 0 0 1 16 0M12.2 20.5a3.8 3.8 0 0 1 7.6 0" />
      <circle class="brand-mark-dot" cx="16" cy="22.6" r="1.9" />
    </svg>
  );
}

/** Sends a whole document. No browser or proxy keeps it: who may read can change between two visits. */
export async function sendPage(response: Response, page: VNode, status = 200): Promise<void> {
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(`<!doctype html>\n${await renderToStringAsync(page)}`);
}

/** Sends a part of a page, to be put in its place by htmx. */
export async function sendFragment(response: Response, part: VNode): Promise<void> {
  response
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(await renderToStringAsync(part));
}
