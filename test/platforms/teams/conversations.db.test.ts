import { describe, expect, it } from 'vitest';
import { activityFrom } from '../../fakes/teams/activities.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { titlesIn } from '../../fakes/teams/fake-user.js';
import { openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, municipalityId, worker, regisseur, coordinator } = town;
const rows = () =>
  Promise.all([
    db.person.count({ where: { municipalityId } }),
    db.handledRequest.count({ where: { municipalityId } }),
    db.teamsConversation.count({ where: { municipalityId } }),
    db.timelineEntry.count({ where: { municipalityId } }),
  ]);
const notes = (signalId: string) => db.timelineEntry.count({ where: { municipalityId, signalId, kind: 'note' } });

describe('in their own chat, whatever somebody types', () => {
  it.each(['hallo', 'Goeiemorgen!', 'hello'])('is greeted: %s', async (text) => {
    await worker.say(text);
    const answer = await town.lastTo(worker);
    expect(textOf(answer)).toContain('Dag Wim, ik ben Wijksignaal');
    expect(titlesIn(sure(answer.card))).toContain('Meld een signaal');
  });

  it('is never a dead end: it can become a signal with one press', async () => {
    await worker.say('de straatverlichting valt hier telkens uit');
    const answer = await town.lastTo(worker);
    expect(textOf(answer)).toContain('Dat begrijp ik niet');
    await worker.press(answer, 'Maak er een signaal van');
    expect(worker.dialog?.values['description']).toBe('de straatverlichting valt hier telkens uit');
  });

  it.each([
    ['help', 'Wat je met Wijksignaal kan'],
    ['/signaal help', 'Wat je met Wijksignaal kan'],
    ['mijn', 'Je hebt nog geen signaal gemeld'],
    ['signaal mijn', 'Je hebt nog geen signaal gemeld'],
    ['zoek lantaarn', 'lantaarn'],
    ['regisseur rabot', 'Ria Proefman'],
    ['status T-2026-9999', 'T-2026-9999'],
  ])('works as a command, with and without slash: %s', async (text, answer) => {
    await worker.say(text);
    expect(textOf(await town.lastTo(worker))).toContain(answer);
  });

  it('in English is answered in English', async () => {
    const emma = teams.user(SEED.englishWorker);
    await emma.say('hi');
    expect(textOf(await town.lastTo(emma))).toContain('Hello Emma, I am Wijksignaal');
  });

  it.each([
    ['signal', 'The form is ready'],
    ['/signal the lift is broken', 'The form is ready'],
    ['Signal mine', 'You have not filed a signal yet'],
    ['mine', 'You have not filed a signal yet'],
    ['status T-2026-9999', 'T-2026-9999'],
    ['search lantern', 'lantern'],
    ['regisseur rabot', 'Ria Proefman'],
    ['help', 'What you can do with Wijksignaal'],
    ['settings', 'Your settings'],
  ])('works in English words too: %s', async (text, answer) => {
    const emma = teams.user(SEED.englishWorker);
    await emma.say(text);
    expect(textOf(await town.lastTo(emma))).toContain(answer);
  });

  it('keeps what follows the English word for the form', async () => {
    const emma = teams.user(SEED.englishWorker);
    await emma.say('signal the lift is broken');
    await emma.press(await town.lastTo(emma), 'Open the form');
    expect(emma.dialog?.values['description']).toBe('the lift is broken');
  });

  it('takes no files, and says so', async () => {
    const before = await rows();
    await worker.say('', { attachments: [{ contentType: 'image/*', contentUrl: 'https://example.com/x' }] });
    expect(textOf(await town.lastTo(worker))).toContain('Bestanden en foto’s neem ik niet aan');
    expect((await rows())[3]).toBe(before[3]);
  });

  it('is answered once, though Teams delivers it again, later or at once', async () => {
    const activity = activityFrom(teams, 'message-personal', worker.person, { chat: worker.chat }, { text: 'help' });
    const before = teams.messages(worker.chat).length;
    await Promise.all([teams.deliver(activity), teams.deliver(activity)]);
    await teams.deliver(activity);
    expect(teams.messages(worker.chat)).toHaveLength(before + 1);
  });
});

