import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingMessage, PlatformName } from '../../src/chat/platform.js';
import { openTestDatabase } from '../support/open-test-database.js';
import type { Actor, Driver, Where } from './contract-driver.js';
import { describeForms, type Stage } from './contract-forms.js';
import { openContractTown, type ContractTown } from './contract-town.js';
import { MARKUP } from './echo-feature.js';

/** What every chat platform keeps to, whatever it looks like. */
export function describePlatform(
  name: PlatformName,
  createDriver: (town: ContractTown) => Promise<Driver>,
  addressOf?: Parameters<typeof openContractTown>[2],
): void {
  describe(`${name} keeps what every platform promises`, async () => {
    const database = await openTestDatabase();
    let town: ContractTown;
    let driver: Driver;
    let worker: Actor;

    beforeAll(async () => {
      town = await openContractTown(database, name, addressOf);
      driver = await createDriver(town);
      town.connect(driver.platform);
      worker = driver.as('worker');
    });
    afterAll(async () => {
      await driver.stop();
      await town.stop();
    });

    const last = async (actor: Actor, where: Where = 'direct') => {
      await town.settle();
      const message = (await actor.read(where)).at(-1);
      if (!message) throw new Error('Nothing to read.');
      return message;
    };
    const stage: Stage = {
      get town() {
        return town;
      },
      get driver() {
        return driver;
      },
      get worker() {
        return worker;
      },
      last,
    };
    const cardNamed = async (actor: Actor, key: string, where: Where = 'direct') => {
      await town.settle();
      return (await actor.read(where)).filter((message) => message.text.startsWith(`Kaart ${key}\n`));
    };
    const freshCard = async (actor: Actor, key: string) => {
      await actor.command(`/echo kaart ${key}`);
      const [card] = await cardNamed(actor, key);
      if (!card) throw new Error('The card did not arrive.');
      return card;
    };

    describe('commands', () => {
      it('answers a command, to the one who typed it alone', async () => {
        await worker.command('/echo hallo', 'direct');
        expect(await last(worker)).toMatchObject({ text: 'Alleen voor jou: hallo', onlyForYou: true });
      });

      it('keeps an answer in a channel from the others there', async () => {
        const owner = driver.as('owner');
        await owner.command('/echo geheim', 'channel');
        const answer = await last(owner, driver.answersApart ? 'direct' : 'channel');
        expect(answer.text).toBe('Alleen voor jou: geheim');
        const coordinator = driver.as('coordinator');
        expect((await coordinator.read('channel')).map(({ text }) => text).join()).not.toContain(
          'Alleen voor jou: geheim',
        );
      });

      it('shows an answer for everyone to everyone there', async () => {
        await driver.as('owner').command('/echo iedereen dag allemaal', 'channel');
        expect(await last(driver.as('coordinator'), 'channel')).toMatchObject({
          text: 'dag allemaal',
          onlyForYou: false,
        });
      });

      it('answers a command nobody knows', async () => {
        await worker.command('/echoo wat');
        expect((await last(worker)).text).toContain('/signaal help');
      });

      it('says that it went wrong, with a number and nothing of the machine room', async () => {
        await worker.command('/echo stuk');
        const { text } = await last(worker);
        expect(text).toMatch(/Er ging iets mis aan onze kant\. Er is niets verloren.*[0-9a-f-]{36}/);
        expect(text).not.toContain('machine room');
      });
    });

    describe('messages', () => {
      it('shows every part of a card', async () => {
        const card = await freshCard(worker, 'delen');
        for (const words of [
          'Regel één\nRegel twee',
          'Gedrukt',
          'Wijk',
          'Een klein beeld',
          'Kleur',
          'Naar de pagina',
        ]) {
          expect(card.text).toContain(words);
        }
        expect(card.buttons).toEqual(['Tel', 'Formulier', 'Gevaarlijk', 'Fluister', 'Tel ook']);
        expect(card.edited).toBe(false);
      });

      it('shows what people type as they typed it', async () => {
        expect((await freshCard(worker, 'opmaak')).text.split(MARKUP)).toHaveLength(3);
        await worker.command(`/echo ${MARKUP}`);
        expect((await last(worker)).text).toBe(`Alleen voor jou: ${MARKUP}`);
      });

      it('brings a long text whole', async () => {
        const long = Array.from({ length: 500 }, (_, index) => `zin ${index}`).join('. ');
        await worker.command(`/echo ${long}`);
        expect((await last(worker)).text.replaceAll('\n', '')).toBe(`Alleen voor jou: ${long}`);
      });

      it('edits a card in place when something changed', async () => {
        const card = await freshCard(worker, 'tellen');
        await worker.press(card, 'Tel');
        const after = await cardNamed(worker, 'tellen');
        expect(after).toHaveLength(1);
        expect(after[0]).toMatchObject({ id: card.id, edited: true });
        expect(after[0]?.text).toContain('Gedrukt\n1');
      });

      it('says nothing of an edit that changes nothing', async () => {
        const card = await freshCard(worker, 'gelijk');
        const delivery = await town.db.delivery.findFirstOrThrow({
          where: { municipalityId: town.municipality.id, key: 'card:gelijk' },
        });
        const { card: content } = await storedCard('gelijk');
        await driver.platform.update(
          { conversationId: delivery.conversationId ?? '', messageId: delivery.messageId ?? '' },
          outgoing(delivery.id, content),
        );
        expect(await cardNamed(worker, 'gelijk')).toEqual([card]);
      });

      it('shows one message when the same delivery is sent twice, even at once', async () => {
        const message = outgoing(randomUUID(), {
          summary: 'Kaart dubbel',
          parts: [{ kind: 'text', text: 'Kaart dubbel\nmaar één keer' }],
        });
        const results = await Promise.all([driver.platform.send(message), driver.platform.send(message)]);
        const again = await driver.platform.find(message);
        // A platform that cannot tell says so; then delivery does not repeat what may have arrived.
        if (again !== undefined && again !== 'unknowable') {
          expect(results[0]).toEqual(results[1]);
          expect(results[0]).toMatchObject({ ok: true, ref: again });
          expect(await cardNamed(worker, 'dubbel')).toHaveLength(1);
        }
      });

      it('knows that a delivery has not been sent', async () => {
        const found = await driver.platform.find(outgoing(randomUUID(), { summary: '-', parts: [] }));
        expect(found === undefined || found === 'unknowable' || found === 'not-found').toBe(true);
      });

      it('refuses an address that does not exist, with a reason for the administrator', async () => {
        const message = outgoing(randomUUID(), { summary: '-', parts: [{ kind: 'text', text: '-' }] });
        const result = await driver.platform.send({ ...message, to: { kind: 'person', externalId: 'nobody' } });
        expect(result).toMatchObject({ ok: false, kind: 'rejected' });
      });
    });

    describe('buttons', () => {
      it('presses what stands in the overflow menu', async () => {
        await worker.press(await freshCard(worker, 'menu'), 'Fluister');
        expect(await last(worker)).toMatchObject({ text: 'Gefluisterd.', onlyForYou: true });
      });

      it('hands over what was chosen', async () => {
        await worker.choose(await freshCard(worker, 'keuze'), 'Kleur', 'Groen');
        expect((await last(worker)).text).toBe('Gekozen: groen');
      });

      it('opens a form from a button', async () => {
        const form = await worker.press(await freshCard(worker, 'knop'), 'Formulier');
        expect(form?.title).toBe('Alles invullen');
      });

      it('shows buttons meant for some to nobody else, where the platform can', async () => {
        await worker.command('/echo kanaal voorbehouden');
        const [forOwner] = await cardNamed(driver.as('owner'), 'voorbehouden', 'channel');
        const [forOther] = await cardNamed(driver.as('coordinator'), 'voorbehouden', 'channel');
        expect(forOwner?.buttons).toContain('Tel');
        expect(forOther?.buttons.includes('Tel')).toBe(!driver.showsButtonsByViewer);
      });
    });

    describe('threads', () => {
      it('brings an answer in a thread to who handles it, and the bot’s word back into that thread', async () => {
        const where = driver.threadsIn ?? 'direct';
        const actor = where === 'direct' ? worker : driver.as('owner');
        await actor.command(where === 'direct' ? '/echo kaart draad' : '/echo kanaal draad');
        const card = (await cardNamed(actor, 'draad', where))[0];
        if (!card) throw new Error('The card did not arrive.');
        await actor.reply(card, MARKUP);
        await town.settle();
        expect(town.echo.replies.at(-1)).toBe(MARKUP);
        const texts = (await actor.read({ thread: card })).map(({ text }) => text);
        expect(texts).toContain(MARKUP);
        expect(texts.at(-1)).toBe(`Ontvangen: ${MARKUP}`);
        expect((await actor.read(where)).map(({ text }) => text)).not.toContain(`Ontvangen: ${MARKUP}`);
      });

      it('says so where an answer goes nowhere', async () => {
        await worker.command('/echo iedereen hier luistert niemand');
        const message = await last(worker);
        await worker.reply(message, 'hallo?');
        const all = [...(await worker.read('direct')), ...(await worker.read({ thread: message }))];
        expect(all.map(({ text }) => text).join()).toContain('Op dit bericht kan je niet antwoorden');
      });
    });

    describeForms(stage);

    it('speaks the language the person chose', async () => {
      const colleague = driver.as('colleague');
      await colleague.switchLanguage('en');
      await colleague.command('/echo hello');
      expect((await last(colleague)).text).toBe('Just for you: hello');
      expect((await colleague.command('/echo formulier'))?.title).toBe('Fill in everything');
      await colleague.switchLanguage('nl');
      await colleague.command('/echo dag');
      expect((await last(colleague)).text).toBe('Alleen voor jou: dag');
    });

    function outgoing(deliveryId: string, card: OutgoingMessage['card']): OutgoingMessage {
      const to = { kind: 'person' as const, externalId: town.people.worker.externalId };
      return { municipalityId: town.municipality.id, deliveryId, to, card, locale: 'nl' };
    }

    async function storedCard(key: string) {
      const view = town.echo.feature.messages?.find(({ id }) => id === 'echo.card');
      const context = { db: town.db, now: town.now(), municipality: town.municipality, locale: 'nl' as const };
      const means = { url: (path: string) => path, oneTimeCode: () => '' };
      const card = await view?.render({ ...context, ...means }, { key, text: MARKUP });
      if (!card) throw new Error('No card.');
      return { card };
    }
  });
}
