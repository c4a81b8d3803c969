import { afterAll, describe, expect, it } from 'vitest';
import { findTransition } from '../../src/signals/transitions.js';
import { SignalStatus } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, STEP_VALUES, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

const entriesOf = (signalId: string) =>
  db.timelineEntry.findMany({ where: { municipalityId, signalId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
const noticesOf = async (signalId: string) =>
  (await db.delivery.findMany({ where: { municipalityId, view: 'signals.notice' } })).filter(
    ({ params }) => (params as { signalId: string }).signalId === signalId,
  );
/** A signal set to this status, as if it had come there. */
const signalAt = async (status: SignalStatus) => {
  const { id } = await town.file(people.worker);
  return db.signal.update({ where: { municipalityId_id: { municipalityId, id } }, data: { status } });
};

describe('the regisseur’s steps', () => {
  it('are those of the table and no other, for every pair of statuses; each allowed one is recorded and told once', async () => {
    const other = await town.file(people.colleague);
    for (const from of Object.values(SignalStatus)) {
      const untouched = await signalAt(from);
      for (const to of Object.values(SignalStatus)) {
        const transition = findTransition(from, to);
        const who = transition?.by === 'filer alone on it' ? people.worker : people.regisseur;
        const signal = transition ? await signalAt(from) : untouched;
        const result = await town.step(who, signal.id, to, { ...STEP_VALUES, reference: other.reference });
        const after = await town.signal(signal.id);
        const step = `${from} > ${to}`;
        if (transition) {
          expect(after.status, step).toBe(to);
          expect(after.version, step).toBe(signal.version + 1);
          const entries = await entriesOf(signal.id);
          expect(entries.at(-1), step).toMatchObject({ fromStatus: from, toStatus: to, personId: who.id });
          const told = (await noticesOf(signal.id)).map(({ personId }) => personId);
          // Who withdrew saw it happen.
          expect(told, step).toEqual(who === people.worker ? [] : [people.worker.id]);
        } else {
          expect(after, step).toEqual(signal);
          expect(await entriesOf(signal.id), step).toHaveLength(1);
          expect(wordsOf(result), step).toMatch(/kan niet vanuit|Alleen wie/);
        }
      }
    }
  });

  it.each(['needs_info', 'declined', 'redirected', 'merged'] as const)(
    'to %s ask for words at their field and write nothing without them',
    async (to) => {
      const signal = await signalAt('in_review');
      const result = await town.step(people.regisseur, signal.id, to, {});
      expect(result).toMatchObject({ kind: 'again' });
      expect(await town.signal(signal.id)).toEqual(signal);
    },
  );

  it('refuse a day gone by and client data in their words, at the field', async () => {
    const signal = await signalAt('accepted');
    const past = await town.step(people.regisseur, signal.id, 'on_agenda', { ...STEP_VALUES, on: '2026-03-09' });
    expect(past).toMatchObject({ kind: 'again', errors: { on: expect.stringContaining('voorbij') as string } });
    const data = await town.step(people.regisseur, signal.id, 'closed', { text: 'Bel 0470 12 34 56 voor de uitleg.' });
    expect(data).toMatchObject({
      kind: 'again',
      errors: { text: expect.stringContaining('telefoonnummer') as string },
    });
    expect(await town.signal(signal.id)).toEqual(signal);
  });

  it.each(['otherRegisseur', 'worker', 'colleague', 'administrator'] as const)(
    'are refused kindly to the %s, naming who follows the signal',
    async (who) => {
      const signal = await town.file(people.worker);
      for (const to of ['in_review', 'needs_info'] as const) {
        expect(wordsOf(await town.step(people[who], signal.id, to))).toContain('Regisseur Een');
      }
      for (const action of ['signals.note', 'signals.feedback', 'signals.correct-text', 'signals.correct-status']) {
        expect(wordsOf(await town.act(people[who], action, signal.id))).toContain('Regisseur Een');
      }
      expect(await entriesOf(signal.id)).toHaveLength(1);
    },
  );

  it('are also the coordinator’s, and the replacement’s during leave', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.coordinator, signal.id, 'in_review');
    expect((await town.signal(signal.id)).status).toBe('in_review');
    const day = new Date(TOWN_NOW.toISOString().slice(0, 10));
    const leave = await db.leave.create({
      data: {
        municipalityId,
        personId: people.regisseur.id,
        from: day,
        until: day,
        replacementId: people.otherRegisseur.id,
      },
    });
    await town.step(people.otherRegisseur, signal.id, 'accepted');
    expect((await town.signal(signal.id)).status).toBe('accepted');
    await db.leave.delete({ where: { municipalityId_id: { municipalityId, id: leave.id } } });
  });

  it('conflict without harm: of two at once one wins, and the other hears who was first', async () => {
    const signal = await signalAt('in_review');
    const [first, second] = await Promise.all([
      town.step(people.regisseur, signal.id, 'accepted', STEP_VALUES, signal.version),
      town.step(people.coordinator, signal.id, 'declined', STEP_VALUES, signal.version),
    ]);
    const after = await town.signal(signal.id);
    expect(['accepted', 'declined']).toContain(after.status);
    expect(after.version).toBe(signal.version + 1);
    expect(await entriesOf(signal.id)).toHaveLength(2);
    const loser = after.status === 'accepted' ? second : first;
    const winner = after.status === 'accepted' ? 'Regisseur Een' : 'Coördinator';
    expect(wordsOf(loser)).toContain(`Intussen heeft ${winner}`);
  });

  it('pressed on an old card are refused, saying what happened meanwhile', async () => {
    const signal = await signalAt('accepted');
    await town.step(people.regisseur, signal.id, 'on_agenda');
    const late = await town.step(people.coordinator, signal.id, 'in_action', STEP_VALUES, signal.version);
    expect(wordsOf(late)).toContain('op forum of werkgroep');
  });

  it('on a signal that is gone, or in another town, are answered in words and write nothing', async () => {
    const elsewhere = await openTown(database, 'X');
    const signal = await elsewhere.file(elsewhere.people.worker);
    for (const signalId of [signal.id, '01a202e9-b7ef-702c-92cd-ff9e4ef87bd6']) {
      const reply = await chat.press(caller(people.coordinator), 'signals.step', {
        signalId,
        seen: 1,
        to: 'in_review',
      });
      expect(wordsOf(reply)).toContain('bestaat niet');
    }
    expect((await elsewhere.signal(signal.id)).status).toBe('received');
    const nonsense = await chat.press(caller(people.regisseur), 'signals.step', { signalId: "'; DROP", seen: 'x' });
    expect(wordsOf(nonsense)).toContain('Deze knop werkt niet meer');
    expect(wordsOf(await chat.press(caller(people.regisseur), 'signals.nothing', null))).toContain(
      'Deze knop werkt niet meer',
    );
    await elsewhere.stop();
  });
});

describe('merging', () => {
  it('keeps telling every filer of both signals, and unmerging ends it', async () => {
    const kept = await town.file(people.colleague);
    const merged = await signalAt('in_review');
    await town.step(people.regisseur, merged.id, 'merged', { reference: kept.reference.toLowerCase() });
    await town.step(people.regisseur, kept.id, 'in_review');
    expect((await noticesOf(kept.id)).map(({ personId }) => personId).toSorted()).toEqual(
      [people.worker.id, people.colleague.id].toSorted(),
    );
    await town.step(people.regisseur, merged.id, 'in_review', { text: 'Het gaat toch over iets anders.' });
    await town.step(people.regisseur, kept.id, 'accepted');
    expect(await noticesOf(kept.id)).toHaveLength(3);
  });

  it.each([
    ['itself', 'zichzelf'],
    ['unknown', 'geen signaal'],
    ['ended', 'nog loopt'],
    ['of another town', 'andere gemeente'],
    ['merged elsewhere', 'Voeg samen met T-'],
  ])('with %s is refused at the field', async (which, words) => {
    const signal = await signalAt('in_review');
    const ended = await signalAt('closed');
    const elsewhere = await signalAt('in_review');
    await town.step(people.regisseur, elsewhere.id, 'merged', { reference: (await signalAt('in_review')).reference });
    const references: Record<string, string> = {
      itself: signal.reference,
      unknown: 'T-2026-9999',
      ended: ended.reference,
      'of another town': 'X-2026-0001',
      'merged elsewhere': elsewhere.reference,
    };
    const reference = references[which] ?? '';
    const result = await town.step(people.regisseur, signal.id, 'merged', { reference });
    expect(result.kind === 'again' && result.errors['reference']).toContain(words);
    expect((await town.signal(signal.id)).status).toBe('in_review');
  });

  it('in a circle is refused by name, also by way of a third', async () => {
    const [one, two, three] = [await signalAt('in_review'), await signalAt('in_review'), await signalAt('in_review')];
    await town.step(people.regisseur, three.id, 'merged', { reference: two.reference });
    await town.step(people.regisseur, two.id, 'merged', { reference: one.reference });
    for (const other of [two, three]) {
      const result = await town.step(people.regisseur, one.id, 'merged', { reference: other.reference });
      expect(result.kind === 'again' && result.errors['reference']).toContain(`Maak ${other.reference} eerst weer los`);
    }
  });

  it('says on the signal that goes on, and under its card, which one joined', async () => {
    const kept = await town.file(people.colleague);
    const merged = await signalAt('in_review');
    await town.step(people.regisseur, merged.id, 'merged', { reference: kept.reference });
    const entry = (await entriesOf(kept.id)).at(-1);
    expect(entry).toMatchObject({ kind: 'joined', data: { joined: merged.reference } });
    const thread = await db.delivery.count({ where: { municipalityId, key: `thread:${entry?.id}` } });
    expect(thread).toBe(1);
  });

  it('takes a filer’s later words along to the signal it goes on in, and says so', async () => {
    const kept = await town.file(people.colleague);
    const merged = await signalAt('in_review');
    await town.step(people.regisseur, merged.id, 'needs_info', { text: 'Over welke scholen gaat het?' });
    const [question] = await noticesOf(merged.id);
    const { entryId } = question?.params as { entryId: string };
    await town.step(people.regisseur, merged.id, 'merged', { reference: kept.reference });
    const reply = await chat.press(caller(people.worker), 'signals.answer', { signalId: merged.id, entryId });
    const token = reply.kind === 'form' ? reply.form.token : '';
    const done = wordsOf(await chat.submit(caller(people.worker), token, { text: 'Over de twee basisscholen.' }));
    expect(done).toContain(`${merged.reference} is samengevoegd met ${kept.reference}`);
    expect((await entriesOf(kept.id)).at(-1)).toMatchObject({ kind: 'answer', text: 'Over de twee basisscholen.' });
    expect((await town.signal(merged.id)).status).toBe('merged');
  });

  it('in a circle is impossible, also when both are tried at once', async () => {
    const [one, two] = [await signalAt('in_review'), await signalAt('in_review')];
    await Promise.all([
      town.step(people.regisseur, one.id, 'merged', { reference: two.reference }),
      town.step(people.coordinator, two.id, 'merged', { reference: one.reference }),
    ]);
    const statuses = [(await town.signal(one.id)).status, (await town.signal(two.id)).status];
    expect(statuses.toSorted()).toEqual(['in_review', 'merged']);
  });
});

describe('words between owner and filer', () => {
  it('go both ways: the answer takes the signal back into review and stands in the card’s thread', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.regisseur, signal.id, 'needs_info', { text: 'Over welke scholen gaat het?' });
    const [question] = await noticesOf(signal.id);
    const { entryId } = question?.params as { entryId: string };
    const reply = await chat.press(caller(people.worker), 'signals.answer', { signalId: signal.id, entryId });
    const token = reply.kind === 'form' ? reply.form.token : '';
    await chat.submit(caller(people.worker), token, { text: 'Over de twee basisscholen.' });
    expect(await town.signal(signal.id)).toMatchObject({ status: 'in_review' });
    expect((await entriesOf(signal.id)).map(({ kind, text }) => [kind, text])).toEqual([
      ['filed', null],
      ['question', 'Over welke scholen gaat het?'],
      ['answer', 'Over de twee basisscholen.'],
    ]);
    const thread = await db.delivery.findMany({ where: { municipalityId, threadKey: `card:${signal.id}` } });
    expect(thread).toHaveLength(2);
    const forOthers = wordsOf(await chat.command(caller(people.colleague), 'signaal', `status ${signal.reference}`));
    expect(forOthers).toContain('meer info gevraagd');
    expect(forOthers).not.toContain('scholen');
  });

  it('can be answered by a filer only', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.regisseur, signal.id, 'needs_info');
    const [question] = await noticesOf(signal.id);
    const reply = await chat.press(caller(people.colleague), 'signals.answer', question?.params);
    expect(wordsOf(reply)).toContain('bestaat niet');
  });

  it('are shown as the one filer will read them, in the filer’s language, before they go out', async () => {
    const signal = await town.file(people.colleague);
    const locale = async (value: string | null) =>
      db.person.update({
        where: { municipalityId_id: { municipalityId, id: people.colleague.id } },
        data: { locale: value },
      });
    await locale('en');
    const payload = { signalId: signal.id, seen: signal.version };
    const reply = await chat.press(caller(people.regisseur), 'signals.feedback', payload);
    const token = reply.kind === 'form' ? reply.form.token : '';
    const preview = await chat.submit(caller(people.regisseur), token, { text: 'We bespreken dit.' });
    const note = preview.kind === 'again' && preview.form.view.parts.find((part) => part.kind === 'note');
    expect(note && note.text).toBe(
      `Zo leest de melder het:\n${signal.reference} · ${signal.title}\nRegisseur Een lets you know:\n“We bespreken dit.”`,
    );
    const other = await chat.submit(caller(people.regisseur), token, { text: 'Iets helemaal anders.' });
    expect(other.kind, 'other words are previewed anew').toBe('again');
    await locale(null);
  });

  it('are previewed before feedback goes out, and an internal note never does', async () => {
    const signal = await town.file(people.worker);
    const reply = await chat.press(caller(people.regisseur), 'signals.feedback', {
      signalId: signal.id,
      seen: signal.version,
    });
    const token = reply.kind === 'form' ? reply.form.token : '';
    const values = { text: 'We bespreken dit volgende week.' };
    const preview = await chat.submit(caller(people.regisseur), token, values);
    expect(JSON.stringify(preview)).toContain('Zo leest de melder het');
    expect(await noticesOf(signal.id)).toEqual([]);
    await town.act(people.regisseur, 'signals.feedback', signal.id, values);
    await town.act(people.regisseur, 'signals.note', signal.id, { text: 'Eerst bellen met de school.' });
    expect(await noticesOf(signal.id)).toHaveLength(1);
    const status = await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`);
    expect(wordsOf(status)).toContain('We bespreken dit volgende week.');
    expect(wordsOf(status)).not.toContain('Eerst bellen');
    const colleague = await chat.command(caller(people.colleague), 'signaal', `status ${signal.reference}`);
    for (const hidden of ['We bespreken dit', 'Eerst bellen', 'Werker Een', 'Buurthuis', 'Sociaal werk']) {
      expect(wordsOf(colleague)).not.toContain(hidden);
    }
  });
});

describe('corrections', () => {
  it('take a mistaken step back, leave it on the timeline, and tell who was told', async () => {
    const signal = await signalAt('in_review');
    await town.step(people.regisseur, signal.id, 'declined');
    await town.act(people.regisseur, 'signals.correct-status', signal.id, { text: 'Verkeerde knop.' });
    expect((await town.signal(signal.id)).status).toBe('in_review');
    const kinds = (await entriesOf(signal.id)).map(({ kind, toStatus }) => `${kind} ${toStatus}`);
    expect(kinds).toEqual(['filed received', 'status declined', 'corrected in_review']);
    expect(await noticesOf(signal.id)).toHaveLength(2);
  });

  it('have nothing to take back on a new signal', async () => {
    const signal = await town.file(people.worker);
    const result = await town.act(people.regisseur, 'signals.correct-status', signal.id, { text: 'Terug.' });
    expect(wordsOf(result)).toContain('niets te corrigeren');
  });

  it('of a text keep what stood there, for triage alone', async () => {
    const signal = await town.file(people.worker, { title: 'Oude titel over de wijk' });
    await town.act(people.regisseur, 'signals.correct-text', signal.id, {
      title: 'Nieuwe titel over de wijk',
      description: signal.description,
      why: 'Duidelijker.',
    });
    expect((await town.signal(signal.id)).title).toBe('Nieuwe titel over de wijk');
    const forTriage = await chat.command(caller(people.regisseur), 'signaal', `status ${signal.reference}`);
    expect(wordsOf(forTriage)).toContain('Oude titel over de wijk');
    const forFiler = await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`);
    expect(wordsOf(forFiler)).not.toContain('Oude titel over de wijk');
  });
});

describe('withdrawing', () => {
  it('is for the filer, not while a colleague’s signal was merged into it', async () => {
    const signal = await town.file(people.worker);
    const other = await db.signal.update({
      where: { municipalityId_id: { municipalityId, id: (await town.file(people.colleague)).id } },
      data: { status: 'merged', mergedIntoId: signal.id },
    });
    expect(other.mergedIntoId).toBe(signal.id);
    expect(wordsOf(await town.step(people.worker, signal.id, 'withdrawn'))).toContain('Alleen wie als enige');
    expect(wordsOf(await town.step(people.colleague, signal.id, 'withdrawn'))).toContain('Alleen wie als enige');
  });
});
