import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.js';
import { platformChecks } from '../../../src/platforms/platform-checks.js';
import { SEED } from '../../fakes/slack/fake-slack.js';
import type { FakeUser } from '../../fakes/slack/fake-user.js';
import { methodsCalled } from '../../fakes/slack/methods-called.js';
import { openSlackTown, sure } from './slack-town.js';
import { TROUBLE, type Trouble } from './trouble.js';

const town = await openSlackTown();
const { slack, app, db, municipalityId, worker, regisseur } = town;

afterEach(() => slack.failures.clear());

/** What became of something a person did: the statuses Slack was answered with, and how it looks to the person. */
interface Outcome {
  statuses: number[];
  /** Done all the same, or they were told why not. */
  well: boolean | (() => Promise<boolean>);
  /** Once Slack works again. */
  afterwards?: () => Promise<void>;
}

interface Act {
  /** Does it while the method fails. */
  run(trouble: Trouble): Promise<Outcome>;
  /** How Slack is answered when it will not do it at all, and when it cannot now: an event it then sends again. */
  answers: { never: number; now: number };
}

const HERE = { never: 200, now: 200 };
const EVENT = { never: 200, now: 500 };

let newcomers = 0;
/** Somebody the bot never saw. */
const newcomer = () => {
  const user = slack.addUser({ realName: `Nieuw ${(newcomers += 1)}` });
  slack.world.channel(SEED.generalChannel).members.add(user.id);
  return user;
};
const readBy = (user: FakeUser) => slack.ephemerals(user.id).map((each) => slack.textOf(each));
const lastTo = (user: FakeUser) => readBy(user).at(-1) ?? '';
const closeAll = (user: FakeUser) => (slack.openView(user.id) ? user.closeView({ all: true }) : Promise.resolve());
const filed = async () => {
  const signal = await town.file();
  await worker.closeView({ all: true });
  return { ...signal, card: await town.card(signal) };
};
const shared = await filed();
const planner = await db.account.findFirstOrThrow({ where: { municipalityId, externalId: SEED.coordinator } });
const now = new Date();
await db.forum.create({
  data: {
    municipalityId,
    title: 'Wonen',
    startsAt: new Date(now.getTime() + 30 * 86_400_000),
    minutes: 120,
    place: 'Stadhuis',
    plannedById: planner.personId,
    createdAt: now,
    scheduledAt: now,
  },
});

