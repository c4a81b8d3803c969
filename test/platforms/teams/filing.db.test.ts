import { describe, expect, it } from 'vitest';
import { at, elementsIn, listAt } from '../../fakes/teams/json.js';
import { titlesIn, wordsIn } from '../../fakes/teams/fake-user.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { filled, openFileForm, openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, municipalityId, worker } = town;
const signals = () => db.signal.count({ where: { municipalityId } });

describe('the form in a window', () => {
  it('opens from a typed command, files, and shows the reference', async () => {
    await openFileForm(town, worker);
    expect(worker.dialog?.title).toBe('Signaal melden');
    const values = await filled(worker);
    await worker.submit(values);
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId } });
    expect(wordsIn(sure(worker.dialog).card)).toContain(signal.reference);
    expect(textOf(await town.lastTo(worker))).toContain(signal.reference);
    expect(textOf(await town.card(signal))).toContain(values['title']);
  });

  it('starts with what was typed behind the command', async () => {
    await worker.say('/signaal De lift is *stuk* <at>iedereen</at>');
    await worker.press(await town.lastTo(worker), 'Open het formulier');
    expect(worker.dialog?.values['description']).toBe('De lift is *stuk* @iedereen');
  });

  it('shows errors at their fields, and keeps what was typed', async () => {
    await openFileForm(town, worker);
    const before = await signals();
    const errors = () => {
      const found = elementsIn(sure(worker.dialog).card).filter(({ id }) => String(id).startsWith('error:'));
      return found.map(({ id }) => String(id));
    };
    const typed = { ...(await filled(worker)), description: 'Bel 0475 12 34 56 maar' };
    await worker.submit({ ...typed, statement: 'false' });
    expect(errors()).toEqual(['error:statement']);
    await worker.submit({ statement: 'true' });
    expect(errors()).toEqual(['error:description']);
    const { values } = sure(worker.dialog);
    expect(values['description']).toBe('Bel 0475 12 34 56 maar');
    expect(values['neighbourhoods']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await signals()).toBe(before);
  });

  it('sent twice at once files one signal, and shows its reference each time', async () => {
    const before = await signals();
    await openFileForm(town, worker);
    const answers = await worker.submit(await filled(worker), { copies: 3 });
    expect(await signals()).toBe(before + 1);
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    for (const { body } of answers) expect(JSON.stringify(body)).toContain(signal.reference);
  });

  it('of somebody else does nothing', async () => {
    await openFileForm(town, worker);
    const colleague = teams.user(SEED.englishWorker);
    colleague.dialog = sure(worker.dialog);
    const values = await filled(worker);
    await colleague.submit(values);
    expect(wordsIn(sure(colleague.dialog).card)).toContain('Dit formulier klopt niet (meer)');
    // What was typed can be copied.
    expect(wordsIn(sure(colleague.dialog).card)).toContain(values['description']);
  });
});

describe('a draft', () => {
  it('is kept with hardly anything filled in: Teams itself holds no empty field against it', async () => {
    await openFileForm(town, worker);
    const { card } = sure(worker.dialog);
    // What is required and empty, Teams does not send at all.
    expect(elementsIn(card).filter(({ isRequired }) => isRequired === true)).toEqual([]);
    expect(JSON.stringify(card)).toContain('Wat zie je? *');
    await worker.submit({ matter: 'draft', description: 'De lift staat weer stil, ' });
    expect(wordsIn(sure(worker.dialog).card)).toContain('Alleen jij ziet het');
    expect(await db.draft.count({ where: { municipalityId } })).toBe(1);
    worker.dialog = undefined;
  });
});

describe('the form in a message, where windows do not open', () => {
  it('asks again in place, and files', async () => {
    await worker.say('signaal');
    await worker.press(await town.lastTo(worker), 'Vul hier in');
    const form = await town.lastTo(worker);
    expect(textOf(form)).toContain('Signaal melden');
    const submit = String(listAt(form.card, 'actions')[0]?.['title']);
    const values = await filled(worker);
    await worker.press(form, submit, { ...values, title: '' });
    expect(elementsIn(form.card).some(({ id }) => id === 'error:title')).toBe(true);
    expect(elementsIn(form.card).find(({ id }) => id === 'description')?.['value']).toBe(values['description']);
    const before = await signals();
    await worker.press(form, submit, values);
    expect(await signals()).toBe(before + 1);
    expect(textOf(form)).toContain('In orde.');
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    expect(teams.messages(worker.chat).some((message) => textOf(message).includes(signal.reference))).toBe(true);
  });
});

