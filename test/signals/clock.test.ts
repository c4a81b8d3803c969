import { describe, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import {
  clockAfterStep,
  clockKindOf,
  coordinatorReminderDay,
  dueDay,
  isOverdue,
  ownerReminderDay,
  startedBefore,
  type ClockColumns,
} from '../../src/signals/clock.js';
import { SignalStatus } from '../../src/storage/database.js';

const settings = MunicipalitySettings.parse({});
const day = (iso: string) => new Date(`${iso}T00:00:00Z`);
const signal = (status: SignalStatus, from: string, more: Partial<ClockColumns> = {}): ClockColumns => ({
  status,
  clockFrom: day(from),
  agreedOn: null,
  snoozedUntil: null,
  neverRemind: false,
  ...more,
});

/** By hand, with the calendar of 2026 beside it: status, clock since, agreed on | due, owner reminded, coordinator reminded. */
const TABLE = `
received    2026-03-10 -          | 2026-03-17 2026-03-17 2026-03-18
received    2026-03-07 -          | 2026-03-13 2026-03-13 2026-03-16
received    2026-05-12 -          | 2026-05-20 2026-05-20 2026-05-21
in_review   2026-03-18 -          | 2026-04-16 2026-04-16 2026-04-23
accepted    2026-03-18 -          | 2026-04-16 2026-04-16 2026-04-23
needs_info  2026-03-18 -          | 2026-04-30 2026-04-30 2026-05-08
on_agenda   2026-03-18 2026-05-29 | 2026-05-29 2026-06-01 2026-06-08
in_action   2026-03-18 2026-04-03 | 2026-04-03 2026-04-07 2026-04-14
at_policy   2026-03-18 2026-04-04 | 2026-04-04 2026-04-07 2026-04-14
merged      2026-03-18 -          | - - -
withdrawn   2026-03-18 -          | - - -
redirected  2026-03-18 -          | - - -
declined    2026-03-18 -          | - - -
resolved    2026-03-18 -          | - - -
closed      2026-03-18 -          | - - -
`;
const rows = TABLE.trim()
  .split('\n')
  .map((line) => line.replace('|', '').split(/\s+/));

describe('the clock of each status', () => {
  it.each(rows)(
    '%s since %s (agreed: %s): due %s, owner on %s, coordinator on %s',
    (status, from, agreed, ...expected) => {
      const one = signal(status as SignalStatus, from ?? '', { agreedOn: agreed === '-' ? null : day(agreed ?? '') });
      const found = [dueDay(one, settings), ownerReminderDay(one, settings), coordinatorReminderDay(one, settings)];
      expect(found.map((value) => value ?? '-')).toEqual(expected);
      if (expected[0] !== '-') {
        expect(isOverdue(one, settings, expected[0] ?? '')).toBe(false);
        expect(isOverdue(one, settings, '2026-12-31')).toBe(true);
      }
    },
  );

  it('is in the table for every status there is', () => {
    expect(new Set(rows.map(([status]) => status))).toEqual(new Set(Object.values(SignalStatus)));
  });

  it('follows the municipality: its deadlines, its closing days, and never', () => {
    const town = MunicipalitySettings.parse({
      acknowledgement: { workingDays: 3, coordinatorAfter: 'never' },
      stalled: { workingDays: 'never' },
      closingDays: ['2026-03-11'],
    });
    const fresh = signal('received', '2026-03-10');
    expect(ownerReminderDay(fresh, town)).toBe('2026-03-16');
    expect(coordinatorReminderDay(fresh, town)).toBeUndefined();
    expect(ownerReminderDay(signal('accepted', '2026-03-10'), town)).toBeUndefined();
    const action = signal('in_action', '2026-03-10', { agreedOn: day('2026-03-12') });
    expect(dueDay(action, town), 'what was agreed stands on the card all the same').toBe('2026-03-12');
    expect(ownerReminderDay(action, town)).toBeUndefined();
  });

  it('is put off to a working day, never forward, and stays silent when asked to', () => {
    const stalled = signal('accepted', '2026-03-18');
    expect(ownerReminderDay({ ...stalled, snoozedUntil: day('2026-05-01') }, settings)).toBe('2026-05-04');
    expect(coordinatorReminderDay({ ...stalled, snoozedUntil: day('2026-05-01') }, settings)).toBe('2026-05-11');
    expect(ownerReminderDay({ ...stalled, snoozedUntil: day('2026-03-20') }, settings)).toBe('2026-04-16');
    expect(ownerReminderDay({ ...stalled, neverRemind: true }, settings)).toBeUndefined();
  });

  it('as days in the columns finds exactly the signals whose day has come', () => {
    const running = Object.values(SignalStatus).filter((status) => clockKindOf(status));
    for (const status of running) {
      for (let offset = 0; offset < 80; offset += 1) {
        const from = new Date(Date.UTC(2026, 2, 1 + offset));
        const one = { ...signal(status, '2026-03-01'), clockFrom: from, agreedOn: from };
        const on = '2026-05-06';
        const before = startedBefore(status, settings, on) ?? '';
        const reminded = ownerReminderDay(one, settings) ?? '9999';
        expect(from.toISOString().slice(0, 10) < before, `${status} since ${from.toISOString()}`).toBe(reminded <= on);
      }
    }
  });
});

describe('a step', () => {
  const at = { agreed: undefined, today: day('2026-03-20') };
  const from = day('2026-03-10');

  it('starts the clock anew and ends what was put off', () => {
    expect(clockAfterStep({ status: 'received', clockFrom: from }, 'in_review', at)).toEqual({
      clockFrom: at.today,
      agreedOn: null,
      snoozedUntil: null,
      neverRemind: false,
    });
  });

  it('that asks the filer pauses the clock of a signal in review, and starts that of a new one', () => {
    expect(clockAfterStep({ status: 'in_review', clockFrom: from }, 'needs_info', at).clockFrom).toEqual(from);
    expect(clockAfterStep({ status: 'received', clockFrom: from }, 'needs_info', at).clockFrom).toEqual(at.today);
  });

  it('keeps the day that was agreed on, for as long as it stands there', () => {
    const agreed = { ...at, agreed: '2026-06-01' };
    const start = { status: 'accepted', clockFrom: from } as const;
    expect(clockAfterStep(start, 'on_agenda', agreed).agreedOn).toEqual(day('2026-06-01'));
    expect(clockAfterStep({ ...start, status: 'on_agenda' }, 'accepted', agreed).agreedOn).toBeNull();
  });
});
