import type { VNode } from 'preact';
import { exampleReference } from '../../signals/describe.js';
import { Page } from '../../web/layout.js';
import { siteTexts } from '../texts.js';
import { STYLES, type Scene } from './parts.js';

/** Longer is no mistyped reference. */
const TYPED_SHOWN = 40;

/** There is no such signal. */
export function UnknownPage({ scene, typed, now }: { scene: Scene; typed: string; now: Date }): VNode {
  const { locale, municipality } = scene;
  const t = siteTexts(locale);
  const example = exampleReference({ municipality, now });
  return (
    <Page {...scene.frame} title={t('unknown.title')} styles={STYLES}>
      <section class="one-thing">
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
