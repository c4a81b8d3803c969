import { describe, expect, it } from 'vitest';
import { SEED } from '../fakes/slack/fake-slack.js';
import type { FakeUser } from '../fakes/slack/fake-user.js';
import type { Actor } from '../platforms/contract-driver.js';
import { playgroundActor } from '../platforms/playground/playground-driver.js';
import { openSlackTown, sure } from '../platforms/slack/slack-town.js';

const town = await openSlackTown({
  town: 'linking: { domains: [voorbeeld.example] }\n',
  environment: (slack) => ({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    PLAYGROUND: 'true',
  }),
});
const { slack, app, db, municipalityId, regisseur } = town;
const CODE = /\b(\d{4}) (\d{4})\b/;

/** Somebody in the playground, which stands for any other platform, with the address that platform confirmed. */
async function inPlayground(name: string, email: string | null): Promise<Actor & { id: string }> {
  const { id } = await db.person.create({ data: { municipalityId, name, roles: ['worker'] } });
  await db.account.create({
    data: { municipalityId, personId: id, platform: 'playground', externalId: id, email },
  });
  return { ...playgroundActor(app.url, { personId: id }), id };
}

/** Somebody on both platforms, with one address. */
async function somebody(name: string): Promise<{ here: FakeUser; there: Actor & { id: string }; email: string }> {
  const here = slack.addUser({ realName: name });
  const { email } = slack.world.user(here.id);
  await here.command('/signaal', 'help');
  return { here, there: await inPlayground(`${name} daar`, email), email };
}

const ownerOf = async (platform: string, externalId: string) =>
  (
    await db.account.findUniqueOrThrow({
      where: { municipalityId_platform_externalId: { municipalityId, platform, externalId } },
      include: { person: true },
    })
  ).person;
const lastTo = (user: FakeUser) => slack.textOf(sure(slack.ephemerals(user.id).at(-1)));
const codesIn = (texts: string[]) =>
  texts.flatMap((text) => (CODE.test(text) ? [text.replace(/[\s\S]*?(\d{4}) (\d{4})[\s\S]*/, '$1$2')] : []));
const codesThere = async (there: Actor) => {
  await town.delivered();
  return codesIn((await there.read('direct')).map(({ text }) => text));
};
const codesHere = async (here: FakeUser) => {
  await town.delivered();
  return codesIn(slack.direct(here.id).map((message) => slack.textOf(message)));
};
const requests = () => db.linkRequest.count({ where: { municipalityId } });
const wrong = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, '0');

/** Asks in Slack and types the code that came in the playground. */
async function link({ here, there }: Awaited<ReturnType<typeof somebody>>): Promise<void> {
  await here.command('/signaal', 'koppel');
  await here.submitView({ code: sure((await codesThere(there))[0]) });
  await here.closeView({ all: true });
  await town.delivered();
}

async function fileThere(there: Actor): Promise<void> {
  const form = sure(await there.command('/signaal'));
  const [place] = await there.search(form, 'neighbourhoods', 'rabot');
  const values = {
    title: 'Gemeld van daar',
    description: 'Er is te weinig plaats.',
    neighbourhoods: [sure(place).value],
    statement: true,
  };
  const asked = await there.submit(form, values);
  // Another one like it is there already: this one is new.
  if (asked?.fields.some(({ id }) => id === 'similar')) await there.submit(asked, { ...values, similar: 'new' });
}

