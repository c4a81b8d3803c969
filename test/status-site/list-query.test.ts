import { describe, expect, it } from 'vitest';
import { listHref, readListQuery, statusesOf } from '../../src/status-site/list-query.js';
import { SignalStatus } from '../../src/storage/database.js';

describe('the address of the list', () => {
  it('says everything that was chosen, and gives it back', () => {
    const chosen = { search: 'huur & energie?', status: 'lopend', place: 7, after: crypto.randomUUID() } as const;
    const address = new URL(listHref(chosen), 'http://localhost');
    expect(readListQuery(Object.fromEntries(address.searchParams))).toEqual(chosen);
  });

  it('stays bare when nothing was chosen', () => {
    expect(listHref({})).toBe('/');
    expect(listHref({ search: '' })).toBe('/');
  });

  it.each([
    ['an unknown status', { status: 'verzonnen' }],
    ['a neighbourhood that is no number', { wijk: 'Rabot' }],
    ['a page that is no id', { na: "' OR 1=1" }],
    ['the same thing twice', { zoek: ['a', 'b'], status: ['received', 'closed'] }],
    ['nothing', undefined],
  ])('shows the whole list for %s', (_, query) => {
    expect(readListQuery(query)).toEqual({ search: '', status: undefined, place: undefined, after: undefined });
  });

  it('searches for at most 200 characters, without what no keyboard types', () => {
    expect(readListQuery({ zoek: `  huur\u0000\u0007woning ${'a'.repeat(500)}` }).search).toMatch(
      /^huur woning a{188}$/,
    );
  });

  it('keeps every status in exactly one of the two groups', () => {
    const grouped = [...(statusesOf('lopend') ?? []), ...(statusesOf('afgerond') ?? [])];
    expect(grouped.toSorted()).toEqual(Object.values(SignalStatus).toSorted());
  });
});
