import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { localIsoDay, sayDay, sayInstant } from '../calendar/local-day.js';
import { type Locale, LOCALES, toLocale } from '../chat/texts.js';
import { type ComingMove, lookAhead } from '../hand-over/look-ahead.js';
import {
  applyMunicipality,
  type Change,
  diffMunicipality,
  type Refusal,
  undoMunicipality,
} from './apply-municipality.js';
import { commandTexts } from './command-texts.js';
import { type FileProblem, type MunicipalityFile, parseMunicipalityFile } from './municipality-file.js';
import { MunicipalitySettings } from './municipality-settings.js';
import { listOurTexts } from './own-texts.js';
import { sayChanges, sayRefusal } from './say-changes.js';
import type { Db } from '../storage/database.js';

/** Where days are counted before a file says its zone: this program is for Belgian municipalities. */
const DEFAULT_ZONE = 'Europe/Brussels';

/** What the command needs of the process it runs in. */
interface Terminal {
  now: Date;
  out(line: string): void;
  err(line: string): void;
  /** Opens the database for the work, and closes it. */
  withDatabase<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

interface Command extends Terminal {
  locale: Locale;
  say: ReturnType<typeof commandTexts>;
  /** FILE, or for undo the reference. */
  argument: string | undefined;
}

/**
 * `npm run municipality -- check FILE | diff FILE | apply FILE | undo [REFERENCE] | texts [WORD]`, in Dutch or with `--lang en`.
 * @returns the exit status: 0 it went well (or would), 1 the file or the command is wrong.
 */
export async function runMunicipality(args: string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args);
  const [name, argument, ...surplus] = read?.positionals ?? [];
  const locale = toLocale(read?.values.lang);
  const command = { ...terminal, locale, say: commandTexts(locale), argument };
  if (surplus.length === 0) {
    if (name === 'undo') return terminal.withDatabase((db) => undo(db, command));
    if (name === 'texts') return texts(command);
    if (argument !== undefined && name === 'check') return check(argument, command);
    if (argument !== undefined && name === 'diff') return withFile(argument, command, diff);
    if (argument !== undefined && name === 'apply') return withFile(argument, command, apply);
  }
  terminal.err(command.say('usage'));
  return 1;
}

/** @returns undefined for an option that does not exist. */
function readArguments(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { lang: { type: 'string' } } });
  } catch (error) {
    if (isWrongOption(error)) return undefined;
    throw error;
  }
}

