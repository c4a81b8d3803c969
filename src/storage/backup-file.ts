import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { errorCode, StorageError } from './storage-error.js';

/**
 * A backup is compressed text: a line about itself, then for each table a line with its name and one line of JSON per
 * row, then a line that says how many rows there were. It belongs to no engine and no version of PostgreSQL, so it also
 * carries an embedded database over to PostgreSQL. The queue is not in it: what was waiting is queued again.
 */
export const FORMAT = 'wijksignaal-backup-1';
const MARKER = '#';
/** Rows handed on at once. */
const BATCH = 500;
/** Longer than any row can be; a file of another kind may have no line ends at all. */
const MAX_LINE_CHARACTERS = 50_000_000;

const Header = z.object({ format: z.literal(FORMAT), at: z.string(), migrations: z.array(z.string()).min(1) });
export type Header = z.infer<typeof Header>;

const Marker = z.union([z.object({ table: z.string() }), z.object({ total: z.number().int() })]);

/** Before and after all tables, and some of the rows of one; each row is JSON. */
export type BackupPart = { header: Header } | { table: string; rows: string[] } | { total: number };

/** The line before a table's rows, or the last line. */
export function markerLine(marker: z.infer<typeof Marker>): string {
  return `${MARKER}${JSON.stringify(marker)}\n`;
}

/** @throws StorageError BACKUP when the file is no backup, or was damaged. */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const text = createGunzip();
  // A failure of either is thrown where the text is read.
  pipeline(createReadStream(file), text, () => undefined);
  try {
    yield* readParts(splitLines(text));
  } catch (error) {
    // zlib's codes: not compressed at all, or cut off.
    throw errorCode(error)?.startsWith('Z_') ? damagedBackup() : error;
  }
}

async function* readParts(lines: AsyncGenerator<string>): AsyncGenerator<BackupPart> {
  const first = await lines.next();
  yield { header: parse(Header, first.done ? '' : first.value) };
  let table: string | undefined;
  let rows: string[] = [];
  for await (const line of lines) {
    const isRow = !line.startsWith(MARKER);
    if (isRow) {
      if (table === undefined) throw damagedBackup();
      rows.push(line);
      if (rows.length < BATCH) continue;
    }
    if (table !== undefined) yield { table, rows };
    rows = [];
    if (isRow) continue;
    const marker = parse(Marker, line.slice(MARKER.length));
    if ('total' in marker) yield marker;
    table = 'table' in marker ? marker.table : undefined;
  }
  if (rows.length > 0) throw damagedBackup();
}

async function* splitLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARACTERS) throw damagedBackup();
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function parse<T>(schema: z.ZodType<T>, line: string): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    throw damagedBackup();
  }
}

export function damagedBackup(): StorageError {
  return new StorageError('STORAGE.BACKUP', 'The file is not a whole backup of this program. Nothing was restored.');
}
