import type { VNode } from 'preact';
import { sayWhere } from '../../signals/describe.js';
import { neutralFacts } from '../../signals/owner-card.js';
import { signalTexts } from '../../signals/texts.js';
import type { TimelineLine } from '../../signals/timeline-card.js';
import { PHASES, phaseOf } from '../../signals/transitions.js';
import { Icon } from '../../web/components.js';
import { Page } from '../../web/layout.js';
import type { PageActions, SignalPageData } from '../read-pages.js';
import { siteTexts } from '../texts.js';
import { Acute, Day, Instant, PlaceIcon, STYLES, tabTitle, typedIn, type Scene } from './parts.js';
import { StatusBadge } from './status-badge.js';

/** One signal, as everyone of the municipality may read it. */
export function SignalPage(props: { scene: Scene; data: SignalPageData; actions: PageActions }): VNode {
  const { scene, data, actions } = props;
  const { locale } = scene;
  const { signal } = data;
  const t = siteTexts(locale);
  return (
    <Page {...scene.frame} title={tabTitle(`${signal.reference} ${signal.title}`)} styles={STYLES}>
      <article class="signal-page">
        <p class="back">
          <a href="/">
            <Icon name="back" />
            {t('signal.back')}
          </a>
        </p>
        <header class="signal-heading">
          <p class="marks">
            <span class="reference">{signal.reference}</span>
            <StatusBadge status={signal.status} locale={locale} />
            {signal.acute && <Acute locale={locale} />}
          </p>
          <h1 lang={typedIn(scene)}>{signal.title}</h1>
          <p class="meta">
            <span>
              <PlaceIcon />
              {sayWhere(signal, locale)}
            </span>
            <span>
              {t('filedOn')} <Day at={signal.filedAt} scene={scene} />
            </span>
            {signal.status !== 'received' && (
              <span>
                {t('lastStep')} <Day at={data.statusSince} scene={scene} />
              </span>
            )}
            {data.due && (
              <span>
                {t(signal.status === 'received' ? 'due.received' : 'due.step')}{' '}
                <Day at={new Date(`${data.due}T12:00:00Z`)} scene={scene} />
                {data.overdue && <strong> {t('due.over')}</strong>}
              </span>
            )}
          </p>
          <Actions scene={scene} data={data} actions={actions} />
        </header>
        <Merged scene={scene} data={data} />
        <Progress scene={scene} data={data} />
        <div class="signal-columns">
          <Told scene={scene} data={data} />
          <Facts scene={scene} data={data} />
          <Timeline scene={scene} timeline={data.timeline} />
        </div>
      </article>
    </Page>
  );
}

type PartProps = { scene: Scene; data: SignalPageData };

/** For who signed in and may. */
function Actions({ scene, data: { signal }, actions }: PartProps & { actions: PageActions }): VNode | null {
  const t = siteTexts(scene.locale);
  if (!actions.follow && !actions.endorse) return null;
  const page = `/signalen/${encodeURIComponent(signal.reference)}`;
  return (
    <div class="signal-actions">
      {actions.follow && (
        <form method="post" action={`${page}/volgen`}>
          <input type="hidden" name="want" value={actions.follow} />
          <button class="button" type="submit">
            {t(actions.follow === 'yes' ? 'follow.start' : 'follow.stop')}
          </button>
        </form>
      )}
      {actions.endorse && (
        <a class="button" href={`${page}/ook-bij-ons`}>
          {t('endorse')}
        </a>
      )}
      {actions.follow === 'no' && <p class="field-hint">{t('follow.how')}</p>}
    </div>
  );
}

/** Where the signal goes on, and which signals go on in this one. */
function Merged({ scene, data: { mergedInto, merged, moreMerged } }: PartProps): VNode | null {
  const t = siteTexts(scene.locale);
  const link = ({ reference, title }: { reference: string; title: string }) => (
    <li key={reference}>
      <a href={`/signalen/${reference}`}>
        <span class="reference">{reference}</span> <span lang={typedIn(scene)}>{title}</span>
      </a>
    </li>
  );
  if (!mergedInto && merged.length === 0) return null;
  return (
    <div class="merged box">
      {mergedInto && (
        <>
          <p>{t('merged.into')}</p>
          <ul>{link(mergedInto)}</ul>
        </>
      )}
      {merged.length > 0 && (
        <>
          <p>{moreMerged ? t('merged.from.many') : t('merged.from', { count: merged.length })}</p>
          <ul>{merged.map(link)}</ul>
        </>
      )}
    </div>
  );
}