function isWrongOption(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

interface ReadFile {
  file: MunicipalityFile;
  text: string;
}

/** Every text that a file may say otherwise, as the file says it; with a word only those that hold it. */
function texts({ argument = '', out, err, say }: Command): number {
  const wanted = argument.toLowerCase();
  const found = listOurTexts().filter(({ name, words }) =>
    [name, ...Object.values(words)].some((each) => each.toLowerCase().includes(wanted)),
  );
  if (found.length === 0) {
    err(say('texts.none', { word: argument }));
    return 1;
  }
  for (const { name, words } of found) {
    out(`${name}:`);
    for (const locale of LOCALES) out(`  ${locale}: ${JSON.stringify(words[locale])}`);
  }
  return 0;
}

async function check(path: string, command: Command): Promise<number> {
  const read = await readMunicipalityFile(path, command);
  if (!read) return 1;
  const { neighbourhoods, regisseurs, administrators } = read.file;
  const counts = {
    neighbourhoods: neighbourhoods.length,
    regisseurs: regisseurs.length,
    administrators: administrators.length,
  };
  command.out(command.say('check.good', { path, ...counts }));
  return 0;
}

async function diff(db: Db, { file }: ReadFile, command: Command): Promise<number> {
  const { say } = command;
  const result = await diffMunicipality(db, file);
  if (!result.ok) return refuse(result, command);
  const count = result.changes.length;
  command.out(count === 0 ? say('diff.none') : say('diff.heading', { count }));
  printChanges(result.changes, command);
  if (count > 0) printMoves(await lookAtMoves(db, file, command.now), command);
  command.out(say('diff.nothingWritten'));
  return 0;
}

/** Carries what was found out of a transaction that is undone. */
class Looked extends Error {
  constructor(readonly moves: ComingMove[]) {
    super('Looked, and undone.');
  }
}

/** Which open signals would go to whom: the file is applied, looked at, and undone. */
async function lookAtMoves(db: Db, file: MunicipalityFile, now: Date): Promise<ComingMove[]> {
  try {
    await db.$transaction(async (tx) => {
      const applied = await applyMunicipality(tx, file, now);
      if (!applied.ok) throw new Looked([]);
      const { zone, settings } = await tx.municipality.findUniqueOrThrow({ where: { id: applied.municipalityId } });
      const office = { id: applied.municipalityId, zone, settings: MunicipalitySettings.parse(settings) };
      throw new Looked(await lookAhead(tx, office, now));
    });
    return [];
  } catch (error) {
    if (error instanceof Looked) return error.moves;
    throw error;
  }
}

/** References named on one line. */
const NAMED = 10;

function printMoves(moves: ComingMove[], { out, say, locale }: Command): void {
  if (moves.length > 0) out(say('diff.moves'));
  for (const { day, from, to, references } of moves) {
    const more = references.length > NAMED ? ' …' : '';
    const named = `${references.slice(0, NAMED).join(', ')}${more}`;
    out(say('diff.move', { day: sayDay(day, locale), from, to, count: references.length, references: named }));
  }
}

async function apply(db: Db, { file, text }: ReadFile, command: Command): Promise<number> {
  const { say, now } = command;
  const result = await db.$transaction((tx) => applyMunicipality(tx, file, now, text));
  if (!result.ok) return refuse(result, command);
  printChanges(result.changes, command);
  const count = result.changes.length;
  const first = result.changes.some(({ kind, change }) => kind === 'municipality' && change === 'added');
  command.out(first ? say('apply.first') : count === 0 ? say('diff.none') : say('apply.done', { count }));
  return 0;
}

async function undo(db: Db, command: Command): Promise<number> {
  const { say, now, locale, argument: reference } = command;
  const [municipality, another] = await db.municipality.findMany({ where: reference ? { reference } : {}, take: 2 });
  if (!municipality || another) {
    command.err(say(municipality ? 'undo.which' : 'undo.noMunicipality'));
    return 1;
  }
  const result = await db.$transaction((tx) => undoMunicipality(tx, municipality.id, now));
  if (result.ok) {
    printChanges(result.changes, command);
    command.out(say('undo.done', { instant: sayInstant(result.appliedAt, municipality.zone, locale) }));
    return 0;
  }
  switch (result.code) {
    case 'MUNICIPALITY.NOTHING_TO_UNDO':
      command.err(say('undo.nothing'));
      return 1;
    case 'MUNICIPALITY.FORMER_FILE':
      command.err(say('undo.formerFile'));
      printProblems(result.problems, say('undo.thatFile'), command);
      return 1;
    case 'MUNICIPALITY.NEIGHBOURHOOD_IN_USE':
    case 'MUNICIPALITY.REFERENCE_TAKEN':
      return refuse(result, command);
  }
}

/** Reads and checks the file before the database is opened: a wrong file needs none. */
async function withFile(
  path: string,
  command: Command,
  work: (db: Db, read: ReadFile, command: Command) => Promise<number>,
): Promise<number> {
  const read = await readMunicipalityFile(path, command);
  return read ? command.withDatabase((db) => work(db, read, command)) : 1;
}

/** Prints what is wrong with the file, or what it leaves to the coordinator. */
async function readMunicipalityFile(path: string, command: Command): Promise<ReadFile | undefined> {
  const { say, now, locale } = command;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    command.err(say('file.unreadable', { path, code: String(error.code) }));
    return undefined;
  }
  const parsed = parseMunicipalityFile(text, localIsoDay(now, DEFAULT_ZONE));
  if (!parsed.ok) {
    printProblems(parsed.problems, path, command);
    command.err(say('file.wrong', { count: parsed.problems.length }));
    return undefined;
  }
  for (const { line, message } of parsed.notices) {
    command.out(say('file.notice', { path, line, message: message[locale] }));
  }
  return { file: parsed.file, text };
}

function printProblems(problems: FileProblem[], path: string, { err, locale }: Command): void {
  for (const { line, column, message } of problems) err(`${path}:${line}:${column}  ${message[locale]}`);
}

function printChanges(changes: Change[], { out, locale }: Command): void {
  for (const line of sayChanges(changes, locale)) out(`  ${line}`);
}

function refuse(refusal: Refusal, { err, say, locale }: Command): number {
  err(sayRefusal(refusal, locale));
  err(say('diff.nothingWritten'));
  return 1;
}