describe('somebody on two platforms', () => {
  it('becomes one person, with a code that only their other account was sent', async () => {
    const both = await somebody('Lien Proefpersoon');
    const { here, there } = both;
    await town.file(here);
    await here.closeView();
    await fileThere(there);

    await here.command('/signaal', 'koppel');
    expect(slack.textOf(here.view)).toContain('de speeltuin');
    const [code, ...more] = await codesThere(there);
    expect(more).toEqual([]);
    expect(await codesHere(here)).toEqual([]);
    const asked = (await there.read('direct')).at(-1);
    expect(asked?.text).toContain('Lien Proefpersoon');

    const refused = await here.submitView({ code: wrong(sure(code)) });
    expect(refused.errors).toEqual({ code: 'Deze code klopt niet. Je kan nog 4 keer proberen.' });
    await here.submitView({ code: `${sure(code).slice(0, 4)}-${sure(code).slice(4)} ` });
    expect(slack.textOf(here.view)).toContain('Je accounts zijn gekoppeld');
    await here.closeView({ all: true });

    const person = await ownerOf('slack', here.id);
    expect(await ownerOf('playground', there.id)).toEqual(person);
    expect(await db.signalFiler.count({ where: { municipalityId, personId: person.id } })).toBe(2);
    await here.command('/signaal', 'mijn');
    expect(lastTo(here)).toContain('Gemeld van daar');
    expect(lastTo(here)).toContain('Geen plaats in de wachtzaal');
    // Told on both, so that nobody is linked without knowing; the code is nowhere to be read any more.
    await town.delivered();
    expect(
      slack
        .direct(here.id)
        .map((message) => slack.textOf(message))
        .join(),
    ).toContain('zijn gekoppeld');
    const after = playgroundActor(app.url, { personId: person.id, directId: there.id });
    const texts = (await after.read('direct')).map(({ text }) => text);
    expect(texts.join()).toContain('zijn gekoppeld');
    expect(codesIn(texts)).toEqual([]);
  });

  it('is told once from then on, where they used the bot last', async () => {
    const both = await somebody('Mo Voorbeeldig');
    await fileThere(both.there);
    await link(both);
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    const card = await town.card(signal);
    const person = await ownerOf('slack', both.here.id);
    const notices = () =>
      db.delivery.findMany({ where: { municipalityId, personId: person.id, view: 'signals.notice' } });
    await regisseur.press(card, { label: 'Neem op' });
    await town.delivered();
    expect((await notices()).map(({ platform }) => platform)).toEqual(['slack']);
    // Then they are in the other place.
    const after = playgroundActor(app.url, { personId: person.id, directId: both.there.id });
    await db.account.updateMany({
      where: { municipalityId, personId: person.id },
      data: { lastUsedAt: new Date(Date.now() - 3_600_000) },
    });
    await after.command('/signaal help');
    await regisseur.press(card, { label: 'Vraag meer info' });
    await regisseur.submitView({ text: 'Op welke uren?' });
    await regisseur.closeView();
    await town.delivered();
    expect((await notices()).map(({ platform }) => platform).sort()).toEqual(['playground', 'slack']);
    // And the question can be answered there, though it was filed by who they were.
    const question = sure((await after.read('direct')).find(({ text }) => text.includes('Op welke uren?')));
    expect(question.buttons).toContain('Antwoord');
  });

  it('goes back to two with everything that was the other’s', async () => {
    const both = await somebody('Ina Terugweg');
    await fileThere(both.there);
    await link(both);
    const { here, there } = both;
    await here.command('/signaal', 'ontkoppel');
    const card = sure(slack.ephemerals(here.id).at(-1));
    await here.press(card, { label: 'Ontkoppel de speeltuin' });
    expect(lastTo(here)).toContain('weer los van elkaar');
    const [mine, theirs] = [await ownerOf('slack', here.id), await ownerOf('playground', there.id)];
    expect(theirs).toMatchObject({ id: there.id, name: 'Ina Terugweg daar', active: true });
    expect(mine.id).not.toBe(theirs.id);
    const filings = await db.signalFiler.findMany({
      where: { municipalityId, personId: { in: [mine.id, theirs.id] } },
    });
    expect(filings.map(({ personId }) => personId)).toEqual([theirs.id]);
    await here.press(card, { label: 'Ontkoppel de speeltuin' });
    expect(lastTo(here)).toContain('al ongedaan gemaakt');
    await here.command('/signaal', 'ontkoppel');
    expect(lastTo(here)).toContain('geen accounts gekoppeld');
  });

  it('stays whom the municipality file names, asked from either side', async () => {
    const { email } = slack.world.user(SEED.coordinator);
    const there = await inPlayground('Cor elders', email);
    // The file knew an id; the address comes from Slack, at the first word.
    await slack.user(SEED.coordinator).command('/signaal', 'help');
    await expect.poll(() => db.account.count({ where: { municipalityId, platform: 'slack', email } })).toBe(1);
    const form = sure(await there.command('/signaal koppel'));
    await there.submit(form, { code: sure((await codesHere(slack.user(SEED.coordinator)))[0]) });
    const person = await ownerOf('playground', there.id);
    expect(person).toEqual(await ownerOf('slack', SEED.coordinator));
    expect(person).toMatchObject({ name: 'Cor Voorbeeldts', roles: ['coordinator', 'worker'] });
    expect(person.fileKey).not.toBeNull();
    expect(await db.person.count({ where: { municipalityId, id: there.id } })).toBe(0);
  });

  it('speaks the reader’s language, in both places', async () => {
    const here = slack.addUser({ realName: 'Kim English', locale: 'en-GB' });
    await here.command('/signaal', 'help');
    await inPlayground('Kim there', slack.world.user(here.id).email);
    await here.command('/signaal', 'link');
    expect(slack.textOf(here.view)).toContain('The code is valid until');
    await here.closeView();
  });
});

