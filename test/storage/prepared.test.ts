import { expect, it } from 'vitest';
import { PREPARED, prepared, statementName } from '../../src/storage/prepared.js';

const sql = (text: string) => ({ sql: text });

it('keeps a marked statement under one name, whatever its values, and another under another', () => {
  const name = statementName(sql(prepared('SELECT $1')));
  expect(name).toBe(statementName(sql(prepared('SELECT $1'))));
  expect(name).not.toBe(statementName(sql(prepared('SELECT $2'))));
  // NAMEDATALEN: PostgreSQL cuts what is longer, and two could become one.
  expect(name.length).toBeLessThan(64);
});

it('finds the mark behind the white space that a template begins with', () => {
  expect(statementName(sql(`\n    ${PREPARED.sql}\n    SELECT 1`))).not.toBe('');
});

it('keeps no other statement: lists in them differ each time, and each connection would keep every one', () => {
  expect(statementName(sql('SELECT 1'))).toBe('');
  expect(statementName(sql(`SELECT '/* prepared */'`))).toBe('');
});
