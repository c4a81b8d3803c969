import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/chat/feature.js';
import { findCommand } from '../../src/chat/find-command.js';
import { LOCALES, type Locale } from '../../src/chat/texts.js';
import { features } from '../../src/features.js';

const commands = features.flatMap((feature) => feature.commands ?? []);
const SRC = 'src';

/** Every text of the product, per language. */
async function readTexts(): Promise<Record<Locale, string[]>> {
  const texts: Record<Locale, string[]> = { nl: [], en: [] };
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /texts[^/]*\.ts$/.test(file));
  for (const file of files) {
    const exported = (await import(join('../..', SRC, file))) as Record<string, { all?: Record<Locale, object> }>;
    for (const { all } of Object.values(exported).filter(Boolean)) {
      for (const locale of LOCALES) texts[locale].push(...Object.values(all?.[locale] ?? {}).map(String));
    }
  }
  return texts;
}

/** The word of a command that its help shows to who reads this language. */
function shownWord({ name, help }: Command, locale: Locale): string {
  const [slash, word = ''] = help(locale).usage.split(' ');
  expect(slash).toBe(`/${name}`);
  return word;
}

describe('the words of a command', () => {
  const subcommands = commands.filter(({ subcommand }) => subcommand);

  test.each(LOCALES)('are understood as the help shows them (%s)', (locale) => {
    for (const command of subcommands) {
      const [, ...typed] = command.help(locale).usage.split(' ');
      expect(findCommand(commands, command.name, typed.join(' '))?.command.help(locale).usage).toBe(
        command.help(locale).usage,
      );
    }
  });

  test('have an English form where the help in English would be half Dutch', () => {
    const both = ['status', 'help', 'forum', 'site'];
    for (const command of subcommands) {
      const [nl, en] = LOCALES.map((locale) => shownWord(command, locale));
      if (nl === en) expect(both).toContain(nl);
      else expect(command.subcommand?.words).toEqual(expect.arrayContaining([nl, en]));
    }
  });

  test.each(LOCALES)('are the ones of the reader’s language in every text (%s)', async (locale) => {
    const wrong: string[] = [];
    const texts = (await readTexts())[locale];
    for (const text of texts) {
      for (const [, name = '', word = ''] of text.matchAll(/\/(signaal|regisseur) ([a-z]+)/g)) {
        const meant = subcommands.find((command) => command.name === name && command.subcommand?.words.includes(word));
        if (meant && shownWord(meant, locale) !== word) wrong.push(text);
      }
    }
    expect(texts.length).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });
});
