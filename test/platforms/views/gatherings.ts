import type { Forum } from '../../../src/storage/database.js';
import type { FormValues } from '../../../src/chat/form.js';
import { PARTS } from '../../../src/newsletters/newsletter.js';
import type { Person } from '../../../src/storage/database.js';
import type { Story } from './story.js';

const PLAN = { title: 'Welzijnsforum', on: '2026-06-18', at: '14:00', hours: '2', place: 'Buurthuis, zaal 1' };

/** A forum from its plan to its report; one that is called off; becoming a member. */
export async function playForums(story: Story): Promise<void> {
  const { people, press, act, say, fillIn, settle, file, db, municipalityId, later, town, views } = story;
  const { worker, colleague, regisseur, otherRegisseur, coordinator } = people;
  await views.as('with none planned', () => say(worker, 'forum'));
  await later('2026-05-04T07:00:00Z');
  await press(regisseur, 'forums.plan');
  const plan = async (values: FormValues): Promise<Forum> => {
    await fillIn(regisseur, await say(regisseur, 'forum plan'), { ...PLAN, ...values });
    return db.forum.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
  };
  const seen = async ({ id: forumId }: Forum) => ({
    forumId,
    seen: (await db.forum.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id: forumId } } }))
      .sequence,
  });
  const fill = async (person: Person, what: string, forum: Forum, values: FormValues) =>
    act(person, `forums.${what}`, await seen(forum), values);
  const small = await plan({ title: 'Klein forum', on: '2026-05-20', capacity: '1' });
  await views.deliver();
  await press(coordinator, 'forums.come', { forumId: small.id });
  await press(worker, 'forums.come', { forumId: small.id });
  await press(coordinator, 'forums.decline', { forumId: small.id });
  await views.deliver();
  await fill(regisseur, 'cancel', small, { why: 'De zaal is niet vrij.' });
  await views.deliver();

  const forum = await plan({});
  const about = { forumId: forum.id };
  const signal = await file(worker, 'Voor het forum');
  await town.step(regisseur, signal.id, 'in_review');
  await town.step(regisseur, signal.id, 'accepted');
  await press(worker, 'forums.come', about);
  await press(colleague, 'forums.come', about);
  await fill(worker, 'suggest', forum, { theme: 'Samen inkopen' });
  await fill(colleague, 'suggest', forum, { signal: signal.id });
  await views.as('after one was put forward', () => press(worker, 'forums.open'));
  const topics = await db.forumTopic.findMany({ where: { municipalityId, forumId: forum.id }, orderBy: { id: 'asc' } });
  const chosen = topics.map(({ id }) => id);
  await fill(worker, 'vote', forum, { topics: chosen });
  await press(regisseur, 'forums.manage', about);
  await fill(regisseur, 'guests', forum, { part: 'expert', mail: 'An Peeters <an@voorbeeld.be>' });
  await fill(coordinator, 'agenda', forum, { topics: chosen });
  await fill(regisseur, 'change', forum, { ...PLAN, on: '2026-06-25' });
  await views.deliver();
  await later('2026-06-18T07:00:00Z');
  await later('2026-06-25T16:00:00Z');
  await views.as('afterwards', () => press(regisseur, 'forums.manage', about));
  await fill(regisseur, 'attendance', forum, { present: [worker.id] });
  const track = { title: 'Samen inkopen', text: 'De diensten kopen samen in.', signals: [signal.id] };
  await fill(regisseur, 'track', forum, { ...track, owner: otherRegisseur.id, due: '2026-09-01' });
  await fill(regisseur, 'report', forum, { report: 'We spraken over inkopen.' });
  await views.deliver();

  await settle({ forum: { invite: 'members' } });
  await act(worker, 'forums.join', {}, { why: 'Ik zie veel jongeren.' });
  await views.deliver();
  await press(coordinator, 'forums.decide', { personId: worker.id, accepts: true });
  await views.deliver();
  await press(worker, 'forums.leave');
}

/** A quarterly newsletter from its draft to who asked for it by mail. */
export async function playNewsletters(story: Story): Promise<void> {
  const { people, press, act, say, settle, db, municipalityId, later, views, join } = story;
  const { worker, coordinator } = people;
  const title = 'Signalen in Teststad';
  await settle({ newsletters: [{ title, schedule: 'eerste dinsdag van september en december om 9 u.' }] });
  await views.as('before the first', () => say(worker, 'nieuwsbrief'));
  await later('2026-08-22T07:01:00Z');
  await later('2026-08-29T08:00:00Z');
  const newsletter = () => db.newsletter.findFirstOrThrow({ where: { municipalityId } });
  const seen = async () => {
    const { id: newsletterId, version } = await newsletter();
    return { newsletterId, seen: version };
  };
  const text = (await newsletter()).text as Record<string, string>;
  const parts = Object.fromEntries(PARTS.map((name) => [`part-${name}`, text[name] ?? '']));
  await act(coordinator, 'newsletters.edit', await seen(), { title, ...parts, 'part-foreword': 'Dag allemaal!' });
  await press(coordinator, 'newsletters.preview', await seen());
  await act(coordinator, 'newsletters.test', await seen(), { platform: 'playground' });
  await act(coordinator, 'newsletters.recipients', await seen(), { channels: true });
  await press(coordinator, 'newsletters.refresh', await seen());
  await act(coordinator, 'newsletters.approve', await seen(), { read: true });
  await views.deliver();
  await press(coordinator, 'newsletters.withdraw', await seen());
  await act(coordinator, 'newsletters.approve', await seen(), { read: true });
  await views.as('of the editor', () => say(coordinator, 'nieuwsbrief'));
  await story.town.tickAt('2026-09-01T07:01:00Z');
  for (const control of ['pause', 'resume']) await press(coordinator, `newsletters.${control}`, await seen());
  await later('2026-09-01T07:03:00Z');
  await later('2026-09-01T07:06:00Z');
  await press(coordinator, 'newsletters.stop', await seen());
  await say(worker, 'nieuwsbrief');
  await settle({ readers: [{ name: 'Lies Lezer', mail: 'lies@voorbeeld.be' }] });
  await later('2026-09-02T08:00:00Z');
  await later('2026-09-02T08:01:00Z');
  // Its editor left: the next one comes to somebody else.
  await later('2026-11-21T08:01:00Z');
  await join('Coördinator Twee', 'coordinator');
  await db.newsletter.updateMany({ where: { municipalityId, status: 'draft' }, data: { editorId: worker.id } });
  const gone = { municipalityId_id: { municipalityId, id: worker.id } };
  await db.person.update({ where: gone, data: { active: false } });
  await later('2026-11-21T08:03:00Z');
}
