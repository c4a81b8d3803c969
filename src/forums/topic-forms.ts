import { z } from 'zod';
import { defineForm, type Source } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import { may } from '../people/roles.js';
import { guardTexts } from '../signals/guard-texts.js';
import { findSignal, findSignalByReference, listSignals } from '../signals/read-signals.js';
import { sayTopic } from './describe.js';
import { done, sayRefusal } from './plan-form.js';
import { agendaOf, readForum } from './read-forums.js';
import { VOTES } from './rules.js';
import { forumTexts } from './texts.js';
import { putForward, setAgenda, vote } from './topics.js';

const About = z.object({ forumId: z.uuid() });
const THEME_MAX = 150;
const FOUND = 20;

/** Type-ahead over signals that can be talked about: those not ended, by reference or by words. */
export const signalSource: Source = {
  id: 'forums.signals',
  async search({ db, municipality, person }, query) {
    if (!may(person, 'read signals')) return [];
    const exact = await findSignalByReference(db, municipality.id, query);
    const { lines } = exact
      ? { lines: [exact] }
      : await listSignals(
          db,
          municipality.id,
          {
            statuses: ['in_review', 'accepted', 'on_agenda', 'in_action', 'at_policy'],
            ...(query.trim() && { search: query }),
          },
          { limit: FOUND },
        );
    return lines.map(({ id, reference, title }) => ({ value: id, label: `${reference} ${title}` }));
  },
  async find({ db, municipality }, value) {
    const signal = z.uuid().safeParse(value).success ? await findSignal(db, municipality.id, value) : null;
    return { value, label: signal ? `${signal.reference} ${signal.title}` : value };
  },
};

export const suggestForm = defineForm({
  id: 'forums.suggest-form',
  params: About,
  values: z.object({
    signal: z.string().optional(),
    theme: z
      .string()
      .trim()
      .max(THEME_MAX)
      .optional()
      .transform((text) => text || undefined),
  }),
  view({ locale }) {
    const t = forumTexts(locale);
    return Promise.resolve({
      title: t('suggest.title'),
      submitLabel: t('form.save'),
      parts: [
        { id: 'signal', kind: 'search', source: signalSource.id, multiple: false, label: t('suggest.signal') },
        { id: 'theme', kind: 'text', label: t('suggest.theme'), maxLength: THEME_MAX },
      ],
    });
  },
  async submit(context, { params, values, raw }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'file a signal')) return { kind: 'refused', text: t('not.worker') };
    const { signal, theme } = values;
    if (Boolean(signal) === Boolean(theme)) return { kind: 'again', errors: { theme: t('error.one') } };
    if (signal && !z.uuid().safeParse(signal).success) return { kind: 'again', errors: { signal: t('error.signals') } };
    const problems = guardTexts(context, { theme }, raw);
    if (problems) return problems;
    const result = await putForward(context, params.forumId, signal ? { signalId: signal } : { theme: theme ?? '' });
    if (result.ok) return done(t('done.suggested'));
    if (result.code === 'TOPIC.THERE' || result.code === 'TOPIC.UNKNOWN')
      return { kind: 'again', errors: { signal: sayRefusal(context.locale, result.code) } };
    return { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});

export const voteForm = defineForm({
  id: 'forums.vote-form',
  params: About,
  values: z.object({ topics: z.array(z.string()).default([]) }),
  async view({ db, locale, municipality, person }, { forumId }) {
    const t = forumTexts(locale);
    const forum = await readForum(db, municipality.id, forumId);
    const mine = await db.forumVote.findMany({
      where: { municipalityId: municipality.id, personId: person.id, topic: { forumId } },
      select: { topicId: true },
    });
    const topics = forum?.topics ?? [];
    return {
      title: t('vote.title'),
      submitLabel: t('form.save'),
      parts:
        topics.length === 0
          ? [{ kind: 'note', tone: 'info', text: t('vote.none') }]
          : [
              {
                id: 'topics',
                kind: 'multiselect',
                label: t('vote.label'),
                hint: t('vote.hint', { count: VOTES }),
                options: topics.map((topic) => ({ value: topic.id, label: sayTopic(topic) })),
                value: mine.map(({ topicId }) => topicId),
              },
            ],
    };
  },
  async submit(context, { params, values }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'file a signal')) return { kind: 'refused', text: t('not.worker') };
    const result = await vote(context, params.forumId, values.topics);
    if (result.ok) return done(t('done.voted'));
    if (result.code === 'TOPIC.TOO_MANY')
      return { kind: 'again', errors: { topics: t('error.votes', { count: VOTES }) } };
    return { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});

export const agendaForm = defineForm({
  id: 'forums.agenda-form',
  params: About,
  values: z.object({ topics: z.array(z.string()).default([]) }),
  async view({ db, locale, municipality }, { forumId }) {
    const t = forumTexts(locale);
    const forum = await readForum(db, municipality.id, forumId);
    const topics = forum?.topics ?? [];
    return {
      title: t('agenda.title'),
      submitLabel: t('form.save'),
      parts:
        !forum || topics.length === 0
          ? [{ kind: 'note', tone: 'info', text: t('vote.none') }]
          : [
              {
                id: 'topics',
                kind: 'multiselect',
                label: t('agenda.label'),
                hint: t('agenda.hint'),
                options: topics.map((topic) => ({
                  value: topic.id,
                  label: t('topic.votes', { what: sayTopic(topic), count: topic.votes }),
                })),
                value: agendaOf(forum).map(({ id }) => id),
              },
            ],
    };
  },
  async submit(context, { params, values }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const result = await setAgenda(context, params.forumId, values.topics);
    return result.ok ? done(t('done.agenda')) : { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});
