import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../src/storage/database.js';
import { SEED as SLACK } from '../fakes/slack/fake-slack.js';
import { FakeTeams, SEED as TEAMS } from '../fakes/teams/fake-teams.js';
import { titlesIn, type Dialog, type FakeTeamsUser } from '../fakes/teams/fake-user.js';
import { elementsIn } from '../fakes/teams/json.js';
import { chooseFrom, openSlackTown, sure, tickIn } from './slack/slack-town.js';
import { filled, openFileForm, textOf } from './teams/teams-town.js';

/** One regisseur is in Slack, another in Teams, and the coordinator in both. */
const FILE = `
name: Teststad
reference: T
neighbourhoods:
  - { number: 1, name: Rabot - Blaisantvest, aliases: [Rabot] }
  - { number: 2, name: Dampoort }
  - { number: 3, name: Nieuwe Kaai }
regisseurs:
  - name: Ria Proefman
    slack: { user: ${SLACK.regisseur}, channel: ${SLACK.regisseurChannel} }
    neighbourhoods: [1]
  - name: Tea Voorbeeldmans
    teams: { user: ${TEAMS.regisseur}, team: '${TEAMS.team}', channel: '${TEAMS.regisseurChannel}' }
    neighbourhoods: [2]
coordinator:
  name: Cor Voorbeeldts
  slack: { user: ${SLACK.coordinator}, channel: ${SLACK.coordinatorChannel} }
  teams: { user: ${TEAMS.coordinator}, team: '${TEAMS.team}', channel: '${TEAMS.coordinatorChannel}' }
`;

const teams = await FakeTeams.start();
teams.pace.limits = [];
afterAll(() => teams.close());
const town = await openSlackTown({
  file: FILE,
  environment: (fake) => ({
    SLACK_BOT_TOKEN: fake.botToken,
    SLACK_SIGNING_SECRET: fake.app.signingSecret,
    ...teams.environment(),
  }),
});
teams.connect(town.app.url);
afterEach(() => {
  // What the real Teams would not have shown.
  expect(teams.complaints.splice(0)).toEqual([]);
});

const { slack, db, municipalityId } = town;
const inSlack = town.worker;
const inTeams = teams.user(TEAMS.worker);
const regisseurInTeams = teams.user(TEAMS.regisseur);

async function delivered(): Promise<void> {
  await town.delivered();
  await teams.settled();
}

const shownInTeams = (place: string) => teams.messages(place).map(textOf);
const shownInSlack = (userId: string) => slack.direct(userId).map((message) => slack.textOf(message));
const times = (shown: string[], text: string) => shown.filter((each) => each.includes(text)).length;
const statusOf = async ({ id }: Signal) =>
  (await db.signal.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id } } })).status;

/** Where everything went that a signal's filer was owed. */
async function platformsOf({ id: signalId }: Signal): Promise<string[]> {
  const { personId } = await db.signalFiler.findFirstOrThrow({ where: { municipalityId, signalId } });
  const owed = await db.delivery.findMany({ where: { municipalityId, personId } });
  expect(owed.map(({ status }) => status)).toEqual(owed.map(() => 'sent'));
  return [...new Set(owed.map(({ platform }) => String(platform)))];
}

/** A button, or an entry of the menu it was folded into. */
async function pressInTeams(user: FakeTeamsUser, ...[message, title]: Parameters<FakeTeamsUser['press']>) {
  await (titlesIn(await user.view(message)).includes(title) ? user.press(message, title) : user.choose(message, title));
}

