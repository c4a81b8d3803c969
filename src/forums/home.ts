import { sayInstant } from '../calendar/local-day.js';
import type { HomeSection } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { answerOf, listComing } from './read-forums.js';
import { forumTexts } from './texts.js';

const SHOWN = 3;

/** The dates of the next forums, with one's own answer, on one's own page. */
export const forumSection: HomeSection = {
  order: 60,
  async render({ db, locale, municipality, now, person }) {
    if (!may(person, 'file a signal')) return [];
    const t = forumTexts(locale);
    const coming = (await listComing(db, municipality.id, now)).slice(0, SHOWN);
    if (coming.length === 0) return [];
    const lines = await Promise.all(
      coming.map(async (forum) => {
        const answer = (await answerOf(db, forum, person.id)) ?? 'invited';
        const when = sayInstant(forum.startsAt, municipality.zone, locale);
        return `• ${forum.title}, ${when}: ${t(`home.${answer}`)}`;
      }),
    );
    return [
      { kind: 'heading', text: t('page.coming') },
      { kind: 'text', text: lines.join('\n') },
      { kind: 'buttons', buttons: [{ label: t('home.open'), action: 'forums.open', payload: {} }] },
    ];
  },
};
