import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubmitResult } from '../../src/chat/chat.js';
import type { Reply } from '../../src/chat/feature.js';
import { statusTextsNl } from '../../src/signals/texts-statuses.js';
import type { Person, Signal } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, STEP_VALUES, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

/** What two people may do at the same time from one status; the first takes the row's act, the second the column's. */
const AT_ONCE = {
  in_review: ['accepted', 'withdrawn', 'merged', 'redirected', 'declined', 'transferred'],
  accepted: ['resolved', 'closed', 'merged', 'transferred'],
} as const;
type Status = keyof typeof AT_ONCE;
type Act = (typeof AT_ONCE)[Status][number];

const CASES = (Object.keys(AT_ONCE) as Status[]).flatMap((status) =>
  AT_ONCE[status].flatMap((one) => AT_ONCE[status].map((other) => [status, one, other] as const)),
);

let target: Signal;
beforeAll(async () => {
  target = await town.file(people.colleague);
});

/** Opens the form, where there is one; gives what sends it. Both see the signal as it is before either acts. */
async function open(
  person: Person,
  act: Act,
  { id: signalId, version: seen }: Signal,
): Promise<() => Promise<SubmitResult | Reply>> {
  const as = caller(person);
  if (act === 'accepted' || act === 'withdrawn') {
    return () => chat.press(as, 'signals.step', { signalId, seen, to: act });
  }
  const reply =
    act === 'transferred'
      ? await chat.press(as, 'transfer.signal', { signalId, seen })
      : await chat.press(as, 'signals.step', { signalId, seen, to: act });
  if (reply.kind !== 'form') throw new Error(`No form but ${wordsOf(reply)}`);
  const values = {
    ...STEP_VALUES,
    reference: target.reference,
    to: people.otherRegisseur.id,
    why: 'Past beter bij die wijk.',
  };
  return () => chat.submit(as, reply.form.token, values);
}

describe('two people who act on one signal at the same time', () => {
  it.each(CASES)('at %s: %s and %s have one effect, and the second hears who did what', async (status, one, other) => {
    const alone = one === 'withdrawn' || other === 'withdrawn';
    const filed = await town.file(people.worker);
    if (!alone)
      await town.act(people.colleague, 'endorsements.endorse', filed.id, {
        observation: 'Ook aan ons loket, elke week.',
        organisation: 'De Gezondheidspost',
      });
    const signal = await db.signal.update({
      where: { municipalityId_id: { municipalityId, id: filed.id } },
      data: { status },
    });
    const before = await db.timelineEntry.count({ where: { municipalityId, signalId: signal.id } });
    const joinedBefore = await db.timelineEntry.count({ where: { municipalityId, signalId: target.id } });
    const [first, second] = [
      { act: one, person: one === 'withdrawn' ? people.worker : people.regisseur },
      { act: other, person: other === 'withdrawn' ? people.worker : people.coordinator },
    ];
    const send = await open(first.person, one, signal);
    const sendToo = await open(second.person, other, signal);
    const answers = await Promise.all([send(), sendToo()]);

    const entries = await db.timelineEntry.findMany({
      where: { municipalityId, signalId: signal.id },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    expect(entries).toHaveLength(before + 1);
    const entry = entries.at(-1);
    const firstWon =
      first.person === second.person ? !wordsOf(answers[0]).includes('Intussen') : entry?.personId === first.person.id;
    const [won, lost, answer] = firstWon ? [first, second, answers[1]] : [second, first, answers[0]];
    expect(entry?.personId).toBe(won.person.id);

    const after = await town.signal(signal.id);
    expect(after.version).toBe(signal.version + 1);
    expect(after.status).toBe(won.act === 'transferred' ? status : won.act);
    expect(after.ownerId).toBe((won.act === 'transferred' ? people.otherRegisseur : people.regisseur).id);
    const joined = await db.timelineEntry.count({ where: { municipalityId, signalId: target.id } });
    expect(joined - joinedBefore).toBe(won.act === 'merged' ? 1 : 0);

    const told = await db.delivery.findMany({
      where: { municipalityId, view: 'signals.notice', params: { path: ['signalId'], equals: signal.id } },
      select: { personId: true },
    });
    const filers = alone ? [people.worker.id] : [people.worker.id, people.colleague.id];
    const expected = won.act === 'withdrawn' ? [] : filers;
    expect(told.map(({ personId }) => personId).toSorted()).toEqual(expected.toSorted());

    const said = wordsOf(answer);
    if (won.act === 'transferred') expect(said).toContain(people.otherRegisseur.name);
    else expect(said).toContain(`‘${statusTextsNl[`status.${won.act}`]}’`);
    // Who lost the signal to a transfer hears whose it is now.
    const noLongerTheirs = won.act === 'transferred' && lost.person === people.regisseur;
    expect(said).toContain(noLongerTheirs ? 'Dit signaal volgt' : `Intussen heeft ${won.person.name}`);
  });
});
