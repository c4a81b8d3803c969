import { describe, expect, it } from 'vitest';
import { SEED, signsIn } from '../../fakes/slack/fake-slack.js';
import { objectsAt } from '../../fakes/slack/json.js';
import { openSlackTown, sure } from './slack-town.js';

const town = await openSlackTown();
const { slack, worker, db, municipalityId } = town;
const english = slack.user(SEED.englishWorker);

const lastTo = (userId: string) => slack.textOf(sure(slack.ephemerals(userId).at(-1)));
const inputs = () =>
  objectsAt(worker.view.wire, 'blocks')
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id);

describe('/signaal', () => {
  it('opens the form, files it after the commit and shows the reference', async () => {
    await worker.command('/signaal');
    expect(worker.view.wire).toMatchObject({ title: { text: 'Signaal melden' } });
    await worker.closeView();
    const signal = await town.file();
    expect(worker.view.wire.submit).toBeNull();
    expect(slack.textOf(worker.view)).toContain(signal.reference);
    const card = await town.card(signal);
    expect(slack.textOf(card)).toContain('Geen plaats in de wachtzaal');
    expect(slack.textOf(sure(slack.direct(worker.id)[0]))).toContain(signal.reference);
    await worker.closeView();
  });

  it('works where the bot is not: in anybody’s conversation', async () => {
    await worker.command('/signaal', 'mijn', { channel: SEED.strangeChannel });
    expect(lastTo(worker.id)).toContain('Geen plaats in de wachtzaal');
  });

  it('starts the form with what was typed', async () => {
    await worker.command('/signaal', 'De inkom is te smal &amp; donker');
    expect(worker.view.values['description']).toMatchObject({ value: { value: 'De inkom is te smal & donker' } });
    await worker.closeView();
  });

  it('gives the words back when the form could not open in time', async () => {
    slack.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await worker.command('/signaal', 'De inkom is te smal');
    expect(lastTo(worker.id)).toContain('niet op tijd openen');
    expect(lastTo(worker.id)).toContain('De inkom is te smal');
  });

  it('gives them back whole, however many they are', async () => {
    const before = slack.ephemerals(worker.id).length;
    slack.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
    const words = Array.from({ length: 2_500 }, (_, index) => `woord-${index}`);
    await worker.command('/signaal', words.join(' '));
    const said = slack.ephemerals(worker.id).slice(before);
    const text = said.map((each) => slack.textOf(each)).join(' ');
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });

  it('says so when Slack itself does not answer, and nothing is lost', async () => {
    slack.fail('views.open', { kind: 'status', status: 503 });
    await worker.command('/signaal', 'De inkom is te smal');
    expect(lastTo(worker.id)).toContain('Slack antwoordde ons niet');
    expect(lastTo(worker.id)).toContain('De inkom is te smal');
  });

  it('knows the sub-commands and /regisseur', async () => {
    const signal = await town.file();
    await worker.closeView();
    await worker.command('/signaal', 'help');
    expect(lastTo(worker.id)).toContain('Ik lees nooit mee');
    await worker.command('/signaal', `status ${signal.reference}`);
    expect(lastTo(worker.id)).toContain(signal.title);
    await worker.command('/signaal', 'zoek wachtzaal');
    expect(lastTo(worker.id)).toContain(signal.reference);
    await worker.command('/regisseur', 'rabot');
    expect(lastTo(worker.id)).toContain('Ria Proefman is de sociaal regisseur van Rabot');
  });
});