/** The eight phases users know. A phase the signal skipped is not shown as done. */
function Progress({ scene: { locale }, data: { signal, walked } }: PartProps): VNode {
  const t = siteTexts(locale);
  const s = signalTexts(locale);
  const current = phaseOf(signal.status);
  return (
    <section class="progress box" aria-labelledby="voortgang">
      <h2 id="voortgang">{t('progress.heading')}</h2>
      {!current && <p class="progress-left">{t('progress.left')}</p>}
      <ol class="phases">
        {PHASES.map((phase) => {
          const now = phase === current;
          const past = !now && walked.has(phase);
          return (
            <li
              key={phase}
              class={now ? 'phase phase-now' : past ? 'phase phase-past' : 'phase'}
              aria-current={now ? 'step' : undefined}
            >
              <span class="phase-mark" aria-hidden="true"></span>
              <span class="phase-name">{s(`phase.${phase}`)}</span>
              {now && <span class="phase-note">{t('progress.current')}</span>}
              {past && <span class="visually-hidden">({t('progress.walked')})</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What the filer wrote: shown as it was typed. */
function Told({ scene, data: { signal } }: PartProps): VNode {
  const t = siteTexts(scene.locale);
  const s = signalTexts(scene.locale);
  const more = [
    ['card.alreadyTried', signal.alreadyTried],
    ['card.consequence', signal.consequence],
    ['card.suggestedSolution', signal.suggestedSolution],
  ] as const;
  return (
    <section class="told" aria-labelledby="beschrijving">
      <h2 id="beschrijving">{t('signal.description')}</h2>
      <p class="typed typed-main" lang={typedIn(scene)}>
        {signal.description}
      </p>
      {more.map(
        ([label, text]) =>
          text && (
            <div key={label} class={label === 'card.suggestedSolution' ? 'told-part told-solution' : 'told-part'}>
              <h3>{s(label)}</h3>
              <p class="typed" lang={typedIn(scene)}>
                {text}
              </p>
            </div>
          ),
      )}
    </section>
  );
}

function Facts({ scene, data: { signal } }: PartProps): VNode {
  const { locale, municipality } = scene;
  const t = siteTexts(locale);
  // The other signal of a merge has its own place, with a link.
  const facts = neutralFacts({ locale, municipality }, { ...signal, mergedInto: null });
  return (
    <section class="facts box" aria-labelledby="feiten">
      <h2 id="feiten">{t('signal.facts')}</h2>
      <dl>
        {[...facts, { label: t('signal.owner'), value: signal.owner.name }].map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Timeline({ scene, timeline }: { scene: Scene; timeline: TimelineLine[] }): VNode {
  const t = siteTexts(scene.locale);
  return (
    <section class="way" aria-labelledby="tijdlijn">
      <h2 id="tijdlijn">{signalTexts(scene.locale)('timeline.heading')}</h2>
      <ol class="timeline">
        {timeline.map((line, index) => (
          <li key={index} class="entry">
            <span class="entry-mark" aria-hidden="true"></span>
            <h3 class="entry-what">{line.what}</h3>
            <p class="entry-when">
              <Instant at={line.at} scene={scene} />
              {line.by && <span class="entry-by">{line.by}</span>}
            </p>
            {line.facts.map((fact) => (
              <p key={fact} class="entry-fact">
                {fact}
              </p>
            ))}
            {line.text && (
              <blockquote class="typed entry-text" lang={typedIn(scene)}>
                {line.text}
              </blockquote>
            )}
          </li>
        ))}
      </ol>
      <p class="field-hint">{t('timeline.note')}</p>
    </section>
  );
}