describe('neighbourhoods', () => {
  it('are listed at once, and searched while typing, however they are spelled', async () => {
    await openFileForm(town, worker);
    const field = sure(elementsIn(sure(worker.dialog).card).find(({ id }) => id === 'neighbourhoods'));
    expect(listAt(field, 'choices').map(({ title }) => title)).toContain('Dampoort');
    const dataset = String(at(field, 'choices.data', 'dataset'));
    expect((await worker.typeahead(dataset, 'rabbot')).map(({ title }) => title)).toContain('Rabot - Blaisantvest');
    expect(await worker.typeahead('no such list', 'x')).toEqual([]);
  });
});

describe('the message extension', () => {
  const message = (content: string) => ({
    id: '1764000000001',
    replyToId: null,
    createdDateTime: '2026-03-10T09:00:00.123Z',
    importance: 'normal',
    subject: '',
    linkToMessage: 'https://teams.microsoft.com/l/message/19:x@thread.v2/1764000000001',
    body: { contentType: 'html', content },
    from: { device: null, conversation: null, application: null, user: null },
    mentions: [],
    reactions: [],
    attachments: [],
  });

  it('makes a signal of a message, with its words and its link', async () => {
    const html =
      '<div><p>De lift is stuk &amp; <b>traag</b>.</p><p>Al <at id="0">Jan</at> weken.<br>Echt.</p><script>x</script></div>';
    // Somebody else's chat, where the bot is no member.
    await worker.openExtension('fileSignal', { chat: '19:abc_def@unq.gbl.spaces' }, message(html));
    expect(worker.dialog?.values['description']).toBe('De lift is stuk & traag.\n\nAl Jan weken.\nEcht.');
    const before = await signals();
    await worker.submit({ ...(await filled(worker)), description: 'De lift is stuk en traag, al weken.' });
    expect(await signals()).toBe(before + 1);
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    expect(signal.sourceUrl).toContain('https://teams.microsoft.com/l/message/');
  });

  it('opens an empty form from the message box', async () => {
    await worker.openExtension('fileSignal', { channel: SEED.generalChannel });
    expect(worker.dialog?.title).toBe('Signaal melden');
    expect(titlesIn(sure(worker.dialog).card).length).toBeLessThanOrEqual(6);
  });

  it('knows no other action', async () => {
    const { status } = await worker.invoke('composeExtension/fetchTask', { chat: worker.chat }, { commandId: 'other' });
    expect(status).toBe(501);
  });

  it('finds signals and puts their card in a conversation: what everybody may see', async () => {
    const signal = await town.file();
    const query = (value: string) =>
      worker.invoke(
        'composeExtension/query',
        { channel: SEED.generalChannel },
        {
          commandId: 'searchSignals',
          parameters: [{ name: 'query', value }],
          queryOptions: { skip: 0, count: 25 },
        },
      );
    const { body } = await query(signal.title);
    const hits = listAt(body, 'composeExtension', 'attachments');
    const hit = sure(hits.find((each) => JSON.stringify(each).includes(signal.reference)));
    const url = at(hit, 'preview', 'content', 'tap', 'value', 'url');
    const chosen = await worker.invoke('composeExtension/selectItem', { channel: SEED.generalChannel }, { url });
    const [card] = listAt(chosen.body, 'composeExtension', 'attachments');
    const words = wordsIn(sure(card?.['content']) as never);
    expect(words).toContain(signal.title);
    expect(words).not.toContain(signal.description);
    expect(words).not.toContain('Wim Werkman');
    expect(at((await query('xyzzy')).body, 'composeExtension', 'type')).toBe('message');
  });

  it('shows a preview of a link to a page of ours, and of no other', async () => {
    const signal = await town.file();
    const unfurl = async (url: string) => {
      const { body } = await worker.invoke('composeExtension/queryLink', { channel: SEED.generalChannel }, { url });
      return listAt(body, 'composeExtension', 'attachments');
    };
    const [card] = await unfurl(`${town.app.url}/signalen/${signal.reference}`);
    expect(wordsIn(sure(card?.['content']) as never)).toContain(signal.title);
    expect(await unfurl('https://example.com/signalen/T-2026-0001')).toEqual([]);
    const anonymous = await worker.invoke(
      'composeExtension/anonymousQueryLink',
      { chat: worker.chat },
      {
        url: `${town.app.url}/signalen/${signal.reference}`,
      },
    );
    expect(listAt(anonymous.body, 'composeExtension', 'attachments')).toEqual([]);
  });
});
