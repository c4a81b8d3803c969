import type { Signal, SignalStatus } from '../../../src/storage/database.js';
import { transitionsFrom } from '../../../src/signals/transitions.js';
import { STEP_VALUES, wordsOf } from '../../support/town.js';
import type { Story } from './story.js';

const PROGRAMME = { title: 'Wachtlijst bij de kinderopvang', description: 'Ouders weigeren werk.', statement: true };

/** Filing, and the owner's work on a signal through every status. */
export async function playSignals(story: Story): Promise<void> {
  const { people, say, chat, caller, views } = story;
  const { worker, colleague, administrator } = people;
  await chat.welcome(caller(worker), '');
  await chat.welcome(caller(worker), 'de lift is stuk');
  for (const [text, name] of [
    ['help'],
    ['', 'regisseur'],
    ['mijn'],
    ['zoek'],
    ['status'],
    ['volgt'],
    ['taken'],
  ] as const) {
    await views.as('with nothing yet', () => say(worker, text, name));
  }
  await views.as('with nothing yet', () => chat.home(caller(worker)));
  await say(administrator, 'mijn');
  await playFiling(story);
  await chat.fromMessage(caller(colleague), { text: 'De bus rijdt niet meer.', url: 'https://voorbeeld.example/1' });
  await say(worker, 'rabot', 'regisseur');
  await say(worker, 'nergens', 'regisseur');
  const signal = await story.file(worker, 'Geen bank aan de halte');
  await views.deliver();
  await playOwner(story, signal);
  for (const text of ['mijn', `status ${signal.reference}`, 'status T-1999-0001', 'zoek halte', 'zoek olifant']) {
    await say(worker, text);
  }
  await chat.mention(caller(worker), `status ${signal.reference}`);
  await chat.preview(caller(worker), `http://127.0.0.1:3000/signalen/${signal.reference}`);
  await views.as('as a regisseur', () => chat.home(caller(people.regisseur)));
  await views.as('as a worker', () => chat.home(caller(worker)));
  await playEndings(story);
  await playFollowing(story);
}

/** The form and all that it says back; a draft. */
async function playFiling(story: Story): Promise<void> {
  const { people, say, press, chat, caller, neighbourhoods, db, municipalityId, views } = story;
  const { worker } = people;
  const open = await say(worker, '');
  if (open.kind !== 'form') throw new Error(wordsOf(open));
  const submit = (values: object) =>
    chat.submit(caller(worker), open.form.token, { ...PROGRAMME, neighbourhoods: [neighbourhoods.rabot], ...values });
  await submit({ title: '', description: 'Bel 0470 12 34 56', statement: false, neighbourhoods: [] });
  await submit({ description: 'Mevrouw Janssens vindt geen opvang.' });
  await submit({ matter: 'draft' });
  await say(worker, 'concepten');
  const draft = async () => ({ draftId: (await db.draft.findFirstOrThrow({ where: { municipalityId } })).id });
  await views.as('of a draft', async () => press(worker, 'drafts.continue', await draft()));
  await press(worker, 'drafts.remove', await draft());
  await views.as('with nothing kept', () => say(worker, 'concepten'));
  for (const matter of ['complaint', 'client', 'resident']) {
    await views.as(matter, () => story.town.submitForm(worker, { ...PROGRAMME, matter }));
  }
  await story.file(worker, PROGRAMME.title, PROGRAMME);
  await views.as('where one like it is there', () =>
    story.town.submitForm(people.colleague, { ...PROGRAMME, neighbourhoods: [neighbourhoods.rabot] }),
  );
  await press(worker, 'signals.hide-tips');
  await press(worker, 'signals.file');
}

/** Every form of the owner's, as the signal goes on. */
async function playOwner(story: Story, signal: Signal): Promise<void> {
  const { people, press, act, on, db, municipalityId, town, views, chat, caller } = story;
  const { worker, colleague, regisseur, coordinator } = people;
  const { id: signalId } = signal;
  await press(colleague, 'signals.note', await on(signal));
  await act(worker, 'signals.amend', await on(signal), { ...PROGRAMME, title: 'Geen bank aan de bushalte' });
  await act(
    colleague,
    'endorsements.endorse',
    { signalId },
    { observation: 'Ook hier.', organisation: 'Het Pluspunt' },
  );
  await views.deliver();
  await press(colleague, 'endorsements.undo', { signalId });
  await act(regisseur, 'transfer.signal', await on(signal), { to: coordinator.id, why: 'Dit is voor heel de stad.' });
  await views.deliver();
  await act(coordinator, 'transfer.signal', await on(signal), { to: regisseur.id, why: 'Toch voor jouw wijk.' });
  const step = async (to: SignalStatus, values = STEP_VALUES) => {
    await lookAround(story, signal);
    const before = await town.signal(signalId);
    await town.step(regisseur, signalId, to, values);
    if ((await town.signal(signalId)).status === before.status) throw new Error(`${to} was refused.`);
    await views.deliver();
  };
  await step('in_review');
  await act(regisseur, 'signals.note', await on(signal), { text: 'Eerst de vervoersmaatschappij bellen.' });
  const entry = async (kind: 'note' | 'question') =>
    (await db.timelineEntry.findFirstOrThrow({ where: { municipalityId, signalId, kind }, orderBy: { id: 'desc' } }))
      .id;
  await views.as('from a note', async () =>
    press(regisseur, 'signals.note-as-feedback', { signalId, entryId: await entry('note') }),
  );
  await act(regisseur, 'signals.feedback', await on(signal), { text: 'We bekijken het.' });
  await step('needs_info', { text: 'Op welke uren?' });
  const question = { signalId, entryId: await entry('question') };
  await act(worker, 'signals.answer', question, { text: 'Elke avond.' });
  await views.deliver();
  await act(regisseur, 'tasks.give', await on(signal), { what: 'Meten.', assignee: colleague.id, due: '2026-03-12' });
  await act(regisseur, 'tasks.lead', await on(signal), { lead: colleague.id });
  await press(regisseur, 'partners.end', await on(signal));
  await act(regisseur, 'partners.ask', await on(signal), { organisation: 'CAW Voorbeeld', question: 'Hoe vaak?' });
  const request = await db.partnerRequest.findFirstOrThrow({ where: { municipalityId } });
  await act(regisseur, 'partners.end', await on(signal), { request: request.id, why: 'Niet meer nodig.' });
  await step('accepted');
  const correction = {
    title: 'Geen bank aan de halte',
    description: 'Wie wacht, staat.',
    why: 'Zo is het duidelijker.',
  };
  await act(regisseur, 'signals.correct-text', await on(signal), correction);
  await press(regisseur, 'signals.choose', { ...(await on(signal)), value: 'signals.timeline' });
  await press(regisseur, 'signals.timeline', await on(signal));
  await step('on_agenda');
  await step('in_action');
  await step('at_policy');
  const task = await db.task.findFirstOrThrow({ where: { municipalityId } });
  await story.later('2026-03-13T09:00:00Z');
  await views.as('with a task', () => story.say(colleague, 'taken'));
  await act(colleague, 'tasks.finish', { value: task.id }, { outcome: 'Er wachten er tien.' });
  await step('resolved');
  await lookAround(story, signal);
  await views.deliver();
  const card = await db.delivery.findFirstOrThrow({ where: { municipalityId, key: `card:${signalId}` } });
  const ref = { conversationId: card.conversationId ?? '', messageId: card.messageId ?? '' };
  await chat.reply(caller(regisseur), ref, 'Bespreken met de huisvesting.');
  await views.deliver();
}

