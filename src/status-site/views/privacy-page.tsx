import type { VNode } from 'preact';
import type { Frame } from '../../chat/site.js';
import { Page } from '../../web/layout.js';
import { siteTexts } from '../texts.js';

/** What is kept of whom, and what the product is for: platforms point their users here, so it is open to everyone. */
export function PrivacyPage({ frame }: { frame: Frame }): VNode {
  const t = siteTexts(frame.locale);
  return (
    <Page {...frame} title={t('privacy.title')}>
      <article class="one-thing">
        <h1>{t('privacy.title')}</h1>
        {(['clients', 'people', 'filers', 'where'] as const).map((part) => (
          <p key={part}>{t(`privacy.${part}`)}</p>
        ))}
        <h2 id="gebruik">{t('privacy.use.title')}</h2>
        <p>{t('privacy.use')}</p>
      </article>
    </Page>
  );
}
