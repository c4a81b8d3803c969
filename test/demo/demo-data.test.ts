import { DateTime } from 'luxon';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inspectText } from '../../src/client-data/index.js';
import { readDemoData } from '../../src/demo/demo-data.js';
import { placeInTime } from '../../src/demo/place-in-time.js';
import { walkWay } from '../../src/demo/walk-way.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { readPreset } from '../../src/municipality/presets.js';
import { EntryData } from '../../src/signals/step-inputs.js';
import type { SignalStatus } from '../../src/storage/database.js';

/** Copied by hand from the procedure's status table, one line per row. */
const TABLE: Record<SignalStatus, readonly SignalStatus[]> = {
  received: ['in_review', 'needs_info', 'withdrawn'],
  in_review: ['needs_info', 'withdrawn', 'accepted', 'merged', 'redirected', 'declined'],
  needs_info: ['in_review', 'withdrawn', 'accepted', 'merged', 'redirected', 'declined'],
  withdrawn: [],
  accepted: ['merged', 'on_agenda', 'in_action', 'at_policy', 'resolved', 'closed'],
  merged: ['in_review'],
  redirected: ['in_review'],
  declined: ['in_review'],
  on_agenda: ['in_action', 'at_policy', 'accepted', 'resolved', 'closed'],
  in_action: ['at_policy', 'accepted', 'resolved', 'closed'],
  at_policy: ['in_action', 'accepted', 'resolved', 'closed'],
  resolved: ['in_review'],
  closed: ['in_review'],
};

const { people, signals } = readDemoData();
const walked = signals.map((signal) => ({ signal, ...walkWay(signal) }));
const preset: unknown = parse(readPreset('gent'));
const gent = MunicipalitySettings.parse(preset);
const { neighbourhoods } = z
  .object({ neighbourhoods: z.array(z.object({ name: z.string(), aliases: z.array(z.string()).default([]) })) })
  .parse(preset);