/** What a person does that makes the product call the method, while they or Slack wait for the answer. */
const ACTS: Record<string, Act> = {
  'views.open': {
    answers: HERE,
    async run(trouble) {
      const user = newcomer();
      slack.fail('views.open', trouble.failure);
      const { status } = await user.command('/signaal', 'De inkom is te smal');
      const kept = lastTo(user).includes('De inkom is te smal') || trouble.storesFirst === true;
      return {
        statuses: [status],
        well: kept && lastTo(user) !== '',
        async afterwards() {
          await closeAll(user);
          await user.command('/signaal');
          expect(slack.textOf(user.view)).toContain('Wat zie je?');
        },
      };
    },
  },

  'views.push': {
    answers: HERE,
    async run(trouble) {
      // A card in a window, from the home tab, where no conversation is; its buttons open a form on top.
      await worker.openHome();
      await worker.press(sure(slack.home(worker.id)), { label: 'Antwoord en stem' });
      const card = worker.view;
      slack.fail('views.push', trouble.failure);
      const { status } = await worker.press(card, { label: 'Stel iets voor' });
      return {
        statuses: [status],
        // What they looked at still stands there.
        well: slack.openViews(worker.id).includes(card),
        async afterwards() {
          if (worker.view === card) await worker.press(card, { label: 'Stel iets voor' });
          expect(slack.openViews(worker.id)).toHaveLength(2);
          expect(worker.view.wire.submit).not.toBeNull();
          await worker.closeView();
          expect(worker.view).toBe(card);
          await worker.closeView();
        },
      };
    },
  },

  'views.update': {
    answers: HERE,
    async run(trouble) {
      const user = newcomer();
      await user.command('/signaal');
      await user.fill({ title: 'Half getypt' });
      slack.fail('views.update', trouble.failure);
      const { status } = await user.press(user.view, 'form.more');
      const typed = user.view.values['title'];
      return {
        statuses: [status],
        // The form still stands there, with what was typed.
        well: JSON.stringify(typed).includes('Half getypt'),
        async afterwards() {
          if (!JSON.stringify(user.view.wire).includes('"frequency"')) await user.press(user.view, 'form.more');
          expect(JSON.stringify(user.view.wire)).toContain('"frequency"');
          expect(JSON.stringify(user.view.values['title'])).toContain('Half getypt');
        },
      };
    },
  },

  'views.publish': {
    answers: EVENT,
    async run(trouble) {
      const user = newcomer();
      slack.fail('views.publish', trouble.failure);
      const delivery = sure(await user.openHome('home', { unchecked: true }));
      return {
        statuses: delivery.answers.map(({ status }) => status),
        well: true,
        async afterwards() {
          if (!slack.home(user.id)) await delivery.retry(1);
          if (!slack.home(user.id)) await user.openHome();
          expect(slack.textOf(sure(slack.home(user.id)))).toContain('Mijn signalen');
        },
      };
    },
  },

  'users.info': {
    answers: HERE,
    async run(trouble) {
      const user = newcomer();
      slack.fail('users.info', trouble.failure);
      const { status } = await user.command('/signaal', 'help');
      const stranger = trouble.name === 'user_not_found';
      return {
        statuses: [status],
        well: lastTo(user).includes(stranger ? 'voor mensen van deze werkruimte' : '/signaal status'),
        async afterwards() {
          await user.command('/signaal', 'help');
          expect(lastTo(user)).toContain('/signaal status');
        },
      };
    },
  },

  'chat.getPermalink': {
    answers: HERE,
    async run(trouble) {
      const { message } = await worker.message(SEED.generalChannel, 'De lift is stuk.');
      slack.fail('chat.getPermalink', trouble.failure);
      const { status } = await worker.messageShortcut('wijksignaal.file_message', message);
      const well = JSON.stringify(worker.view.values['description']).includes('De lift is stuk.');
      await worker.closeView({ all: true });
      return { statuses: [status], well };
    },
  },

  'conversations.replies': {
    answers: HERE,
    async run(trouble) {
      const { message } = await worker.message(SEED.generalChannel, 'De poort klemt.');
      await worker.react(message, 'loudspeaker');
      const offer = sure(slack.ephemerals(worker.id).at(-1));
      slack.fail('conversations.replies', trouble.failure);
      const { status } = await worker.press(offer, { label: 'Maak er een signaal van' });
      return {
        statuses: [status],
        well: lastTo(worker).includes('kan ik niet (meer) lezen'),
        async afterwards() {
          await worker.press(offer, { label: 'Maak er een signaal van' });
          expect(JSON.stringify(worker.view.values['description'])).toContain('De poort klemt.');
          await worker.closeView({ all: true });
        },
      };
    },
  },

  'chat.postEphemeral': {
    answers: EVENT,
    async run(trouble) {
      const user = newcomer();
      const { message } = await user.message(SEED.generalChannel, 'De lift is stuk.');
      slack.fail('chat.postEphemeral', trouble.failure);
      const delivery = sure(await user.react(message, 'loudspeaker', { unchecked: true }));
      return {
        statuses: delivery.answers.map(({ status }) => status),
        well: true,
        async afterwards() {
          if (trouble.passes) await delivery.retry(1);
          expect(readBy(user).length > 0).toBe(trouble.passes);
        },
      };
    },
  },

  'chat.postEphemeral, about a note': {
    answers: HERE,
    async run(trouble) {
      const before = await notes();
      slack.fail('chat.postEphemeral', trouble.failure);
      const text = `Bespreken: ${trouble.name}`;
      const { deliveries } = await regisseur.message(shared.card.channel, text, {
        thread: shared.card,
        unchecked: true,
      });
      await sure(deliveries[0]).retry(1);
      return {
        statuses: deliveries.flatMap(({ answers }) => answers.map(({ status }) => status)),
        well: (await notes()) === before + 1,
      };
    },
  },

  'chat.postMessage, under a mention': {
    answers: HERE,
    async run(trouble) {
      slack.fail('chat.postMessage', trouble.failure, { channel: SEED.generalChannel });
      const said = await worker.message(SEED.generalChannel, `<@${SEED.botUser}> help`, { unchecked: true });
      return {
        statuses: said.deliveries.flatMap(({ answers }) => answers.map(({ status }) => status)),
        well: true,
        async afterwards() {
          const again = await worker.message(SEED.generalChannel, `<@${SEED.botUser}> help`);
          expect(slack.messages(SEED.generalChannel, { thread: again.message.ts })).toHaveLength(1);
        },
      };
    },
  },

  'chat.unfurl': {
    answers: EVENT,
    async run(trouble) {
      slack.fail('chat.unfurl', trouble.failure);
      const typed = await worker.typeLinks([`${app.url}/signalen/${shared.reference}`], { unchecked: true });
      const delivery = sure(typed);
      return {
        statuses: delivery.answers.map(({ status }) => status),
        well: true,
        async afterwards() {
          if (trouble.passes) await delivery.retry(1);
          expect(slack.callsOf('chat.unfurl').at(-1)).toMatchObject({ ok: trouble.passes });
        },
      };
    },
  },

  response_url: {
    answers: HERE,
    async run(trouble) {
      const user = newcomer();
      await user.command('/signaal', 'help');
      const help = sure(slack.ephemerals(user.id).at(-1));
      const before = readBy(user);
      slack.fail('response_url', trouble.failure);
      const { status } = await user.press(help, { label: 'Toon deze tips niet meer' });
      return {
        statuses: [status],
        // An answer, or the word that it went wrong: that comes after the press.
        async well() {
          await expect.poll(() => readBy(user)).not.toEqual(before);
          return true;
        },
      };
    },
  },
};

