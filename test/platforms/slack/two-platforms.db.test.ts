import { describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { playgroundActor } from '../playground/playground-driver.js';
import { chooseFrom, openSlackTown, sure, tickIn } from './slack-town.js';

const town = await openSlackTown({
  environment: (slack) => ({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    PLAYGROUND: 'true',
  }),
});
const { slack, app, worker, coordinator, db, municipalityId } = town;
const directOf = (userId: string) => slack.direct(userId).map((message) => slack.textOf(message));

describe('a worker in Slack and a regisseur elsewhere', () => {
  it('share one record: question, answer, note and feedback cross over, and the card stays in step', async () => {
    // This regisseur is in the playground alone.
    const person = await db.person.findFirstOrThrow({ where: { municipalityId, roles: { has: 'regisseur' } } });
    const channel = await db.channel.findFirstOrThrow({ where: { municipalityId, ownerId: person.id } });
    await db.channelAddress.deleteMany({ where: { municipalityId, channelId: channel.id, platform: 'slack' } });
    await db.account.deleteMany({ where: { municipalityId, personId: person.id, platform: 'slack' } });
    const regisseur = playgroundActor(app.url, { personId: person.id, channelId: channel.id });
    const card = async () => {
      await town.delivered();
      return sure((await regisseur.read('channel')).find(({ text }) => text.includes(signal.reference)));
    };

    const signal = await town.file();
    await worker.closeView({ all: true });
    expect(slack.messages(SEED.regisseurChannel)).toEqual([]);
    const form = sure(await regisseur.press(await card(), 'Vraag meer info'));
    await regisseur.submit(form, { text: 'Op welke uren is het zo druk?' });
    await town.delivered();
    const question = sure(slack.direct(worker.id).at(-1));
    expect(slack.textOf(question)).toContain('Op welke uren');
    expect((await card()).text).toContain('meer info gevraagd');

    await worker.message(undefined, 'Vooral op woensdag.', { thread: question });
    expect((await card()).text).toContain('in onderzoek');
    const thread = async () => {
      await town.delivered();
      return (await regisseur.read({ thread: await card() })).map(({ text }) => text);
    };
    expect((await thread()).join()).toContain('Vooral op woensdag.');

    // A note stays there; only what is sent as feedback goes to Slack.
    await regisseur.reply(await card(), 'Te bespreken met de poetsdienst');
    await town.delivered();
    expect(directOf(worker.id).join()).not.toContain('poetsdienst');
    const feedback = sure(await regisseur.press(await card(), 'Koppel terug'));
    const preview = sure(await regisseur.submit(feedback, { text: 'We zetten er een tweede bank bij.' }));
    const tick = sure(preview.fields.find(({ value }) => value === false));
    await regisseur.submit(preview, { text: 'We zetten er een tweede bank bij.', [tick.id]: true });
    await town.delivered();
    expect(directOf(worker.id).at(-1)).toContain('We zetten er een tweede bank bij.');
  });
});

describe('a worker elsewhere and a coordinator in Slack', () => {
  it('share one record the other way round', async () => {
    const { id } = await db.person.create({ data: { municipalityId, name: 'Wil Elders', roles: ['worker'] } });
    await db.account.create({ data: { municipalityId, personId: id, platform: 'playground', externalId: id } });
    const there = playgroundActor(app.url, { personId: id });
    const form = sure(await there.command('/signaal'));
    const [place] = await there.search(form, 'neighbourhoods', 'kaai');
    await there.submit(form, {
      title: 'Geen licht op de kaai',
      description: 'Het is er donker na vijf uur.',
      neighbourhoods: [sure(place).value],
      statement: true,
    });
    await town.delivered();
    const card = sure(
      slack.messages(SEED.coordinatorChannel).find((each) => slack.textOf(each).includes('Geen licht')),
    );
    await coordinator.press(card, { label: 'Vraag meer info' });
    await coordinator.submitView({ text: 'Sinds wanneer?' });
    await coordinator.closeView({ all: true });
    await town.delivered();
    const messages = async () => {
      await town.delivered();
      return there.read('direct');
    };
    const question = sure((await messages()).find(({ text }) => text.includes('Sinds wanneer?')));
    await there.reply(question, 'Sinds november.');
    await town.delivered();
    const thread = slack.messages(card.channel, { thread: card.ts }).map((each) => slack.textOf(each));
    expect(thread.at(-1)).toContain('Sinds november.');
    expect(slack.textOf(card)).toContain('in onderzoek');

    await chooseFrom(coordinator, card, 'Koppel terug').catch(() => coordinator.press(card, { label: 'Koppel terug' }));
    await coordinator.submitView({ text: 'De dienst komt kijken.' });
    await coordinator.submitView({ [tickIn(coordinator.view)]: true });
    expect((await messages()).map(({ text }) => text).join()).toContain('De dienst komt kijken.');
    // Told once, where they are; nobody wrote to Slack for them.
    const notices = await db.delivery.findMany({ where: { municipalityId, personId: id } });
    expect(new Set(notices.map(({ platform }) => platform))).toEqual(new Set(['playground']));
  });
});
