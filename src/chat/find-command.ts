import type { Command, CommandReader } from './feature.js';
import type { Locale } from './texts.js';

/** A subcommand when the first word names one and the rest fits it; otherwise the command's main use with the whole text. */
export function findCommand(
  commands: Command[],
  name: string,
  text: string,
): { command: Command; text: string } | undefined {
  const named = commands.filter((command) => command.name === name.toLowerCase());
  const { word, rest } = firstWord(text);
  const sub = named.find(
    ({ subcommand }) => subcommand?.words.includes(word.toLowerCase()) && (subcommand.accepts?.(rest) ?? true),
  );
  if (sub) return { command: sub, text: rest };
  const main = named.find((command) => !command.subcommand);
  return main && { command: main, text: text.trim() };
}

/**
 * What was said to the bot in a conversation, as a command: `status G-2026-0042`, `regisseur rabot`, `signal mine`, with or
 * without the slash. Undefined when it is none.
 */
export function findSaidCommand(
  commands: Command[],
  said: string,
): { command: Command; text: string; /** All that follows the command's own name. */ rest: string } | undefined {
  const text = said.trim().replace(/^\//, '');
  const { word, rest } = firstWord(text);
  const names = new Set(commands.map(({ name }) => name));
  const named = commands.find(({ name, saidAs }) => [name, ...(saidAs ?? [])].includes(word.toLowerCase()))?.name;
  if (named !== undefined) {
    const found = findCommand(commands, named, rest);
    return found && { ...found, rest };
  }
  const found = [...names].map((name) => findCommand(commands, name, text)).find((each) => each?.command.subcommand);
  return found && { ...found, rest: text };
}

/** The same, where others read along: only what may be answered there. */
export function findPublicCommand(commands: Command[], said: string): { command: Command; text: string } | undefined {
  const found = findSaidCommand(commands, said);
  return found?.command.inPublic ? found : undefined;
}

/** A command as it stands in a list. */
export interface ListedCommand {
  usage: string;
  does: string;
  /** The part of the usage that is typed as it stands, with a space after it when more follows. */
  typed: string;
}

/** Every command with what it does; with `who` only those that are for them. */
export function listCommands(commands: Command[], locale: Locale, who?: CommandReader): ListedCommand[] {
  const listed = who ? commands.filter((command) => command.isFor?.(who) ?? true) : commands;
  return listed.map((command) => {
    const { usage, does } = command.help(locale);
    return { usage, does, typed: typedPart(command, usage) };
  });
}

/**
 * The part of a usage that is typed as it stands; the rest of it is an example. Of `/signaal status G-2026-0042` that is
 * `/signaal status `, of `/signaal forum plan` all of it, of `/regisseur rabot` `/regisseur `.
 */
function typedPart({ subcommand }: Command, usage: string): string {
  const [name = '', second = '', ...more] = usage.split(' ');
  const rest = more.join(' ');
  if (!subcommand?.words.includes(second)) return second ? `${name} ` : name;
  if (!rest) return `${name} ${second}`;
  // A reference that a command accepts is an example; a word is part of the command.
  return /^\p{Ll}+$/u.test(rest) && subcommand.accepts?.(rest) ? usage : `${name} ${second} `;
}

function firstWord(text: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return { word, rest: rest.trim() };
}
