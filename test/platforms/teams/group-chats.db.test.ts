import { describe, expect, it } from 'vitest';
import { activityFrom } from '../../fakes/teams/activities.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { filled, openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, municipalityId, worker, regisseur } = town;
const GROUP = SEED.group;

const rows = () =>
  Promise.all([
    db.person.count({ where: { municipalityId } }),
    db.handledRequest.count({ where: { municipalityId } }),
    db.teamsConversation.count({ where: { municipalityId } }),
    db.timelineEntry.count({ where: { municipalityId } }),
  ]);
const answers = () => teams.messages(GROUP).filter(({ from }) => from === 'bot');
const last = () => sure(answers().at(-1));

async function expectSilence(work: () => Promise<{ status: number }>): Promise<void> {
  // What is still on its way from before is not of this.
  await town.delivered();
  const [before, calls] = [await rows(), teams.calls.length];
  expect((await work()).status).toBe(200);
  expect(await rows()).toEqual(before);
  expect(teams.calls).toHaveLength(calls);
}

describe('in a group chat', () => {
  it('silence is kept, and nothing is stored, when the bot is not mentioned', async () => {
    await expectSilence(() => worker.chatIn(GROUP, 'signaal: de lift is weer stuk'));
  });

  it('silence is kept in the chat of a meeting that does not say of what type it is', async () => {
    const untyped = { conversation: { conversationType: undefined, isGroup: undefined } };
    await expectSilence(() => worker.chatIn(GROUP, 'help', untyped));
  });

  it('a mention is answered there, with what everybody may see', async () => {
    await worker.chatIn(GROUP, 'regisseur rabot', { mention: true });
    expect(textOf(last())).toContain('Ria Proefman');
  });

  it('what is for one person alone goes to their own chat', async () => {
    await worker.chatIn(GROUP, 'mijn', { mention: true });
    expect(textOf(last())).toContain('Ik antwoord je in onze eigen chat');
    expect(textOf(await town.lastTo(worker))).toContain('nog geen signaal');
  });

  it('somebody files a signal: the form opens for who asked, and its reference is told to them', async () => {
    await worker.chatIn(GROUP, 'signaal', { mention: true });
    await worker.press(last(), 'Open het formulier');
    await worker.submit(await filled(worker));
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId } });
    expect(textOf(await town.lastTo(worker))).toContain(signal.reference);
    expect(answers().map(textOf).join()).not.toContain(signal.title);
  });

  it('an answer to what the bot said is no note, not even of the regisseur', async () => {
    const { reference } = await town.file();
    await regisseur.chatIn(GROUP, `status ${reference}`, { mention: true });
    expect(textOf(last())).toContain(reference);
    const notes = () => db.timelineEntry.count({ where: { municipalityId, kind: 'note' } });
    const quote = `<blockquote itemtype="http://schema.skype.com/Reply" itemid="${last().id}"></blockquote><p>Nakijken.</p>`;
    await expectSilence(() =>
      regisseur.chatIn(GROUP, 'Nakijken.', { attachments: [{ contentType: 'text/html', content: quote }] }),
    );
    expect(await notes()).toBe(0);
  });

  it('installing is welcomed once with what the bot can do, and removing it is remembered', async () => {
    const known = () =>
      db.teamsConversation.count({ where: { municipalityId, kind: 'group', externalId: '19:nieuw@thread.v2' } });
    const place = { group: '19:nieuw@thread.v2' };
    const group = { id: place.group, members: new Set<string>([SEED.worker]), installed: true };
    teams.world.groups.push(group);
    const happen = (name: 'installation-update' | 'conversation-update', more: object) =>
      teams.deliver(activityFrom(teams, name, worker.person, place, { ...more }));
    await happen('installation-update', { action: 'add' });
    await happen('conversation-update', { membersAdded: [{ id: `28:${teams.bot.appId}` }] });
    expect(teams.messages(place.group).map(textOf)).toEqual([expect.stringContaining('Wat je met Wijksignaal kan')]);
    expect(await known()).toBe(1);
    group.installed = false;
    await happen('installation-update', { action: 'remove' });
    expect(await known()).toBe(0);
    expect(teams.messages(place.group)).toHaveLength(1);
  });
});
