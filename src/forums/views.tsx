import type { ComponentChildren, VNode } from 'preact';
import { sayInstant } from '../calendar/local-day.js';
import type { Visit } from '../chat/site.js';
import { may } from '../people/roles.js';
import type { Forum, ForumAnswer } from '../storage/database.js';
import { Page } from '../web/layout.js';
import { factsOf, forumPath, sayTopic } from './describe.js';
import { agendaOf, type ForumDetail, type Topic } from './read-forums.js';
import { forumTexts } from './texts.js';

const STYLES = ['forums.css'];

function ForumList({ forums, scene }: { forums: Forum[]; scene: Visit }): VNode {
  const t = forumTexts(scene.locale);
  if (forums.length === 0) return <p>{t('page.none')}</p>;
  return (
    <ul class="forum-list">
      {forums.map((forum) => (
        <li key={forum.id}>
          <a href={forumPath(forum.id)}>{forum.title}</a>
          <span class="forum-when">
            <time dateTime={forum.startsAt.toISOString()}>
              {sayInstant(forum.startsAt, scene.municipality.zone, scene.locale)}
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
      <h1>{t('page.title')}</h1>
      <p class="lead">{t('page.plan')}</p>
      {scene.person && may(scene.person, 'organise forums') && (
        <p>
          <a class="button" href="/forum/plan">
            {t('form.plan')}
          </a>
        </p>
      )}
      <h2>{t('page.coming')}</h2>
      <ForumList forums={coming} scene={scene} />
      <h2>{t('page.past')}</h2>
      <ForumList forums={past} scene={scene} />
      {calendar && (
        <p>
          <a href={calendar}>{t('page.subscribe')}</a>
        </p>
      )}
    </Page>
  );
}

function TopicItem({ topic, votes, scene }: { topic: Topic; votes: boolean; scene: Visit }): VNode {
  const t = forumTexts(scene.locale);
  const what = sayTopic(topic);
  return (
    <li>
      {topic.signal ? <a href={`/signalen/${encodeURIComponent(topic.signal.reference)}`}>{what}</a> : what}
      {votes && ` ${t('topic.votes', { what: '', count: topic.votes }).trim()}`}
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
}): VNode {
  const { scene, forum, answer, now } = props;
  const { locale, municipality } = scene;
  const t = forumTexts(locale);
  const agenda = agendaOf(forum);
  const open = forum.status === 'planned' && forum.startsAt > now;
  return (
    <Page {...scene.frame} title={forum.title} styles={STYLES}>
      <h1>{forum.title}</h1>
      {forum.status === 'cancelled' && (
        <p class="note note-warning">
          {t('cancelled')} {forum.report}
        </p>
      )}
      <dl class="forum-facts">
        {factsOf(forum, municipality.zone, locale).map(({ label, value }) => (
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
      >
        {(topic) => <TopicItem key={topic.id} topic={topic} votes={agenda.length === 0} scene={scene} />}
      </Topics>
      {forum.status === 'reported' && forum.report && (
        <section>
          <h2>{t('page.report')}</h2>
          {forum.report.split('\n').map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </section>
      )}
      {forum.tracks.length > 0 && (
        <section>
          <h2>{t('report.tracks')}</h2>
          {forum.tracks.map((track) => (
            <article key={track.id} class="box">
              <h3>{track.title}</h3>
              <p>{track.description}</p>
              {track.signals.length > 0 && (
                <p>{t('report.about', { references: track.signals.map(({ reference }) => reference).join(', ') })}</p>
              )}
            </article>
          ))}
        </section>
      )}
    </Page>
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
  children: (topic: Topic) => ComponentChildren;
}): VNode | null {
  if (props.topics.length === 0) return null;
  return (
    <section>
      <h2>{props.heading}</h2>
      <ol>{props.topics.map(props.children)}</ol>
    </section>
  );
}

export function UnknownForum({ scene }: { scene: Visit }): VNode {
  const t = forumTexts(scene.locale);
  return (
    <Page {...scene.frame} title={t('page.unknown')}>
      <section class="one-thing">
        <h1>{t('page.unknown')}</h1>
        <p>
          <a href="/forum">{t('page.title')}</a>
        </p>
      </section>
    </Page>
  );
}