const notes = () => db.timelineEntry.count({ where: { municipalityId, signalId: shared.id, kind: 'note' } });

describe.each(Object.keys(ACTS))('trouble with %s', (name) => {
  it.each(TROUBLE.map((trouble) => [trouble.name, trouble] as const))(
    'breaks nothing, loses nothing, and is said where it can be: %s',
    async (_name, trouble) => {
      const { run, answers } = sure(ACTS[name]);
      const { statuses, well, afterwards } = await run(trouble);
      expect(statuses.length).toBeGreaterThan(0);
      expect([...new Set(statuses)]).toEqual([trouble.passes ? answers.now : answers.never]);
      expect(typeof well === 'function' ? await well() : well).toBe(true);
      slack.failures.clear();
      await afterwards?.();
      expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    },
  );
});

describe.each([
  ['auth.test', {}],
  ['conversations.info', {}],
  ['apps.connections.open', { SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: slack.app.appToken }],
] as [string, NodeJS.ProcessEnv][])('trouble with %s', (method, environment) => {
  it.each(TROUBLE.map((trouble) => [trouble.name, trouble] as const))(
    'is what the doctor says, with something to do about it: %s',
    async (_name, { failure }) => {
      const config = loadConfig({
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.app.signingSecret,
        ...environment,
      });
      const checks = await platformChecks(config, db, () => new Date());
      slack.fail(method, failure);
      const findings = (await Promise.all(checks.map((check) => check('nl')))).flat();
      const wrong = findings.filter(({ status }) => status === 'wrong');
      expect(wrong).toHaveLength(1);
      expect(wrong[0]).toMatchObject({
        says: expect.stringMatching(/\S/) as string,
        todo: expect.stringMatching(/\S/),
      });
    },
  );
});

/** Where each of the others is met with trouble. */
const ELSEWHERE: Record<string, string> = {
  'auth.revoke': 'install.db.test.ts',
  'chat.postMessage': 'trouble-owed.db.test.ts',
  'chat.update': 'trouble-owed.db.test.ts',
  'conversations.history': 'trouble-owed.db.test.ts',
  'conversations.open': 'trouble-owed.db.test.ts',
  'oauth.v2.access': 'install.db.test.ts',
};

it('is met for every method that the product calls', () => {
  const here = [...Object.keys(ACTS), 'auth.test', 'conversations.info', 'apps.connections.open'];
  expect(methodsCalled().filter((name) => !here.includes(name) && !(name in ELSEWHERE))).toEqual([]);
  for (const [method, file] of Object.entries(ELSEWHERE)) {
    expect(readFileSync(`test/platforms/slack/${file}`, 'utf8')).toContain(`'${method}'`);
  }
});
