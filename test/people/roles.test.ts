import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { may, PERMISSIONS, rolesThatMay, type Permission, type Relation } from '../../src/people/roles.js';
import { Role } from '../../src/storage/database.js';

/** The table a policy officer reads and signs off, cell by cell. */
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const [header = [], , ...rows] = readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map(cells);
const columns = header.slice(1);
const isRole = (column: string): column is Role => Object.hasOwn(Role, column);

const person = (column: string) => ({ roles: isRole(column) ? [column] : [], active: true });
const relationsOf = (column: string): Relation[] => (isRole(column) || column === 'nobody' ? [] : [column as Relation]);

describe('who may do what', () => {
  it('has a row in the table for every action, and a column for every role', () => {
    expect(rows.map(([action]) => action)).toEqual(PERMISSIONS);
    expect(columns.filter(isRole)).toEqual(Object.values(Role));
  });

  it.each(
    rows.flatMap(([action = '', ...marks]) => columns.map((who, index) => ({ action, who, mark: marks[index] }))),
  )('$action: $who $mark', ({ action, who, mark }) => {
    expect(['yes', '']).toContain(mark);
    expect(may(person(who), action as Permission, relationsOf(who))).toBe(mark === 'yes');
    expect(rolesThatMay(action as Permission).includes(who as Role)).toBe(isRole(who) && mark === 'yes');
  });

  it('gives nothing to somebody who left, whatever they were', () => {
    const relations = columns.flatMap(relationsOf);
    for (const action of PERMISSIONS) {
      expect(may({ roles: Object.values(Role), active: false }, action, relations), action).toBe(false);
    }
  });

  it('adds up what somebody is: an administrator who is a worker too may file', () => {
    expect(may({ roles: ['administrator'], active: true }, 'file a signal')).toBe(false);
    expect(may({ roles: ['administrator', 'worker'], active: true }, 'file a signal')).toBe(true);
  });
});
