import { describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { objectsAt } from '../../fakes/slack/json.js';
import { openSlackTown, sure } from './slack-town.js';

const town = await openSlackTown();
const { slack, worker, regisseur, coordinator, db, municipalityId, app } = town;
const english = slack.user(SEED.englishWorker);

const lastTo = (userId: string) => slack.textOf(sure(slack.ephemerals(userId).at(-1)));
const homeOf = (userId: string) => slack.textOf(sure(slack.home(userId)));
const personOf = async (externalId: string) =>
  (
    await db.account.findUniqueOrThrow({
      where: { municipalityId_platform_externalId: { municipalityId, platform: 'slack', externalId } },
      include: { person: true },
    })
  ).person;

describe('a mention', () => {
  const ask = async (text: string) => {
    const { message } = await worker.message(SEED.generalChannel, `<@${SEED.botUser}> ${text}`);
    const answers = slack.messages(SEED.generalChannel, { thread: message.ts });
    expect(answers).toHaveLength(1);
    return slack.textOf(sure(answers[0]));
  };

  it('is answered in its thread: help, a search, who answers for a neighbourhood', async () => {
    const signal = await town.file();
    await worker.closeView();
    expect(await ask('help')).toContain('Ik lees nooit mee');
    expect(await ask('zoek wachtzaal')).toContain(signal.reference);
    expect(await ask('regisseur dampoort')).toContain('Ria Proefman');
    expect(await ask('wat kan jij eigenlijk?')).toContain('/signaal');
  });

  it('shows of a signal what everybody there may see, also to who filed it', async () => {
    const signal = await town.file();
    await worker.closeView();
    const card = await town.card(signal);
    await regisseur.message(card.channel, 'Interne bedenking', { thread: card });
    const text = await ask(`status ${signal.reference}`);
    expect(text).toContain(signal.title);
    expect(text).not.toContain('Noor Testmans');
    expect(text).not.toContain('Interne bedenking');
    expect(text).not.toContain('Trek in');
  });

  it('under a card is still a note when it is no command', async () => {
    const signal = await town.file();
    await worker.closeView();
    const card = await town.card(signal);
    await regisseur.message(card.channel, `<@${SEED.botUser}> bespreken met de woonwinkel`, { thread: card });
    const notes = await db.timelineEntry.findMany({ where: { municipalityId, signalId: signal.id, kind: 'note' } });
    expect(notes.map(({ text }) => text)).toEqual(['bespreken met de woonwinkel']);
  });

  it('under the card of a merged signal goes to the one it goes on in, and says so', async () => {
    const signal = await town.file();
    await worker.closeView();
    const target = await town.file();
    await worker.closeView();
    const card = await town.card(signal);
    await db.signal.update({
      where: { municipalityId_id: { municipalityId, id: signal.id } },
      data: { status: 'merged', mergedIntoId: target.id },
    });
    await regisseur.message(card.channel, 'Bespreken met de scholen', { thread: card });
    const [note] = await db.timelineEntry.findMany({ where: { municipalityId, signalId: target.id, kind: 'note' } });
    expect(note?.text).toBe('Bespreken met de scholen');
    expect(lastTo(regisseur.id)).toContain(target.reference);
  });

  it('in the direct message needs no name: what is typed there is for the bot', async () => {
    await english.message(undefined, 'hello');
    expect(slack.textOf(sure(slack.direct(english.id).at(-1)))).toContain('What you can do');
  });
});

describe('the municipality’s emoji on a message', () => {
  it('offers who put it, and nobody else, to make a signal of it', async () => {
    const { message } = await english.message(SEED.generalChannel, 'De lift is al weken stuk.');
    const before = slack.ephemerals(english.id).length;
    await worker.react(message, ':loudspeaker:');
    const offer = sure(slack.ephemerals(worker.id).at(-1));
    expect(slack.textOf(offer)).toContain('Alleen jij ziet deze vraag');
    expect(slack.ephemerals(english.id)).toHaveLength(before);
    expect(slack.callsOf('conversations.replies')).toEqual([]);
    await worker.press(offer, { label: 'Maak er een signaal van' });
    expect(worker.view.values['description']).toMatchObject({ value: { value: 'De lift is al weken stuk.' } });
    await worker.closeView();
  });

  it('works on an answer in a thread, with a skin tone or not', async () => {
    const { message } = await english.message(SEED.generalChannel, 'Eerste');
    const answer = await english.message(SEED.generalChannel, 'Het antwoord telt', { thread: message });
    await slack.sendEvent({
      type: 'reaction_added',
      user: worker.id,
      reaction: 'loudspeaker::skin-tone-2',
      item: { type: 'message', channel: SEED.generalChannel, ts: answer.message.ts },
      item_user: english.id,
    });
    await worker.press(sure(slack.ephemerals(worker.id).at(-1)), { label: 'Maak er een signaal van' });
    expect(worker.view.values['description']).toMatchObject({ value: { value: 'Het antwoord telt' } });
    await worker.closeView();
  });

  it('says so when the message is gone meanwhile', async () => {
    const { message } = await english.message(SEED.generalChannel, 'Straks weg');
    await worker.react(message, 'loudspeaker');
    message.deleted = true;
    await worker.press(sure(slack.ephemerals(worker.id).at(-1)), { label: 'Maak er een signaal van' });
    expect(lastTo(worker.id)).toContain('kan ik niet (meer) lezen');
  });

  it('is acknowledged where the bot may not speak: Slack need not bring it again', async () => {
    const before = slack.ephemerals(worker.id).length;
    const item = { type: 'message', channel: 'C0NERGENS', ts: '1795386202.421000' };
    await slack.sendEvent({ type: 'reaction_added', user: worker.id, reaction: 'loudspeaker', item });
    expect(slack.ephemerals(worker.id)).toHaveLength(before);
  });

  it('is any other emoji’s business not', async () => {
    const { message } = await english.message(SEED.generalChannel, 'Iets anders');
    const before = slack.ephemerals(worker.id).length;
    await worker.react(message, 'thumbsup');
    await worker.unreact(message, 'thumbsup');
    expect(slack.ephemerals(worker.id)).toHaveLength(before);
  });
});

describe('the home tab', () => {
  it('shows a worker their signals with how far they are', async () => {
    const signal = await town.file();
    await worker.closeView();
    await worker.openHome();
    expect(homeOf(worker.id)).toContain('Mijn signalen');
    expect(homeOf(worker.id)).toContain(`${signal.reference} · ●○○○○○○○ Stap 1 van 8`);
    expect(homeOf(worker.id)).not.toContain('Te behandelen');
    await worker.press(sure(slack.home(worker.id)), { label: 'Meld een signaal' });
    expect(worker.view.wire).toMatchObject({ title: { text: 'Signaal melden' } });
    await worker.closeView();
  });

  it('shows a regisseur what waits for them, a hundred blocks at a time', async () => {
    for (let count = 0; count < 52; count += 1) {
      await town.file(worker, { description: `Uitleg${count}`, title: `Knelpunt${count}` });
      await worker.closeView();
    }
    await regisseur.openHome();
    const home = sure(slack.home(regisseur.id));
    expect(homeOf(regisseur.id)).toContain('Te behandelen');
    expect(objectsAt(home.wire, 'blocks').length).toBeLessThanOrEqual(100);
    expect(homeOf(regisseur.id)).toContain('Deel 1 van 2');
    await regisseur.press(home, { label: 'Volgende' });
    expect(homeOf(regisseur.id)).toContain('Knelpunt51');
    await regisseur.press(home, { label: 'Vorige' });
    expect(homeOf(regisseur.id)).toContain('Deel 1 van 2');
  });

  it('shows who leads nothing what they follow', async () => {
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    await worker.submitView({
      description: 'Het gaat over twee wijken.',
      title: 'Twee wijken samen',
      neighbourhoods: ['Nieuwe Kaai', 'Dampoort'],
      statement: true,
    });
    await worker.closeView();
    await regisseur.openHome();
    await regisseur.press(sure(slack.home(regisseur.id)), { label: 'Volgende' });
    expect(homeOf(regisseur.id)).toContain('Twee wijken samen');
    await coordinator.openHome();
    expect(homeOf(coordinator.id)).toContain('Twee wijken samen');
  });

  it('is left alone when the messages tab was opened', async () => {
    const newcomer = slack.addUser();
    await newcomer.openHome('messages');
    expect(slack.home(newcomer.id)).toBeUndefined();
    await newcomer.openHome('home');
    expect(homeOf(newcomer.id)).toContain('Je hebt nog geen signaal gemeld');
  });

  it('comes in the person’s own language', async () => {
    await english.openHome();
    expect(homeOf(english.id)).toContain('My signals');
  });
});

describe('a link to a signal', () => {
  it('shows what everybody there may see of it', async () => {
    const signal = await town.file();
    await worker.closeView();
    const url = `${app.url}/signalen/${signal.reference}`;
    const { message } = await regisseur.message(SEED.generalChannel, `Kijk eens: ${url}`);
    await slack.settled();
    const preview = JSON.stringify(sure(message.unfurls.get(url)));
    expect(preview).toContain(signal.reference);
    expect(preview).toContain('ontvangen');
    expect(preview).not.toContain('Noor Testmans');
    expect(preview).not.toContain(signal.description);
    expect(preview).not.toContain('Neem op');
  });

  it('shows nothing for other pages, unknown signals and people who may not read them', async () => {
    const signal = await town.file();
    await worker.closeView();
    const urls = [`${app.url}/`, `${app.url}/signalen/T-1999-0001`, `${app.url}/speeltuin`];
    const { message } = await worker.message(SEED.generalChannel, urls.join(' '));
    const byAdministrator = await slack
      .user(SEED.administrator)
      .message(SEED.generalChannel, `${app.url}/signalen/${signal.reference}`);
    expect(message.unfurls.size).toBe(0);
    expect(byAdministrator.message.unfurls.size).toBe(0);
  });

  it('shows nothing where another organisation reads along', async () => {
    const signal = await town.file();
    await worker.closeView();
    const calls = slack.callsOf('chat.unfurl').length;
    const event = {
      type: 'link_shared',
      user: worker.id,
      channel: SEED.generalChannel,
      message_ts: '1.1',
      links: [{ url: `${app.url}/signalen/${signal.reference}`, domain: '127.0.0.1' }],
      source: 'conversations_history',
      unfurl_id: 'x',
    };
    const payload = { type: 'event_callback', team_id: slack.team.id, event_id: 'EvShared', event };
    const body = JSON.stringify({ ...payload, is_ext_shared_channel: true });
    expect((await slack.raw({ contentType: 'application/json', body })).status).toBe(200);
    expect(slack.callsOf('chat.unfurl')).toHaveLength(calls);
  });
});

describe('a change in the workspace', () => {
  it('renames and changes language, but writes nothing for a new status line', async () => {
    await worker.command('/signaal', 'help');
    await slack.userChange(worker.id, { realName: 'Noor Nieuwenaam', locale: 'en-GB' });
    expect(await personOf(worker.id)).toMatchObject({ name: 'Noor Nieuwenaam', locale: 'en' });
    await worker.command('/signaal', 'help');
    expect(lastTo(worker.id)).toContain('I never read along');
    await slack.userChange(worker.id, { statusText: 'In vergadering' });
    expect(await personOf(worker.id)).toMatchObject({ name: 'Noor Nieuwenaam', locale: 'en' });
    await slack.userChange(worker.id, { realName: 'Noor Testmans', locale: 'nl-NL' });
  });

  it('reads nothing in American English, which Slack begins with: then the town’s language counts', async () => {
    const newcomer = slack.addUser({ realName: 'Nooit Gekozen', locale: 'en-US' });
    await newcomer.command('/signaal', 'help');
    expect(lastTo(newcomer.id)).toContain('Ik lees nooit mee');
    expect((await personOf(newcomer.id)).locale).toBeNull();
    const french = slack.addUser({ realName: 'En Français', locale: 'fr-FR' });
    await french.command('/signaal', 'help');
    expect(lastTo(french.id)).toContain('Ik lees nooit mee');
    // British English nobody has without choosing it; going back to the beginning is the town's language again.
    await slack.userChange(newcomer.id, { locale: 'en-GB' });
    await newcomer.command('/signaal', 'help');
    expect(lastTo(newcomer.id)).toContain('I never read along');
    await slack.userChange(newcomer.id, { locale: 'en-US' });
    await newcomer.command('/signaal', 'help');
    expect(lastTo(newcomer.id)).toContain('Ik lees nooit mee');
  });

  it('changes nothing for who chose a language themselves', async () => {
    const chooser = slack.addUser({ realName: 'Koos Zelf', locale: 'nl-NL' });
    await chooser.command('/signaal', 'instellingen');
    await chooser.submitView({ language: 'English' });
    await slack.userChange(chooser.id, { locale: 'nl-NL', statusText: 'x' });
    await chooser.closeView({ all: true });
    await chooser.command('/signaal', 'help');
    expect(lastTo(chooser.id)).toContain('I never read along');
  });

  it('follows somebody out, and back in', async () => {
    await english.command('/signaal', 'help');
    await slack.userChange(english.id, { deleted: true });
    expect(await personOf(english.id)).toMatchObject({ active: false, name: 'Sam Example' });
    await slack.userChange(english.id, { deleted: false });
    expect(await personOf(english.id)).toMatchObject({ active: true });
  });

  it('leaves the names of people in the municipality file to the file', async () => {
    await slack.userChange(regisseur.id, { realName: 'Ria R.' });
    expect((await personOf(regisseur.id)).name).toBe('Ria Proefman');
    await slack.userChange(regisseur.id, { deleted: true });
    expect((await personOf(regisseur.id)).active).toBe(true);
    await slack.userChange(regisseur.id, { deleted: false });
  });

  it('makes nobody of who has not spoken to the bot', async () => {
    await slack.teamJoin({ realName: 'Net Begonnen' });
    expect(await db.person.count({ where: { municipalityId, name: 'Net Begonnen' } })).toBe(0);
  });
});