describe('a worker in Teams and a regisseur in Slack', () => {
  it('share one record: card, question, answer and feedback stay in step, each told once', async () => {
    await openFileForm({ teams }, inTeams);
    const values = await filled(inTeams);
    await inTeams.submit(values);
    inTeams.dialog = undefined;
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId, title: sure(values['title']) } });
    const card = await town.card(signal);
    expect(slack.textOf(card)).toContain(values['title']);
    expect(times(shownInTeams(TEAMS.regisseurChannel), signal.reference)).toBe(0);

    await town.regisseur.press(card, { label: 'Vraag meer info' });
    await town.regisseur.submitView({ text: 'Op welke uren is het zo druk?' });
    await town.regisseur.closeView({ all: true });
    await delivered();
    expect(slack.textOf(card)).toContain('meer info gevraagd');
    expect(times(shownInTeams(inTeams.chat), 'Op welke uren is het zo druk?')).toBe(1);

    const question = sure(teams.messages(inTeams.chat).findLast((each) => textOf(each).includes('Op welke uren')));
    await inTeams.press(question, 'Antwoord');
    // Twice at once, as an impatient finger does.
    await inTeams.submit({ text: 'Vooral op woensdag.' }, { copies: 2 });
    inTeams.dialog = undefined;
    await delivered();
    expect(await statusOf(signal)).toBe('in_review');
    expect(slack.textOf(card)).toContain('in onderzoek');
    const thread = () => slack.messages(card.channel, { thread: card.ts }).map((each) => slack.textOf(each));
    expect(times(thread(), 'Vooral op woensdag.')).toBe(1);

    // A note stays in Slack; only what is sent as feedback goes to Teams.
    await town.regisseur.message(card.channel, 'Te bespreken met de poetsdienst.', { thread: card });
    await chooseFrom(town.regisseur, card, 'Koppel terug').catch(() =>
      town.regisseur.press(card, { label: 'Koppel terug' }),
    );
    await town.regisseur.submitView({ text: 'We zetten er een tweede bank bij.' });
    await town.regisseur.submitView({ [tickIn(town.regisseur.view)]: true });
    await delivered();
    expect(times(shownInTeams(inTeams.chat), 'We zetten er een tweede bank bij.')).toBe(1);
    expect(shownInTeams(inTeams.chat).join()).not.toContain('poetsdienst');
    expect(await platformsOf(signal)).toEqual(['teams']);
  });
});

describe('a worker in Slack and a regisseur in Teams', () => {
  it('share one record the other way round', async () => {
    const words = {
      title: 'Geen licht op de brug',
      description: 'Het is er donker na vijf uur.',
      neighbourhoods: ['Dampoort'],
    };
    const signal = await town.file(inSlack, words);
    await inSlack.closeView({ all: true });
    await delivered();
    const card = sure(teams.messages(TEAMS.regisseurChannel).find((each) => textOf(each).includes(signal.reference)));
    expect(textOf(card)).toContain(words.title);
    const inChannels = [SLACK.regisseurChannel, SLACK.coordinatorChannel].flatMap((id) => slack.messages(id));
    expect(inChannels.filter((each) => slack.textOf(each).includes(signal.reference))).toEqual([]);

    await regisseurInTeams.press(card, 'Vraag meer info');
    await regisseurInTeams.submit({ text: 'Sinds wanneer?' });
    regisseurInTeams.dialog = undefined;
    await delivered();
    expect(textOf(card)).toContain('meer info gevraagd');
    expect(times(shownInSlack(inSlack.id), 'Sinds wanneer?')).toBe(1);
    const question = sure(slack.direct(inSlack.id).findLast((each) => slack.textOf(each).includes('Sinds wanneer?')));
    await inSlack.message(undefined, 'Sinds november.', { thread: question });
    await delivered();
    expect(await statusOf(signal)).toBe('in_review');
    expect(textOf(card)).toContain('in onderzoek');
    const thread = () => teams.messages(TEAMS.regisseurChannel).filter((each) => each !== card);
    const answer = thread().filter((each) => textOf(each).includes('Sinds november.'));
    expect(answer.map(({ conversationId }) => conversationId)).toEqual([card.conversationId]);

    await regisseurInTeams.post(TEAMS.regisseurChannel, 'Te bespreken met de netbeheerder.', { root: card.id });
    await pressInTeams(regisseurInTeams, card, 'Koppel terug');
    await regisseurInTeams.submit({ text: 'De dienst komt kijken.' });
    const preview = regisseurInTeams.dialog as Dialog | undefined;
    const tick = sure(elementsIn(sure(preview).card).find(({ type }) => type === 'Input.Toggle'));
    await regisseurInTeams.submit({ [String(tick['id'])]: 'true' }, { copies: 2 });
    await delivered();
    expect(times(shownInSlack(inSlack.id), 'De dienst komt kijken.')).toBe(1);
    expect(shownInSlack(inSlack.id).join()).not.toContain('netbeheerder');
    expect(await platformsOf(signal)).toEqual(['slack']);
  });
});

describe('a coordinator who is in both', () => {
  it('gets a card once, with the same buttons on it', async () => {
    const signal = await town.file(inSlack, {
      title: 'Postkantoor verdwenen',
      description: 'Een aangetekende zending ophalen kan alleen nog aan de overkant.',
      neighbourhoods: ['Nieuwe Kaai'],
    });
    await inSlack.closeView({ all: true });
    await delivered();
    const there = times(shownInTeams(TEAMS.coordinatorChannel), signal.reference);
    const here = slack
      .messages(SLACK.coordinatorChannel)
      .filter((each) => slack.textOf(each).includes(signal.reference));
    expect(there + here.length).toBe(1);
    const cards = await db.delivery.findMany({ where: { municipalityId, key: `card:${signal.id}` } });
    expect(cards.map(({ status }) => status)).toEqual(['sent']);
  });
});