describe('somebody who wants to be somebody else', () => {
  it('gets nowhere by guessing: five tries, and then no code counts, not even the right one', async () => {
    const { here, there } = await somebody('Gust Gokker');
    await here.command('/signaal', 'koppel');
    const code = sure((await codesThere(there))[0]);
    for (let left = 4; left > 0; left -= 1) {
      const { errors } = await here.submitView({ code: wrong(code) });
      expect(errors['code']).toContain(left === 1 ? 'nog één keer' : `nog ${left} keer`);
    }
    await here.submitView({ code: wrong(code) });
    expect(slack.textOf(here.view)).toContain('te vaak een foute code');
    await here.submitView({ code });
    expect(slack.textOf(here.view)).toContain('te vaak een foute code');
    await here.closeView();
    // Asking again gives no new tries, and no new message.
    await here.command('/signaal', 'koppel');
    expect(lastTo(here)).toContain('te vaak een foute code');
    expect(await codesThere(there)).toEqual([code]);
    expect((await ownerOf('playground', there.id)).id).toBe(there.id);
    // After a quarter of an hour there is another code.
    await db.linkRequest.updateMany({ where: { municipalityId }, data: { expiresAt: new Date(Date.now() - 1) } });
    await here.command('/signaal', 'koppel');
    const [, next] = await codesThere(there);
    expect(next).not.toBe(code);
    await here.submitView({ code: sure(next) });
    expect((await ownerOf('playground', there.id)).id).toBe((await ownerOf('slack', here.id)).id);
    await here.closeView({ all: true });
  });

  it('gets nowhere with tries sent at the same time', async () => {
    const { here, there } = await somebody('Gust Sneller');
    await here.command('/signaal', 'koppel');
    const code = sure((await codesThere(there))[0]);
    const { answers } = await here.submitView({ code: wrong(code) }, { copies: 9 });
    expect(answers.filter(({ body }) => body.includes('Je kan nog'))).toHaveLength(4);
    await here.submitView({ code });
    expect((await ownerOf('playground', there.id)).id).toBe(there.id);
    await here.closeView({ all: true });
  });

  it('gets nowhere with a code that is over, used, or another’s', async () => {
    const one = await somebody('Een Code');
    const two = await somebody('Twee Code');
    await one.here.command('/signaal', 'koppel');
    await two.here.command('/signaal', 'koppel');
    const code = sure((await codesThere(one.there))[0]);
    expect((await two.here.submitView({ code })).errors['code']).toContain('klopt niet');
    await two.here.closeView();

    await db.linkRequest.updateMany({ where: { municipalityId }, data: { expiresAt: new Date(Date.now() - 1) } });
    await one.here.submitView({ code });
    expect(slack.textOf(one.here.view)).toContain('vervallen');
    await one.here.closeView();

    await one.here.command('/signaal', 'koppel');
    const fresh = sure((await codesThere(one.there)).at(-1));
    await one.here.submitView({ code: fresh }, { copies: 3 });
    expect(await db.accountLink.count({ where: { municipalityId, person: { name: 'Een Code' } } })).toBe(1);
    await one.here.closeView({ all: true });
    // Their accounts are one; what was typed before opens nothing.
    await one.here.command('/signaal', 'koppel');
    expect(lastTo(one.here)).toContain('al gekoppeld');
  });

  it('cannot use another’s request from their own account', async () => {
    const victim = await somebody('Wim Doelwit');
    const thief = await somebody('Dirk Dief');
    await victim.here.command('/signaal', 'koppel');
    const code = sure((await codesThere(victim.there))[0]);
    const payloadOf = victim.here.view.wire.private_metadata;
    await thief.here.command('/signaal', 'koppel');
    thief.here.view.wire.private_metadata = payloadOf ?? null;
    await thief.here.submitView({ code });
    expect(slack.textOf(thief.here.view)).toContain('klopt niet (meer)');
    expect((await ownerOf('playground', victim.there.id)).id).toBe(victim.there.id);
    await thief.here.closeView({ all: true });
    await victim.here.closeView({ all: true });
  });

  it('is stopped when either account is deactivated meanwhile, or the town changes its mind', async () => {
    const { here, there } = await somebody('Vic Vertrokken');
    const form = sure(await there.command('/signaal koppel'));
    const code = sure((await codesHere(here))[0]);
    await slack.userChange(here.id, { deleted: true });
    expect((await there.submit(form, { code }))?.alert).toContain('bestaat niet meer');
    expect((await ownerOf('playground', there.id)).id).toBe(there.id);
    await slack.userChange(here.id, { deleted: false });
  });

  it('learns nothing of other people’s addresses: none is ever typed', async () => {
    const before = await requests();
    // An address outside the town's domains, none at all, and one that nobody else has.
    const outside = slack.addUser({ realName: 'Buiten Domein', email: 'x@sub.voorbeeld.example' });
    await outside.command('/signaal', 'koppel');
    expect(lastTo(outside)).toContain('@voorbeeld.example');
    await inPlayground('Iemand met dat adres', 'x@sub.voorbeeld.example');
    await outside.command('/signaal', 'koppel');
    expect(lastTo(outside)).toContain('alleen met een werkadres');
    const without = await inPlayground('Zonder Adres', null);
    await without.command('/signaal koppel');
    expect((await without.read('direct')).at(-1)?.text).toContain('geen bevestigd e-mailadres');
    const alone = slack.addUser({ realName: 'Alleen Hier' });
    await alone.command('/signaal', 'koppel');
    expect(lastTo(alone)).toContain(slack.world.user(alone.id).email);
    expect(await requests()).toBe(before);
  });

  it('finds no code in the database', async () => {
    const { here, there } = await somebody('Dana Bank');
    await here.command('/signaal', 'koppel');
    const code = sure((await codesThere(there))[0]);
    for (const table of ['LinkRequest', 'Delivery', 'AccountLink', 'HandledRequest'] as const) {
      const rows = await db.$queryRawUnsafe<{ row: string }[]>(`SELECT to_jsonb(t)::text AS row FROM "${table}" t`);
      const text = rows.map(({ row }) => row).join();
      expect([table, text.includes(code), text.includes(`${code.slice(0, 4)} ${code.slice(4)}`)]).toEqual([
        table,
        false,
        false,
      ]);
    }
    await here.closeView();
  });

  it('cannot join two people of the municipality file: that is for the file to say', async () => {
    const { email } = slack.world.user(SEED.regisseur);
    await regisseur.command('/signaal', 'help');
    await expect.poll(() => db.account.count({ where: { municipalityId, platform: 'slack', email } })).toBe(1);
    const administrator = await ownerOf('slack', SEED.administrator);
    await db.account.updateMany({
      where: { municipalityId, personId: administrator.id, platform: 'playground' },
      data: { email },
    });
    await regisseur.command('/signaal', 'koppel');
    expect(lastTo(regisseur)).toContain('bij twee verschillende namen');
  });
});