describe('in a channel', () => {
  it('silence is kept, and nothing is stored, when the bot is not mentioned', async () => {
    await town.delivered();
    const before = await rows();
    const calls = teams.calls.length;
    const { answer } = await worker.post(SEED.generalChannel, 'Wie gaat er mee lunchen?');
    expect(answer.status).toBe(200);
    expect(await rows()).toEqual(before);
    expect(teams.calls).toHaveLength(calls);
  });

  it('a mention is answered in its thread, with what everybody may see', async () => {
    const { root } = await worker.post(SEED.generalChannel, 'regisseur rabot', { mention: true });
    const thread = teams.world.messages.filter(({ conversationId }) => conversationId.endsWith(`messageid=${root}`));
    expect(thread.map((message) => message.from)).toEqual([worker.person.mri, 'bot']);
    expect(textOf(sure(thread[1]))).toContain('Ria Proefman');
  });

  it('a mention in English words is answered as well', async () => {
    await teams.user(SEED.englishWorker).post(SEED.generalChannel, 'signal search lantern', { mention: true });
    expect(textOf(sure(teams.world.messages.at(-1)))).toContain('lantern');
  });

  it('what is for one person alone goes to their own chat', async () => {
    const { root } = await worker.post(SEED.generalChannel, 'mijn', { mention: true });
    const [, word] = teams.world.messages.filter(({ conversationId }) => conversationId.endsWith(`messageid=${root}`));
    expect(textOf(sure(word))).toContain('Ik antwoord je in onze eigen chat');
    expect(textOf(await town.lastTo(worker))).toContain('nog geen signaal');
  });

  it('a colleague’s name stays when somebody mentions both', async () => {
    const bot = { id: `28:${teams.bot.appId}`, name: 'Wijksignaal' };
    const text = '<at>Wijksignaal</at> zoek <at>Ria Proefman</at>';
    const activity = activityFrom(
      teams,
      'message-channel',
      worker.person,
      { channel: SEED.generalChannel, root: '1' },
      {
        text,
        entities: [
          { type: 'mention', mentioned: bot, text: '<at>Wijksignaal</at>' },
          {
            type: 'mention',
            mentioned: { id: regisseur.person.mri, name: 'Ria Proefman' },
            text: '<at>Ria Proefman</at>',
          },
        ],
      },
    );
    teams.world.messages.push({
      id: '1',
      conversationId: `${SEED.generalChannel};messageid=1`,
      from: worker.person.mri,
      text,
      summary: '',
      card: undefined,
      edits: [],
    });
    await teams.deliver(activity);
    expect(textOf(sure(teams.world.messages.at(-1)))).toContain('@Ria Proefman');
  });
});

describe('the thread under a signal’s card', () => {
  it('takes a regisseur’s words as a note, once', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.post(SEED.regisseurChannel, 'Nakijken met de woonwinkel.', { root: card.id });
    expect(await notes(signal.id)).toBe(1);
  });

  it('of a merged one goes to the signal it goes on in', async () => {
    const [signal, target] = [await town.file(), await town.file()];
    const card = await town.card(signal);
    await db.signal.update({
      where: { municipalityId_id: { municipalityId, id: signal.id } },
      data: { status: 'merged', mergedIntoId: target.id },
    });
    await regisseur.post(SEED.regisseurChannel, 'Nakijken met de scholen.', { root: card.id });
    expect([await notes(signal.id), await notes(target.id)]).toEqual([0, 1]);
  });

  it('drops everything elsewhere unread', async () => {
    const { root } = await worker.post(SEED.regisseurChannel, 'Een gewoon gesprek');
    const before = await rows();
    await regisseur.post(SEED.regisseurChannel, 'Een antwoord daarop', { root });
    expect(await rows()).toEqual(before);
  });
});

describe('a regisseur’s card', () => {
  it('shows buttons to who may press them, and a refresh changes nothing for the others', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const shared = JSON.stringify(card.card);
    expect(shared).not.toContain('signals.step');
    const updates = teams.callsOf('update').length;
    expect(titlesIn(await regisseur.view(card))).toContain('Neem op');
    expect(titlesIn(await coordinator.view(card))).toContain('Neem op');
    expect(titlesIn(await worker.view(card))).not.toContain('Neem op');
    expect(teams.callsOf('update')).toHaveLength(updates);
    expect(JSON.stringify(card.card)).toBe(shared);
  });

  it('takes a step with one press, is edited in place, and tells the filer', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.press(card, 'Neem op');
    await town.delivered();
    expect(textOf(card)).toContain('in onderzoek');
    expect(
      teams.messages(SEED.regisseurChannel).filter((each) => textOf(each).includes(signal.reference)),
    ).toHaveLength(1);
    expect(textOf(await town.lastTo(worker))).toContain(signal.reference);
    const steps = () => db.timelineEntry.count({ where: { municipalityId, signalId: signal.id, kind: 'status' } });
    expect(await steps()).toBe(1);
    // The card itself says it: the next step is there to be taken.
    await regisseur.press(card, 'Vraag meer info');
    await regisseur.submit({ text: 'Op welke uren gebeurt dit precies?' });
    await town.delivered();
    expect((await db.signal.findFirstOrThrow({ where: { municipalityId, id: signal.id } })).status).toBe('needs_info');
    await worker.press(await town.lastTo(worker), 'Antwoord');
    await worker.submit({ text: 'Vooral op woensdagnamiddag.' });
    await town.delivered();
    expect(textOf(card)).toContain('in onderzoek');
  });
});

describe('installing', () => {
  it('is welcomed once, and forgotten when taken away', async () => {
    const nina = teams.user(SEED.newcomer);
    await nina.install();
    const welcomes = teams.messages(nina.chat);
    expect(welcomes).toHaveLength(1);
    expect(textOf(sure(welcomes[0]))).toContain('Dag Nina');
    await nina.install('add-upgrade');
    expect(teams.messages(nina.chat)).toHaveLength(1);
    const known = () =>
      db.teamsConversation.count({ where: { municipalityId, kind: 'person', externalId: SEED.newcomer } });
    expect(await known()).toBe(1);
    await nina.install('remove');
    expect(await known()).toBe(0);
  });
});