describe('the form', () => {
  it('shows errors at their fields and keeps what was typed', async () => {
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', 'dam');
    const sent = await worker.submitView({
      description: 'Mail naar iemand@voorbeeld.be',
      title: 'Bel 0470 12 34 56',
      neighbourhoods: ['Dampoort'],
      statement: true,
    });
    expect(sent).toMatchObject({ action: 'errors' });
    expect(sent.errors['description']).toContain('e-mailadres');
    expect(sent.errors['title']).toContain('telefoonnummer');
    expect(worker.view.values['title']).toMatchObject({ value: { value: 'Bel 0470 12 34 56' } });
    await worker.closeView();
  });

  it('asks to look at likely names again, at the place where it is confirmed, and then files', async () => {
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', 'dam');
    const values = { title: 'Opvang', neighbourhoods: ['Dampoort'], statement: true };
    const sent = await worker.submitView({ ...values, description: 'Mevrouw Janssens vindt geen opvang.' });
    expect(sent.action).toBe('update');
    expect(slack.textOf(worker.view)).toContain('Janssens');
    expect(worker.view.values['description']).toMatchObject({ value: { value: expect.stringContaining('Janssens') } });
    const box = sure(
      objectsAt(worker.view.wire, 'blocks').findLast(({ block_id }) => String(block_id).startsWith('ok-')),
    );
    await worker.submitView({ [String(box.block_id)]: true });
    expect(slack.textOf(worker.view)).toMatch(/T-\d{4}-\d{4}/);
    await worker.closeView();
  });

  it('unfolds the details and keeps what was typed', async () => {
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', 'rab');
    await worker.fill({ title: 'Half getypt', neighbourhoods: ['Rabot - Blaisantvest'] });
    expect(inputs()).not.toContain('frequency');
    await worker.press(worker.view, 'form.more');
    expect(inputs()).toContain('frequency');
    expect(worker.view.values['title']).toMatchObject({ value: { value: 'Half getypt' } });
    expect(JSON.stringify(worker.view.values['neighbourhoods'])).toContain('Rabot');
    const sent = await worker
      .submitView({
        description: 'Iets structureels',
        statement: true,
        frequency: 'wekelijks',
        organisation: 'Buurthuis',
      })
      .catch((error: unknown) => error);
    expect(sent).toBeDefined();
    await worker.closeView({ all: true });
  });

  it('remembers what folded fields start with, shown or not', async () => {
    await worker.command('/signaal');
    await worker.press(worker.view, 'form.more');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    await worker.submitView({
      description: 'Iets structureels',
      title: 'Met organisatie',
      neighbourhoods: ['Dampoort'],
      statement: true,
      organisation: 'Buurthuis De Brug',
    });
    await worker.closeView();
    await town.file();
    await worker.closeView();
    const filers = await db.signalFiler.findMany({ where: { municipalityId }, orderBy: { at: 'desc' }, take: 2 });
    expect(filers.map(({ organisation }) => organisation)).toEqual(['Buurthuis De Brug', 'Buurthuis De Brug']);
  });

  it('brings a complaint elsewhere, without keeping it', async () => {
    const before = await db.signal.count({ where: { municipalityId } });
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    await worker.submitView({
      description: 'Een klacht',
      title: 'Klacht',
      neighbourhoods: ['Dampoort'],
      matter: 'complaint',
      statement: true,
    });
    expect(slack.textOf(worker.view)).toContain('Een klacht');
    expect(await db.signal.count({ where: { municipalityId } })).toBe(before);
    await worker.closeView();
  });

  it('asks for nothing else once somebody says that it is not ready, or no signal', async () => {
    const before = await db.signal.count({ where: { municipalityId } });
    await worker.command('/signaal');
    await worker.fill({ description: 'De lift staat weer stil,' });
    // Slack itself keeps a form with an empty required field.
    await expect(worker.submitView()).rejects.toThrow('title');
    await worker.fill({ matter: 'draft' });
    expect(worker.view.values['description']).toMatchObject({ value: { value: 'De lift staat weer stil,' } });
    await worker.fill({ matter: 'signal' });
    await expect(worker.submitView()).rejects.toThrow('title');
    await worker.submitView({ matter: 'draft' });
    expect(slack.textOf(worker.view)).toContain('Alleen jij ziet het');
    await worker.closeView();
    await worker.command('/signaal', 'concepten');
    expect(lastTo(worker.id)).toContain('De lift staat weer stil,');

    await worker.command('/signaal');
    await worker.submitView({ matter: 'complaint' });
    expect(slack.textOf(worker.view)).toContain('klacht');
    await worker.closeView();
    expect(await db.signal.count({ where: { municipalityId } })).toBe(before);
  });

  it('keeps nothing when it is closed: Slack tells what was typed to nobody', async () => {
    const rows = async () => ({
      signals: await db.signal.count({ where: { municipalityId } }),
      drafts: await db.draft.count({ where: { municipalityId } }),
    });
    const before = await rows();
    await worker.command('/signaal');
    await worker.fill({ description: 'Half getypt, en weg' });
    // As a form that asked to be told.
    worker.view.wire.notify_on_close = true;
    await worker.closeView({ all: true });
    expect(slack.openView(worker.id)).toBeUndefined();
    expect(await rows()).toEqual(before);
    // The form itself says how to keep it.
    await worker.command('/signaal');
    expect(slack.textOf(worker.view)).not.toContain('Half getypt');
    expect(JSON.stringify(worker.view.wire.blocks)).toContain('bewaar als concept');
    await worker.closeView();
  });

  it('finds neighbourhoods while typing, the whole city among them', async () => {
    await worker.command('/signaal');
    const labels = async (typed: string) =>
      (await worker.typeSuggestion(worker.view, 'neighbourhoods', typed)).map((option) =>
        String((option.text as { text: string }).text),
      );
    expect(await labels('')).toEqual(['Rabot - Blaisantvest', 'Dampoort', 'Nieuwe Kaai', 'Heel de stad']);
    expect(await labels('rabot')).toEqual(['Rabot - Blaisantvest']);
    await worker.closeView();
  });
});