describe('two who ask at the same time', () => {
  it('get one code, from one double click', async () => {
    const { here, there } = await somebody('Dubbel Klik');
    await Promise.allSettled([here.command('/signaal', 'koppel'), here.command('/signaal', 'koppel')]);
    expect(await codesThere(there)).toHaveLength(1);
    await here.closeView({ all: true });
  });

  it('become one person once, when each side asks the other', async () => {
    const { here, there } = await somebody('Kris Kruis');
    await here.command('/signaal', 'koppel');
    const form = sure(await there.command('/signaal koppel'));
    const [mine, theirs] = [sure((await codesThere(there))[0]), sure((await codesHere(here))[0])];
    expect(mine).not.toBe(theirs);
    await Promise.all([here.submitView({ code: mine }), there.submit(form, { code: theirs }).catch(() => undefined)]);
    const person = await ownerOf('slack', here.id);
    expect((await ownerOf('playground', there.id)).id).toBe(person.id);
    expect(await db.accountLink.count({ where: { municipalityId, personId: person.id } })).toBe(1);
    expect(await db.linkRequest.count({ where: { municipalityId, personId: person.id } })).toBe(0);
    await here.closeView({ all: true });
  });
});

describe('a town without domains for linking', () => {
  it('says that it is off, and who can switch it on', async () => {
    await db.$executeRaw`UPDATE "Municipality" SET settings = jsonb_set(settings, '{linking,domains}', '[]')`;
    const { here } = await somebody('Uit Gezet');
    await expect
      .poll(
        async () => {
          await here.command('/signaal', 'koppel');
          await here.closeView({ all: true }).catch(() => undefined);
          return lastTo(here);
        },
        { timeout: 90_000, interval: 1_000 },
      )
      .toContain('niet aangezet');
  });
});
