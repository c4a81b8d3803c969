import type { ComponentChildren, VNode } from 'preact';
import { sayMoment } from '../calendar/local-day.js';
import type { Visit } from '../chat/site.js';
import { may } from '../people/roles.js';
import type { Forum, ForumAnswer } from '../storage/database.js';
import { Icon } from '../web/components.js';
import { Page } from '../web/layout.js';
import { factsOf, forumPath, sayTopic } from './describe.js';
import { agendaOf, type ForumDetail, type Topic } from './read-forums.js';
import { forumTexts } from './texts.js';

const STYLES = ['forums.css'];

function ForumList(props: { forums: Forum[]; none: 'none' | 'page.none'; scene: Visit }): VNode {
  const { forums, none, scene } = props;
  const t = forumTexts(scene.locale);
  if (forums.length === 0) return <p class="muted">{t(none)}</p>;
  return (
    <ul class="forum-list">
      {forums.map((forum) => (
        <li key={forum.id}>
          <a href={forumPath(forum.id)}>{forum.title}</a>
          <span class="forum-when">
            <time dateTime={forum.startsAt.toISOString()}>
              {sayMoment(forum.startsAt, scene.municipality.zone, scene.locale)}
            </time>
            {forum.place && `, ${forum.place}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function ListPage(props: { scene: Visit; coming: Forum[]; past: Forum[]; calendar: string | undefined }): VNode {
  const { scene, coming, past, calendar } = props;
  const t = forumTexts(scene.locale);
  return (
    <Page {...scene.frame} title={t('page.title')} styles={STYLES}>
      <div class="forum-page">
        <header class="page-heading">
          <h1>{t('page.title')}</h1>
          <p class="lead">{t('page.plan')}</p>
        </header>
        {scene.person && may(scene.person, 'organise forums') && (
          <p>
            <a class="button" href="/forum/plan">
              {t('form.plan')}
            </a>
          </p>
        )}
        <section>
          <h2>{t('page.coming')}</h2>
          <ForumList forums={coming} none="none" scene={scene} />
        </section>
        <section>
          <h2>{t('page.past')}</h2>
          <ForumList forums={past} none="page.none" scene={scene} />
        </section>
        {calendar && (
          <p>
            <a href={calendar}>{t('page.subscribe')}</a>
          </p>
        )}
      </div>
    </Page>
  );
}

const signalPath = ({ reference }: { reference: string }) => `/signalen/${encodeURIComponent(reference)}`;

function TopicItem({ topic, votes, scene }: { topic: Topic; votes: boolean; scene: Visit }): VNode {
  const t = forumTexts(scene.locale);
  const what = sayTopic(topic);
  return (
    <li>
      {topic.signal ? <a href={signalPath(topic.signal)}>{what}</a> : what}
      {votes && <span class="muted"> {t('topic.votes', { what: '', count: topic.votes }).trim()}</span>}
    </li>
  );
}

function Answer({ forum, answer, scene }: { forum: Forum; answer: ForumAnswer | undefined; scene: Visit }): VNode {
  const t = forumTexts(scene.locale);
  const comes = answer === 'coming' || answer === 'waiting';
  return (
    <section class="box">
      <h2>{t('page.answer')}</h2>
      <p>{t(`answer.${answer ?? 'invited'}`)}</p>
      <form method="post" action={forumPath(forum.id)} class="forum-answer">
        {!comes && (
          <button class="button" type="submit" name="answer" value="come">
            {t('come')}
          </button>
        )}
        {answer !== 'declined' && (
          <button class="button button-plain" type="submit" name="answer" value="decline">
            {t('decline')}
          </button>
        )}
      </form>
    </section>
  );
}

export function ForumPage(props: {
  scene: Visit;
  forum: ForumDetail;
  answer: ForumAnswer | undefined;
  now: Date;
  /** Why an answer did not count. */
  refusal?: string;
}): VNode {
  const { scene, forum, answer, now, refusal } = props;
  const { locale, municipality } = scene;
  const t = forumTexts(locale);
  const agenda = agendaOf(forum);
  const open = forum.status === 'planned' && forum.startsAt > now;
  // Seats are for who can still come.
  const facts = factsOf(forum, municipality.zone, locale).filter(({ label }) => open || label !== t('seats'));
  return (
    <Page {...scene.frame} title={forum.title} styles={STYLES}>
      <article class="forum-page">
        <BackToAll scene={scene} />
        <h1>{forum.title}</h1>
        {refusal && (
          <p class="note note-warning" role="alert">
            {refusal}
          </p>
        )}
        {forum.status === 'cancelled' ? (
          <p class="note note-warning">
            {t('cancelled')} {forum.report}
          </p>
        ) : (
          !open && <p class="note">{t('over')}</p>
        )}
        <dl class="forum-facts box">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{label === t('online') ? <Online forum={forum} scene={scene} words={value} /> : value}</dd>
            </div>
          ))}
        </dl>
        {open && scene.person && <Answer forum={forum} answer={answer} scene={scene} />}
        <Topics
          heading={t(agenda.length > 0 ? 'agenda' : 'shortlist')}
          topics={agenda.length > 0 ? agenda : forum.topics}
          none={open ? t('vote.none') : undefined}
        >
          {(topic) => <TopicItem key={topic.id} topic={topic} votes={agenda.length === 0} scene={scene} />}
        </Topics>
        {forum.status === 'reported' && forum.report && (
          <section>
            <h2>{t('page.report')}</h2>
            <p class="forum-words">{forum.report}</p>
          </section>
        )}
        {forum.tracks.length > 0 && (
          <section>
            <h2>{t('report.tracks')}</h2>
            {forum.tracks.map((track) => (
              <Track key={track.id} track={track} scene={scene} />
            ))}
          </section>
        )}
      </article>
    </Page>
  );
}

function Track({ track, scene }: { track: ForumDetail['tracks'][number]; scene: Visit }): VNode {
  return (
    <article class="box">
      <h3>{track.title}</h3>
      <p class="forum-words">{track.description}</p>
      {track.signals.length > 0 && (
        <ul aria-label={forumTexts(scene.locale)('track.about')}>
          {track.signals.map((signal) => (
            <li key={signal.reference}>
              <a href={signalPath(signal)}>
                {signal.reference} {signal.title}
              </a>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

export function BackToAll({ scene }: { scene: Visit }): VNode {
  return (
    <p class="forum-back">
      <a href="/forum">
        <Icon name="back" />
        {forumTexts(scene.locale)('page.all')}
      </a>
    </p>
  );
}

/** The way in to a meeting is for who signed in. */
function Online({ forum, scene, words }: { forum: Forum; scene: Visit; words: string }): VNode {
  if (!scene.person || !forum.onlineLink) return <>{words}</>;
  return (
    <a href={forum.onlineLink} rel="noreferrer">
      {forum.onlineLink}
    </a>
  );
}

function Topics(props: {
  heading: string;
  topics: Topic[];
  /** Said when there are none; without it there is no heading either. */
  none: string | undefined;
  children: (topic: Topic) => ComponentChildren;
}): VNode | null {
  const { heading, topics, none } = props;
  if (topics.length === 0 && !none) return null;
  return (
    <section>
      <h2>{heading}</h2>
      {topics.length === 0 ? <p class="muted">{none}</p> : <ol class="forum-topics">{topics.map(props.children)}</ol>}
    </section>
  );
}

export function UnknownForum({ scene }: { scene: Visit }): VNode {
  return <OneThing scene={scene} says="page.unknown" />;
}

/** Planning is for who organises. */
export function NotYoursPage({ scene }: { scene: Visit }): VNode {
  return <OneThing scene={scene} says="not.yours" />;
}

function OneThing({ scene, says }: { scene: Visit; says: 'page.unknown' | 'not.yours' }): VNode {
  const t = forumTexts(scene.locale);
  return (
    <Page {...scene.frame} title={t(says)}>
      <section class="one-thing">
        <h1>{t(says)}</h1>
        <p>
          <a href="/forum">{t('page.all')}</a>
        </p>
      </section>
    </Page>
  );
}
