import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { activityFrom } from '../../fakes/teams/activities.js';
import { titlesIn, wordsIn } from '../../fakes/teams/fake-user.js';
import { openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown({ before: (fake) => (fake.anonymous = true) });
const { teams, db, municipalityId, worker, regisseur } = town;

const said = () => activityFrom(teams, 'message-personal', worker.person, { chat: worker.chat }, { text: 'help' });

/** As a program does that may write any header; `fetch` writes Host by itself. */
function post(headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(town.app.url);
  return new Promise((resolve, reject) => {
    const sending = request({ hostname, port, path: '/api/messages', method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sending.on('error', reject).end(JSON.stringify(said()));
  });
}

describe('an emulator on this machine, without account or token', () => {
  it('can do the whole of it: file, take on, hear of it', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    expect(titlesIn(await regisseur.view(card))).toContain('Neem op');
    await regisseur.press(card, 'Neem op');
    await town.delivered();
    expect(textOf(card)).toContain('in onderzoek');
    expect(textOf(await town.lastTo(worker))).toContain(signal.reference);
    await worker.say('mijn');
    expect(wordsIn(sure((await town.lastTo(worker)).card))).toContain(signal.title);
  });

  it('is asked for nothing at Microsoft’s', () => {
    expect(teams.issuer.asked).toBe(0);
  });
});

describe('somebody else', () => {
  const rows = () =>
    Promise.all([
      db.account.count({ where: { municipalityId } }),
      db.handledRequest.count({ where: { municipalityId } }),
      db.teamsConversation.count({ where: { municipalityId } }),
    ]);

  it.each<[string, Record<string, string>]>([
    ['comes through a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['comes through another kind of proxy', { forwarded: 'for=203.0.113.7' }],
    ['is a page elsewhere that points its own name at this machine', { host: 'elders.example' }],
    ['brings a token: there is no bot it could be for', { authorization: 'Bearer a.b.c' }],
  ])('is answered 401, and nothing is written: %s', async (_who, headers) => {
    await town.delivered();
    const [before, calls] = [await rows(), teams.calls.length];
    expect(await post({ 'content-type': 'application/json', ...headers })).toBe(401);
    expect(await rows()).toEqual(before);
    expect(teams.calls).toHaveLength(calls);
  });

  it('brings a token that is right for another bot: 401 too', async () => {
    expect((await teams.deliver(said(), {})).status).toBe(401);
  });
});
