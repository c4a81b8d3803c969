import type { VNode } from 'preact';
import { exampleReference } from '../../signals/describe.js';
import { signalTexts } from '../../signals/texts.js';
import type { Locale } from '../../chat/texts.js';
import { Page } from '../../web/layout.js';
import { siteTexts } from '../texts.js';
import { navigation, STYLES, type Scene } from './parts.js';

/** Longer is no mistyped reference. */
const TYPED_SHOWN = 40;

/** There is no such signal. */
export function UnknownPage({ scene, typed, now }: { scene: Scene; typed: string; now: Date }): VNode {
  const { locale, municipality } = scene;
  const t = siteTexts(locale);
  const example = exampleReference({ municipality, now });
  return (
    <Page
      locale={locale}
      title={t('unknown.title')}
      municipality={municipality.name}
      navigation={navigation(scene, false)}
      language={{ action: '/taal', fields: { back: scene.address } }}
      styles={STYLES}
    >
      <section class="message">
        <h1>{t('unknown.title')}</h1>
        <p>{t('unknown.text', { typed: typed.slice(0, TYPED_SHOWN), example })}</p>
        <form class="search-short" method="get" action="/" role="search">
          <div class="field">
            <label class="field-label" for="zoek">
              {t('search.label')}
            </label>
            <input id="zoek" type="search" name="zoek" maxLength={200} autocomplete="off" />
          </div>
          <button type="submit" class="button">
            {t('search.submit')}
          </button>
        </form>
        <p>
          <a href="/">{t('unknown.all')}</a>
        </p>
      </section>
    </Page>
  );
}

/** Nothing here is for who is not signed in: not one fact of the municipality stands on it. */
export function ClosedPage({ locale, address }: { locale: Locale; address: string }): VNode {
  const t = siteTexts(locale);
  const s = signalTexts(locale);
  return (
    <Page
      locale={locale}
      title={t('closed.title')}
      language={{ action: '/taal', fields: { back: address } }}
      styles={STYLES}
    >
      <section class="message">
        <h1>{t('closed.title')}</h1>
        <p>{t('closed.text')}</p>
        <p>{t('closed.chat')}</p>
        <dl class="commands">
          <div>
            <dt>{s('help.search.usage')}</dt>
            <dd>{t('closed.search')}</dd>
          </div>
          <div>
            <dt>{s('help.status.usage')}</dt>
            <dd>{t('closed.status')}</dd>
          </div>
        </dl>
      </section>
    </Page>
  );
}