describe('a person', () => {
  it('is made on first contact, with the name and language Slack knows', async () => {
    await english.command('/signaal', 'help');
    expect(lastTo(english.id)).toContain('I never read along');
    const account = await db.account.findFirstOrThrow({
      where: { municipalityId, externalId: english.id },
      include: { person: true },
    });
    expect(account).toMatchObject({
      email: 'sam.example@voorbeeld.example',
      person: { name: 'Sam Example', roles: ['worker'], locale: 'en' },
    });
  });

  it('is taken at their word when Slack cannot say who they are', async () => {
    slack.fail('users.info', { kind: 'reset' });
    const newcomer = slack.addUser({ realName: 'Nieuw Hier', name: 'nieuw.hier' });
    await newcomer.command('/signaal');
    expect(newcomer.view.wire).toMatchObject({ title: { text: 'Signaal melden' } });
  });
});

describe('a shortcut', () => {
  it('opens the form from anywhere', async () => {
    await worker.shortcut('wijksignaal.file');
    expect(worker.view.wire).toMatchObject({ title: { text: 'Signaal melden' } });
    await worker.closeView();
  });

  it('on a message starts the form with its words, looks at them for client data, and keeps where it stands', async () => {
    const said = await english.message(
      SEED.generalChannel,
      'Bel haar op 0470 12 34 56, de lift is weer stuk. bed & brood',
    );
    await worker.messageShortcut('wijksignaal.file_message', said.message);
    expect(worker.view.values['description']).toMatchObject({
      value: { value: 'Bel haar op 0470 12 34 56, de lift is weer stuk. bed & brood' },
    });
    expect(slack.textOf(worker.view)).toContain('telefoonnummer');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    const values = { title: 'De lift', neighbourhoods: ['Rabot - Blaisantvest'], statement: true };
    expect((await worker.submitView(values)).errors['description']).toContain('telefoonnummer');
    await worker.submitView({ description: 'De lift is weer stuk.' });
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    expect(signal.sourceUrl).toMatch(/^https:\/\/.*\/archives\/C0ALGEMEEN1\/p\d+$/);
    const card = await town.card(signal);
    expect(JSON.stringify(card.blocks)).toContain(signal.sourceUrl);
    await worker.command('/signaal', `status ${signal.reference}`);
    expect(JSON.stringify(slack.ephemerals(worker.id).at(-1)?.blocks)).not.toContain(signal.sourceUrl);
    await worker.closeView({ all: true });
  });

  it('reads a message whose words stand in blocks or attachments, also where the bot is not', async () => {
    const { message } = await english.message(SEED.strangeChannel, 'x');
    message.text = '';
    message.blocks = [
      { type: 'section', block_id: 'b', text: { type: 'mrkdwn', text: 'De <https://a.be|lift> is *stuk*' } },
    ];
    message.attachments = [{ text: 'Al weken', fallback: 'Al weken' }];
    await worker.messageShortcut('wijksignaal.file_message', message);
    expect(worker.view.values['description']).toMatchObject({
      value: { value: 'De lift (https://a.be) is *stuk*\nAl weken' },
    });
    await worker.closeView();
  });
});

describe('what people type', () => {
  const NASTY =
    '<!channel> @here <@U0REG3> <#C0REG3> <!subteam^S1> <https://kwaad.example|klik> https://kwaad.example *vet* :smile: &lt;';

  it('never mentions anybody, nor becomes a link, wherever it is shown', async () => {
    const signal = await town.file(worker, { description: NASTY, title: 'Titel <!here> www.kwaad.example' });
    const card = await town.card(signal);
    const receipt = sure(
      slack.direct(worker.id).findLast((message) => slack.textOf(message).includes(signal.reference)),
    );
    await worker.command('/signaal', `status ${signal.reference}`);
    const status = sure(slack.ephemerals(worker.id).at(-1));
    for (const message of [card, receipt, status]) {
      const signs = signsIn(message).filter((sign) => !sign.text.startsWith(town.app.url));
      expect(signs).toEqual([]);
    }
    expect(slack.textOf(card)).toContain(NASTY);
    await worker.closeView();
  });
});