/** Every text of the data, at any depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe('the demo year', () => {
  test('holds at least 200 signals, with no two alike', () => {
    expect(signals.length).toBeGreaterThanOrEqual(200);
    expect(new Set(signals.map(({ title }) => title.toLowerCase())).size).toBe(signals.length);
    expect(new Set(signals.map(({ description }) => description)).size).toBe(signals.length);
    expect(new Set(signals.map(({ key }) => key)).size).toBe(signals.length);
  });

  test('shows every status, several times', () => {
    for (const status of Object.keys(TABLE)) {
      const count = walked.filter((signal) => signal.status === status).length;
      expect(count, status).toBeGreaterThanOrEqual(5);
    }
  });

  test('takes only steps that the procedure knows, and every one of them somewhere', () => {
    const taken = new Set<string>();
    for (const { signal, entries } of walked) {
      let status: SignalStatus = 'received';
      for (const { kind, fromStatus, toStatus } of entries.slice(1)) {
        if (!toStatus) continue;
        expect(fromStatus, signal.key).toBe(status);
        if (kind !== 'corrected') {
          expect(TABLE[status], `${signal.key}: ${status} to ${toStatus}`).toContain(toStatus);
          taken.add(`${status} > ${toStatus}`);
        }
        status = toStatus;
      }
    }
    const known = Object.entries(TABLE).flatMap(([from, tos]) => tos.map((to) => `${from} > ${to}`));
    expect(known.filter((step) => !taken.has(step))).toEqual([]);
  });

  test('says with every step what the procedure asks for', () => {
    for (const { signal, entries } of walked) {
      for (const { kind, toStatus, fromStatus, text, data, dueDay, mergedInto } of entries) {
        const where = `${signal.key} to ${toStatus}`;
        if (data) expect(EntryData.safeParse(data).success, where).toBe(true);
        if (kind === 'filed') continue;
        if (toStatus === undefined || kind === 'reopened' || kind === 'corrected') expect(text, where).toBeTruthy();
        if (
          ['needs_info', 'declined', 'redirected', 'in_action', 'at_policy', 'resolved', 'closed'].includes(
            toStatus ?? '',
          )
        ) {
          expect(text, where).toBeTruthy();
        }
        if (toStatus === 'in_review' && fromStatus === 'merged') expect(text, where).toBeTruthy();
        if (toStatus === 'accepted' && !['in_review', 'needs_info'].includes(fromStatus ?? '')) {
          expect(text, where).toBeTruthy();
        }
        if (toStatus === 'merged') expect(mergedInto, where).toBeTruthy();
        if (toStatus === 'on_agenda') expect(data?.meeting, where).toBeTruthy();
        if (toStatus === 'in_action') expect(data?.lead, where).toBeTruthy();
        if (toStatus === 'at_policy') expect(data?.level, where).toBeTruthy();
        if (['on_agenda', 'in_action', 'at_policy'].includes(toStatus ?? '')) expect(dueDay, where).toBeGreaterThan(0);
      }
    }
  });

  test('shows reopened signals, corrections, notes, feedback and answers', () => {
    const kinds = new Set(walked.flatMap(({ entries }) => entries.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(
      ['answer', 'corrected', 'feedback', 'filed', 'note', 'question', 'reopened', 'status', 'text_corrected'].sort(),
    );
  });

  test('merges only into an older or equally old open signal', () => {
    const byKey = new Map(walked.map((entry) => [entry.signal.key, entry]));
    const ended: SignalStatus[] = ['withdrawn', 'merged', 'declined', 'redirected', 'resolved', 'closed'];
    for (const { signal, mergedInto, entries } of walked.filter(({ status }) => status === 'merged')) {
      const target = byKey.get(mergedInto ?? '');
      expect(target, signal.key).toBeDefined();
      expect(ended, signal.key).not.toContain(target?.status);
      // The step came after the target's filing.
      const mergedDay = entries.findLast(({ toStatus }) => toStatus === 'merged')?.day ?? 0;
      expect(signal.daysAgo - mergedDay, signal.key).toBeLessThan(target?.signal.daysAgo ?? 0);
      expect([signal.season, target?.signal.season], signal.key).toEqual([undefined, undefined]);
    }
  });

  test('uses the words of the Gent file for domains, rights, sectors and reasons', () => {
    const keys = (choices: { key: string }[]) => choices.map(({ key }) => key);
    for (const { key, lifeDomain, fundamentalRight } of signals) {
      expect(keys(gent.lifeDomains), key).toContain(lifeDomain);
      if (fundamentalRight) expect(keys(gent.fundamentalRights), key).toContain(fundamentalRight);
    }
    for (const { key, sector } of people) expect(keys(gent.sectors), key).toContain(sector);
    for (const { signal, entries } of walked) {
      for (const { data } of entries)
        if (data?.reason) expect(keys(gent.declineReasons), signal.key).toContain(data.reason);
    }
    expect(new Set(signals.map(({ lifeDomain }) => lifeDomain))).toEqual(new Set(keys(gent.lifeDomains)));
  });

  test('knows its neighbourhoods and forgets none of the 25', () => {
    const numbers = new Set(signals.flatMap(({ neighbourhoods }) => neighbourhoods ?? []));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    for (const { key, neighbourhoods = [] } of signals)
      expect(new Set(neighbourhoods).size, key).toBe(neighbourhoods.length);
    expect(signals.some(({ neighbourhoods }) => (neighbourhoods?.length ?? 0) > 1)).toBe(true);
    expect(signals.some(({ cityWide }) => cityWide)).toBe(true);
  });

  test('holds no client data, and nothing that looks like a name', () => {
    const allow = [
      ...neighbourhoods.flatMap(({ name, aliases }) => [name, ...aliases]),
      ...people.map(({ organisation }) => organisation),
      // A first name, but here always the word for "each".
      'Elke',
    ];
    const found = signals.flatMap((signal) =>
      textsOf(signal).flatMap((text) => {
        const { blocked, likelyNames } = inspectText(text, { allow });
        return [...blocked, ...likelyNames].map((finding) => `${signal.key}: ${finding.kind} ${finding.text}`);
      }),
    );
    expect(found).toEqual([]);
  });

  test('fits on the forms: titles of 80 characters, descriptions of one to four sentences', () => {
    for (const { key, title, description } of signals) {
      expect(title.length, key).toBeLessThanOrEqual(80);
      expect(description.length, key).toBeLessThanOrEqual(5_000);
      const sentences = description.split(/[.!?](?:\s|$)/).filter((sentence) => sentence.trim() !== '');
      expect(sentences.length, key).toBeLessThanOrEqual(4);
    }
  });

  test('is filed by people of at least eight organisations, all of whom exist', () => {
    const keys = people.map(({ key }) => key);
    for (const { key, filer } of signals) expect(keys, key).toContain(filer);
    expect(new Set(people.map(({ organisation }) => organisation)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(signals.map(({ filer }) => filer)).size).toBe(people.length);
  });

  test('keeps a season only for what has ended, so that open signals keep their age', () => {
    for (const { signal, status } of walked.filter((entry) => entry.signal.season)) {
      expect(['resolved', 'closed', 'declined', 'redirected', 'withdrawn'], signal.key).toContain(status);
    }
  });
});

describe.each(['2026-11-22T10:30:00', '2026-01-02T08:00:00', '2027-03-28T03:30:00', '2028-02-29T23:59:00'])(
  'the demo year seen from %s',
  (moment) => {
    const now = DateTime.fromISO(moment, { zone: 'Europe/Brussels' });
    const placed = walked.map(({ signal, entries, status }, index) => ({
      signal,
      status,
      entries: placeInTime(signal, entries, index, now),
    }));

    test('lies within the last 365 days, in order, with nothing in the future', () => {
      for (const { signal, entries } of placed) {
        const times = entries.map(({ at }) => at.getTime());
        expect(times[0], signal.key).toBeGreaterThanOrEqual(now.minus({ days: 365 }).toMillis());
        expect(times.at(-1), signal.key).toBeLessThanOrEqual(now.toMillis());
        for (const [index, time] of times.entries()) {
          if (index > 0) expect(time, signal.key).toBeGreaterThan(times[index - 1] ?? 0);
        }
      }
    });

    test('has signals of the last hours and days, all still received or just taken up', () => {
      const young = placed.filter(({ entries }) => (entries[0]?.at ?? new Date(0)) > now.minus({ days: 5 }).toJSDate());
      expect(young.length).toBeGreaterThanOrEqual(10);
      for (const { signal, status } of young) expect(['received', 'in_review'], signal.key).toContain(status);
    });

    test('has each seasonal signal in its season, unless its way would not fit', () => {
      const seasonal = placed.filter(({ signal }) => signal.season);
      const inSeason = seasonal.filter(({ signal, entries }) =>
        signal.season?.includes(DateTime.fromJSDate(entries[0]?.at ?? new Date(0), { zone: now.zone }).month),
      );
      expect(inSeason.length).toBeGreaterThanOrEqual(seasonal.length * 0.75);
    });

    test('has every meeting still to come, and most actions not yet due', () => {
      const today = now.toISODate() ?? '';
      for (const { signal, entries } of placed.filter(({ status }) => status === 'on_agenda')) {
        expect(entries.findLast(({ due }) => due)?.due ?? '', signal.key).toSatisfy((due: string) => due >= today);
      }
      const inAction = placed.filter(({ status }) => status === 'in_action');
      const ahead = inAction.filter(({ entries }) => (entries.findLast(({ due }) => due)?.due ?? '') >= today);
      expect(ahead.length).toBeGreaterThanOrEqual(inAction.length / 2);
    });
  },
);
