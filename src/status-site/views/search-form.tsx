import type { VNode } from 'preact';
import { exampleReference } from '../../signals/describe.js';
import { signalTexts } from '../../signals/texts.js';
import { PHASES, phaseOf } from '../../signals/transitions.js';
import { SignalStatus } from '../../storage/database.js';
import { WHOLE_CITY, type ListQuery } from '../list-query.js';
import type { SignalList } from '../read-pages.js';
import { siteTexts } from '../texts.js';
import type { Scene } from './parts.js';

interface Props {
  scene: Scene;
  now: Date;
  query: ListQuery;
  neighbourhoods: SignalList['neighbourhoods'];
}

/** A plain GET form: what is asked for becomes the page's address. */
export function SearchForm({ scene, now, query, neighbourhoods }: Props): VNode {
  const t = siteTexts(scene.locale);
  const s = signalTexts(scene.locale);
  return (
    <form class="search box" method="get" action="/" role="search">
      <div class="field search-words">
        <label class="field-label" for="zoek">
          {t('search.label')}
        </label>
        <input
          id="zoek"
          type="search"
          name="zoek"
          value={query.search}
          maxLength={200}
          aria-describedby="zoek-hulp"
          autocomplete="off"
        />
        <p class="field-hint" id="zoek-hulp">
          {t('search.hint', { example: exampleReference({ municipality: scene.municipality, now }) })}
        </p>
      </div>
      <div class="field">
        <label class="field-label" for="status">
          {t('filter.status')}
        </label>
        <select id="status" name="status">
          <StatusOptions scene={scene} chosen={query.status} />
        </select>
      </div>
      <div class="field">
        <label class="field-label" for="wijk">
          {t('filter.place')}
        </label>
        <select id="wijk" name="wijk">
          <option value="">{t('filter.place.all')}</option>
          <option value={WHOLE_CITY} selected={query.place === WHOLE_CITY}>
            {s('file.cityWide')}
          </option>
          {neighbourhoods.map(({ number, name }) => (
            <option key={number} value={number} selected={query.place === number}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="button">
        {t('search.submit')}
      </button>
    </form>
  );
}

/** The statuses under the phase they belong to, which is also how one learns the eight steps. */
function StatusOptions({ scene: { locale }, chosen }: { scene: Scene; chosen: ListQuery['status'] }): VNode {
  const t = siteTexts(locale);
  const s = signalTexts(locale);
  const statuses = Object.values(SignalStatus);
  const option = (status: SignalStatus) => (
    <option key={status} value={status} selected={chosen === status}>
      {s(`status.${status}`)}
    </option>
  );
  return (
    <>
      <option value="">{t('filter.status.all')}</option>
      <optgroup label={t('filter.status.summary')}>
        <option value="lopend" selected={chosen === 'lopend'}>
          {t('filter.status.open')}
        </option>
        <option value="afgerond" selected={chosen === 'afgerond'}>
          {t('filter.status.ended')}
        </option>
      </optgroup>
      {PHASES.map((phase, index) => (
        <optgroup key={phase} label={t('filter.status.phase', { step: index + 1, phase: s(`phase.${phase}`) })}>
          {statuses.filter((status) => phaseOf(status) === phase).map(option)}
        </optgroup>
      ))}
      <optgroup label={t('filter.status.left')}>
        {statuses.filter((status) => phaseOf(status) === undefined).map(option)}
      </optgroup>
    </>
  );
}
