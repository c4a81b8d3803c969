import { createHash } from 'node:crypto';
import { Prisma } from './generated/client.js';

const MARK = '/* prepared */';

/**
 * Put at the beginning of a hand-written statement that everybody waits for: each connection to PostgreSQL then reads and plans it
 * once instead of every time. Its text must be the same each time, whatever the values: every text is kept on every connection.
 */
export const PREPARED = Prisma.raw(MARK);

/** The same, for a statement that a library wrote. */
export const prepared = (sql: string): string => `${MARK} ${sql}`;

const names = new Map<string, string>();

/** The name PostgreSQL keeps a statement under; empty where it is to be planned every time. */
export function statementName({ sql }: { sql: string }): string {
  if (!sql.trimStart().startsWith(MARK)) return '';
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(sql).digest('base64url');
  names.set(sql, name);
  return name;
}
