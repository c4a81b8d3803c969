import type { VNode } from 'preact';
import { sayWhere } from '../../signals/describe.js';
import { tidyReference } from '../../signals/read-signals.js';
import { signalTexts } from '../../signals/texts.js';
import { Icon } from '../../web/components.js';
import { Page } from '../../web/layout.js';
import { listHref, WHOLE_CITY, type ListQuery } from '../list-query.js';
import type { ListedSignal, SignalList } from '../read-pages.js';
import { siteTexts } from '../texts.js';
import { Acute, Day, PhaseBar, PlaceIcon, STYLES, tabTitle, typedIn, type Scene } from './parts.js';
import { SearchForm } from './search-form.js';
import { StatusBadge } from './status-badge.js';

/** Every signal, newest first. */
export function ListPage({ scene, list, now }: { scene: Scene; list: SignalList; now: Date }): VNode {
  const { locale, municipality } = scene;
  const { query, lines, next } = list;
  const t = siteTexts(locale);
  const title = query.search ? t('list.title.search', { search: query.search }) : t('list.title');
  return (
    <Page {...scene.frame} title={tabTitle(title)} styles={STYLES}>
      <div class="signals-page">
        <div class="page-heading">
          <h1>{t('list.title')}</h1>
          <p class="lead">{t('list.intro', { municipality: municipality.name })}</p>
        </div>
        <SearchForm scene={scene} now={now} query={query} neighbourhoods={list.neighbourhoods} />
        <ActiveFilters scene={scene} list={list} />
        {lines.length > 0 ? (
          <section aria-labelledby="resultaten">
            <h2 id="resultaten" class="results-heading">
              {t(query.after ? 'results.heading.older' : 'results.heading')}
            </h2>
            <ol class="signal-list">
              {lines.map((line) => (
                <SignalItem key={line.id} line={line} scene={scene} />
              ))}
            </ol>
          </section>
        ) : (
          <Empty scene={scene} query={query} />
        )}
        {(query.after || next) && (
          <nav class="pages" aria-label={t('results.pages')}>
            {query.after && (
              <a class="button button-plain" href={listHref({ ...query, after: undefined })}>
                {t('results.newest')}
              </a>
            )}
            {next ? (
              <a class="button" rel="next" href={listHref({ ...query, after: next })}>
                {t('results.older')}
              </a>
            ) : (
              lines.length > 0 && <p class="field-hint">{t('results.end')}</p>
            )}
          </nav>
        )}
      </div>
    </Page>
  );
}

function SignalItem({ line, scene }: { line: ListedSignal; scene: Scene }): VNode {
  const { locale } = scene;
  const t = siteTexts(locale);
  return (
    <li class="signal-item">
      <div class="signal-item-about">
        <h3 class="signal-item-title" lang={typedIn(scene)}>
          <a href={`/signalen/${line.reference}`}>{line.title}</a>
        </h3>
        <p class="meta">
          <span class="reference">{line.reference}</span>
          <span>
            <PlaceIcon />
            {sayWhere(line, locale)}
          </span>
          <span>
            {t('filedOn')} <Day at={line.filedAt} scene={scene} />
          </span>
          {line.status !== 'received' && (
            <span>
              {t('lastStep')} <Day at={line.statusSince} scene={scene} />
            </span>
          )}
        </p>
      </div>
      <div class="signal-item-state">
        <p class="marks">
          <StatusBadge status={line.status} locale={locale} />
          {line.acute && <Acute locale={locale} />}
        </p>
        <PhaseBar status={line.status} locale={locale} />
      </div>
    </li>
  );
}

/** What is chosen, each with a way to leave it out. */
function ActiveFilters({ scene, list }: { scene: Scene; list: SignalList }): VNode | null {
  const { query, neighbourhoods } = list;
  const t = siteTexts(scene.locale);
  const s = signalTexts(scene.locale);
  const chosen = { ...query, after: undefined };
  const place =
    query.place === WHOLE_CITY ? s('file.cityWide') : neighbourhoods.find(({ number }) => number === query.place)?.name;
  const filters = [
    query.search && {
      label: t('filter.search.active', { search: query.search }),
      without: listHref({ ...chosen, search: '' }),
    },
    query.status && {
      label:
        query.status === 'lopend'
          ? t('filter.status.open')
          : query.status === 'afgerond'
            ? t('filter.status.ended')
            : s(`status.${query.status}`),
      without: listHref({ ...chosen, status: undefined }),
    },
    place && { label: place, without: listHref({ ...chosen, place: undefined }) },
  ].filter((filter) => typeof filter === 'object');
  if (filters.length === 0) return null;
  return (
    <section class="filters" aria-labelledby="filters">
      <h2 id="filters">{t('filter.heading')}</h2>
      <ul>
        {filters.map(({ label, without }) => (
          <li key={label}>
            <a class="filter" href={without}>
              <span class="visually-hidden">{t('filter.remove', { filter: label })}</span>
              <span class="filter-label" aria-hidden="true">
                {label}
              </span>
              <Icon name="close" />
            </a>
          </li>
        ))}
        {filters.length > 1 && (
          <li>
            <a href="/">{t('filter.clear')}</a>
          </li>
        )}
      </ul>
    </section>
  );
}

function Empty({ scene, query }: { scene: Scene; query: ListQuery }): VNode {
  const t = siteTexts(scene.locale);
  if (query.after) {
    return (
      <section class="empty">
        <h2 class="empty-title">{t('empty.older')}</h2>
      </section>
    );
  }
  if (query.search || query.status || query.place !== undefined) {
    const reference = tidyReference(query.search);
    return (
      <section class="empty">
        <h2 class="empty-title">{t('empty.found')}</h2>
        <p>{reference ? t('empty.found.reference', { reference }) : t('empty.found.text')}</p>
        <p>
          <a class="button button-plain" href="/">
            {t('unknown.all')}
          </a>
        </p>
      </section>
    );
  }
  return (
    <section class="empty">
      <h2 class="empty-title">{t('empty.none')}</h2>
      <p>{t('empty.none.text')}</p>
      {scene.playground && (
        <p>
          <a class="button" href="/speeltuin">
            {t('empty.none.playground')}
          </a>
        </p>
      )}
    </section>
  );
}
