import { describe, expect, it } from 'vitest';
import type { FormValues } from '../../src/chat/form.js';
import type { Actor, Driver, SeenForm, SeenMessage, Where } from './contract-driver.js';
import type { ContractTown } from './contract-town.js';
import { MARKUP } from './echo-feature.js';

/** What the themes of the contract share; it is there once the tests run. */
export interface Stage {
  readonly town: ContractTown;
  readonly driver: Driver;
  readonly worker: Actor;
  last(actor: Actor, where?: Where): Promise<SeenMessage>;
}

const FILLED: FormValues = { title: 'De lift', towns: ['t-1'], agreed: true };

async function openForm(stage: Stage, start = ''): Promise<SeenForm> {
  const form = await stage.worker.command(`/echo formulier ${start}`);
  if (!form) throw new Error('No form opened.');
  return form;
}

const field = (form: SeenForm | undefined, id: string) => form?.fields.find((one) => one.id === id);

/** What every platform's forms keep to. */
export function describeForms(stage: Stage): void {
  describe('forms', () => {
    it('shows every field, what it starts with, and what is folded away', async () => {
      const form = await openForm(stage, 'dit zag ik');
      expect(form.fields.map(({ id, label }) => [id, label])).toEqual([
        ['title', 'Titel'],
        ['story', 'Wat zie je?'],
        ['towns', 'Wijken'],
        ['kind', 'Soort'],
        ['many', 'Wat nog'],
        ['town', 'Thuiswijk'],
        ['day', 'Sinds'],
        ['note', 'Korte nota'],
        ['agreed', 'Afspraak'],
      ]);
      expect(field(form, 'story')?.value).toBe('dit zag ik');
      expect(field(form, 'many')).toMatchObject({ value: ['y'], hidden: true });
      expect(field(form, 'town')?.value).toBe('t-3');
      expect(field(form, 'title')?.hidden).toBe(false);
    });

    it('puts errors at their fields and keeps what was typed, whatever was typed', async () => {
      const form = await openForm(stage);
      const story = `  ${MARKUP}\n\nnieuwe alinea `;
      const back = await stage.worker.submit(form, {
        story,
        kind: 'b',
        many: ['x', 'z'],
        towns: ['t-2'],
        day: '2026-03-01',
      });
      expect(field(back, 'title')?.error).toBe('Vul dit in.');
      expect(field(back, 'agreed')?.error).toBe('Vink dit aan om verder te gaan.');
      expect(field(back, 'story')).toMatchObject({ value: story, error: undefined });
      expect(field(back, 'kind')?.value).toBe('b');
      expect(field(back, 'many')?.value).toEqual(['x', 'z']);
      expect(field(back, 'towns')?.value).toEqual(['t-2']);
      expect(field(back, 'day')?.value).toBe('2026-03-01');
      expect(stage.town.echo.submissions.size).toBe(0);
    });

    it('unfolds the details when an error stands in them', async () => {
      const back = await stage.worker.submit(await openForm(stage), {
        ...FILLED,
        note: 'veel te lang voor dit kleine veld',
      });
      expect(field(back, 'note')?.error).toContain('te lang');
      expect(field(back, 'note')?.hidden).toBe(false);
    });

    it('says how long a text may be, without cutting it off', async () => {
      const long = 'x'.repeat(20_000);
      const back = await stage.worker.submit(await openForm(stage), { ...FILLED, story: long });
      expect(field(back, 'story')?.error).toContain('20000 tekens');
      expect(field(back, 'story')?.value).toBe(long);
    });

    it('shows what the capability itself finds wrong, and takes the form once it is right', async () => {
      const form = await openForm(stage);
      const back = await stage.worker.submit(form, { ...FILLED, title: 'fout', story: 'bleef staan' });
      expect(field(back, 'title')?.error).toBe('Dit woord mag niet.');
      expect(await stage.worker.submit(back ?? form, { title: 'goed' })).toBeUndefined();
      expect(await stage.last(stage.worker)).toMatchObject({ text: 'Bewaard: goed\nbleef staan', onlyForYou: true });
    });

    it('says why a form cannot be sent any more', async () => {
      const back = await stage.worker.submit(await openForm(stage), { ...FILLED, title: 'weg' });
      expect(back?.alert).toBe('Iemand anders was je voor.');
    });

    it('asks to confirm a warning, and goes on when it is confirmed', async () => {
      const form = await openForm(stage);
      const back = await stage.worker.submit(form, { ...FILLED, title: 'Bij Jan' });
      expect(back?.notes).toEqual(['Staat hier een naam van iemand?']);
      expect(field(back, 'title')?.value).toBe('Bij Jan');
      expect(await stage.worker.submit(back ?? form, { sure: true })).toBeUndefined();
      expect((await stage.last(stage.worker)).text).toBe('Bewaard: Bij Jan\n');
    });

    it('hands over every kind of value as it was given', async () => {
      const before = stage.town.echo.submissions.size;
      const values = {
        title: 'Alles',
        story: 'a\nb',
        kind: 'a',
        many: ['y', 'z'],
        town: 't-1',
        towns: ['t-1', 't-4'],
        day: '2026-02-28',
        agreed: true,
        note: 'n',
      };
      expect(await stage.worker.submit(await openForm(stage), values)).toBeUndefined();
      expect(stage.town.echo.submissions.size).toBe(before + 1);
      expect([...stage.town.echo.submissions.values()].at(-1)).toMatchObject(values);
    });

    it('does a form that is sent twice once', async () => {
      const before = stage.town.echo.submissions.size;
      const form = await openForm(stage);
      await Promise.all([stage.worker.submit(form, FILLED), stage.worker.submit(form, FILLED)]);
      expect(stage.town.echo.submissions.size).toBe(before + 1);
    });

    it('suggests while typing', async () => {
      const form = await openForm(stage);
      expect(await stage.worker.search(form, 'towns', 'rabot')).toEqual([
        { value: 't-1', label: 'Rabot - Blaisantvest' },
        { value: 't-2', label: 'Rabotstraat & <omgeving>' },
      ]);
      expect(await stage.worker.search(form, 'towns', 'zzz')).toEqual([]);
    });

    it('does nothing with somebody else’s form', async () => {
      const before = stage.town.echo.submissions.size;
      const form = await openForm(stage);
      const back = await stage.driver.as('colleague').submit(form, FILLED);
      expect(back?.alert).toContain('Dit formulier klopt niet (meer)');
      expect(stage.town.echo.submissions.size).toBe(before);
    });
  });
}
