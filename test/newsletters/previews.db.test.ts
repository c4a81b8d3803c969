import { load } from 'cheerio';
import { renderToString } from 'preact-render-to-string';
import { afterAll, expect, it } from 'vitest';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startQueue } from '../../src/delivery/queue.js';
import { writeBatch } from '../../src/newsletters/fan-out.js';
import { issuePath } from '../../src/newsletters/newsletter.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { SlackPreview } from '../../src/platforms/slack/preview.js';
import type { SlackMessage } from '../../src/platforms/slack/render/card-to-block-kit.js';
import type { TeamsMessage } from '../../src/platforms/teams/connector.js';
import { TeamsPreview } from '../../src/platforms/teams/preview.js';
import { makeToken } from '../../src/sign-in/secret-token.js';
import { SEED as SLACK } from '../fakes/slack/fake-slack.js';
import { FakeTeams, SEED as TEAMS } from '../fakes/teams/fake-teams.js';
import { startSmtp } from '../platforms/mail/smtp.js';
import { openSlackTown, sure } from '../platforms/slack/slack-town.js';
import { Browser } from '../sign-in/browser.js';
import { expectValidHtml } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';

const FILE = `
name: Teststad
reference: T
neighbourhoods:
  - { number: 1, name: Rabot - Blaisantvest }
regisseurs:
  - name: Ria Proefman
    slack: { user: ${SLACK.regisseur}, channel: ${SLACK.regisseurChannel} }
    neighbourhoods: [1]
  - name: Tea Voorbeeldmans
    teams: { user: ${TEAMS.regisseur}, team: '${TEAMS.team}', channel: '${TEAMS.regisseurChannel}' }
    neighbourhoods: []
coordinator: { name: Cor Voorbeeldts, slack: { user: ${SLACK.coordinator}, channel: ${SLACK.coordinatorChannel} } }
newsletters: [{ title: Nieuws, schedule: 'eerste dinsdag van maart om 9 u.' }]
`;

const smtp = await startSmtp();
const teams = await FakeTeams.start();
teams.pace.limits = [];
const database = await openTestDatabase();
const town = await openSlackTown({
  file: FILE,
  database,
  environment: (fake) => ({
    SLACK_BOT_TOKEN: fake.botToken,
    SLACK_SIGNING_SECRET: fake.app.signingSecret,
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Wijksignaal <signalen@example.be>',
    ...teams.environment(),
  }),
});
teams.connect(town.app.url);
afterAll(async () => {
  await teams.close();
  await smtp.close();
});

const { db, municipalityId, slack } = town;

it('what an editor sees side by side is what Slack, Teams and mail are sent', async () => {
  const person = (name: string) => db.person.findFirstOrThrow({ where: { municipalityId, name } });
  const coordinator = await person('Cor Voorbeeldts');
  const reader = await db.person.create({
    data: {
      municipalityId,
      name: 'Lezer',
      roles: ['worker'],
      accounts: { create: { platform: 'mail', externalId: 'lezer@example.be' } },
    },
  });
  const at = new Date();
  const newsletter = await db.newsletter.create({
    data: {
      municipalityId,
      series: 'nieuwsbrief',
      occasion: '2026-03-03T09:00',
      title: 'Nieuws: maart <2026>',
      text: {
        foreword: 'Beste collega\n\n*Geen* <b>opmaak</b> & geen grap',
        came: `• een\n• twee\n${'Nog een regel. '.repeat(150)}`,
        tip: 'Begin met één zin.',
      },
      figures: {},
      recipients: { channels: false },
      periodFrom: at,
      periodUntil: at,
      sendAt: at,
      editorId: coordinator.id,
      createdAt: at,
      updatedAt: at,
      pictures: { create: [{ kind: 'trend', alt: 'Staafgrafiek: 12; 15.', png: new Uint8Array([1, 2, 3]) }] },
    },
  });

  const { token, hash } = makeToken();
  const expiresAt = new Date(at.getTime() + 60_000);
  await db.signInLink.create({ data: { municipalityId, personId: coordinator.id, tokenHash: hash, expiresAt } });
  const browser = new Browser(town.app.url);
  await browser.openLink(`${town.app.url}/aanmelden/${token}`);
  const path = `${issuePath(newsletter)}/voorbeeld`;
  const preview = await browser.get(path);
  expect(preview.status).toBe(200);
  await expectValidHtml(preview.html, 'preview');
  const framed = await browser.get(sure(load(preview.html)('iframe').attr('src')));
  expect(framed.header('content-security-policy')).toContain('sandbox');

  // It goes out as it stands; Teams knows the way to who wrote to the bot.
  await teams.user(TEAMS.regisseur).say('hulp');
  await db.newsletter.update({
    where: { municipalityId_id: { municipalityId, id: newsletter.id } },
    data: { status: 'sending', startedAt: at, leg: 1 },
  });
  const queue = await startQueue(database, createLog('silent'));
  const municipality = await createMunicipalityReader(db, () => at)(municipalityId);
  await db.$transaction((tx) => writeBatch({ tx, municipality, now: at, outbox: createOutbox(queue) }, newsletter.id));
  await town.delivered();
  await teams.settled();
  await queue.stop();

  const inSlack = sure(slack.direct(SLACK.regisseur).at(-1));
  const slackSent = { text: inSlack.text, blocks: inSlack.blocks } as unknown as SlackMessage;
  expect(preview.html).toContain(renderToString(SlackPreview({ message: slackSent })));
  const inTeams = sure(teams.messages(teams.user(TEAMS.regisseur).chat).at(-1));
  const teamsSent = { summary: inTeams.summary, card: inTeams.card } as unknown as TeamsMessage;
  expect(preview.html).toContain(renderToString(TeamsPreview({ message: teamsSent })));

  const [mail] = smtp.mails;
  const withoutStop = (words: string) =>
    words
      .replaceAll('\r\n', '\n')
      .replace(/ +$/gm, '')
      .replace(/http[^"\s]*\/afmelden\/[^"\s]*/g, '');
  expect(withoutStop(framed.html).trim()).toBe(withoutStop(String(mail?.html)).trim());
  const asText = load(preview.html)('.preview-mail pre').text();
  expect(withoutStop(asText).trim()).toBe(withoutStop(String(mail?.text)).trim());
  expect(load(preview.html)('.preview-mail .preview-heading').text()).toBe(mail?.subject);
  expect(mail?.to).toMatchObject({ text: 'lezer@example.be' });
  // RFC 8058: its reader stops it in one click, without signing in.
  const [, address = ''] = /List-Unsubscribe: <([^>]+)>/.exec(smtp.sources[0]?.replace(/\r\n\s+/g, '') ?? '') ?? [];
  const { pathname, search } = new URL(address);
  const stopped = await fetch(`${town.app.url}${pathname}${search}`, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect(stopped.status).toBe(200);
  expect(await db.tellChoice.findMany({ where: { municipalityId, personId: reader.id } })).toMatchObject([
    { kind: 'newsletters.issue', wanted: false },
  ]);

  // The same words stand on its page.
  const page = load(preview.html)('.preview.newsletter').text();
  const archived = load((await browser.get(issuePath(newsletter))).html)('article.newsletter').text();
  for (const words of ['Beste collega\n\n*Geen* <b>opmaak</b> & geen grap', 'Begin met één zin.']) {
    expect(page).toContain(words);
    expect(archived).toContain(words);
  }

  // Only its editors look ahead.
  const stranger = new Browser(town.app.url);
  expect((await stranger.get(path)).status).toBe(403);
});