/** Opens, without sending, the form of each step that is possible now, and the menu. */
async function lookAround({ people, press, on, town, views }: Story, signal: Signal): Promise<void> {
  const { status } = await town.signal(signal.id);
  await views.as(`while ${status}`, async () => press(people.regisseur, 'signals.more', await on(signal)));
  for (const { to, asks, by } of transitionsFrom(status)) {
    if (asks === 'nothing' || by !== 'owner') continue;
    const look = async () => press(people.regisseur, 'signals.step', { ...(await on(signal)), to });
    // Back to in_review is another step from each of these.
    await (to === 'in_review' || to === 'accepted' ? views.as(`while ${status}`, look) : look());
  }
}

/** The other ways a signal can go, and back. */
async function playEndings(story: Story): Promise<void> {
  const { people, act, on, town, views, press, file } = story;
  const { worker, colleague, regisseur } = people;
  const main = await file(worker, 'Te weinig tolken');
  for (const to of ['declined', 'redirected', 'merged', 'closed'] as const) {
    const signal = await file(colleague, `Een ander (${to})`);
    await town.step(regisseur, signal.id, 'in_review');
    if (to === 'closed') await town.step(regisseur, signal.id, 'accepted');
    await town.step(regisseur, signal.id, to, { ...STEP_VALUES, reference: main.reference });
    await lookAround(story, signal);
    await views.deliver();
    if (to === 'declined') {
      await act(regisseur, 'signals.correct-status', await on(signal), {
        to: 'in_review',
        text: 'Dat was een vergissing.',
      });
    }
    await views.deliver();
  }
  const gone = await file(worker, 'Toch niet');
  await press(worker, 'signals.step', { ...(await on(gone)), to: 'withdrawn' });
  const twofold = await file(worker, 'Twee dingen tegelijk');
  await town.step(regisseur, twofold.id, 'in_review');
  await act(regisseur, 'links.link', await on(twofold), { reference: main.reference, bond: 'related' });
  await act(regisseur, 'links.split', await on(twofold), {
    title1: 'Het ene',
    description1: 'Dit is het ene.',
    title2: 'Het andere',
    description2: 'Dit is het andere.',
    why: 'Er volgt iemand anders op.',
  });
  await views.deliver();
}

async function playFollowing({ people, say, press, db, municipalityId, file, town, views, neighbourhoods }: Story) {
  const { rabot, dampoort } = neighbourhoods;
  const { worker, colleague, regisseur } = people;
  await say(colleague, 'volg');
  await say(colleague, 'volg Rabot');
  const [follow] = await db.follow.findMany({ where: { municipalityId, personId: colleague.id } });
  const signal = await file(worker, 'Straatverlichting valt uit', { neighbourhoods: [rabot, dampoort] });
  await views.deliver();
  await say(colleague, 'volgt');
  await views.as('of a follower', () => say(colleague, `status ${signal.reference}`));
  await press(colleague, 'following.start', { signalId: signal.id });
  await town.step(regisseur, signal.id, 'in_review');
  await views.deliver();
  await press(colleague, 'following.pace-chosen', { value: follow?.id });
  await press(colleague, 'following.pace', { followId: follow?.id, pace: 'at_once' });
  const own = await db.follow.findFirstOrThrow({ where: { municipalityId, signalId: signal.id } });
  await press(colleague, 'following.stop', { followId: own.id });
  await press(colleague, 'following.stop-chosen', { value: follow?.id });
  await say(colleague, 'volg verlichting');
  await press(colleague, 'following.pace-chosen', {
    value: (await db.follow.findFirstOrThrow({ where: { municipalityId, personId: colleague.id } })).id,
  });
}
