import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import draft04 from 'ajv-draft-04';
import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBuffer, type Entry } from 'yauzl';
import { features } from '../../src/features.js';
import { findSaidCommand } from '../../src/chat/find-command.js';
import { packTeamsApp } from '../../src/platforms/teams/manifest.js';
import { CONSENTS, FILE_COMMAND, SEARCH_COMMAND, SEARCH_PARAMETER } from '../../src/platforms/teams/surface.js';

const APP_ID = '0f1e2d3c-1111-4222-8333-444455556666';
const HOST = 'signalen.stad.example';

interface CommandList {
  scopes: string[];
  commands: { title: string; description: string }[];
}
interface Manifest {
  $schema: string;
  manifestVersion: string;
  version: string;
  id: string;
  bots: { botId: string; scopes: string[]; commandLists: CommandList[] }[];
  composeExtensions: {
    commands: {
      id: string;
      type: string;
      context: string[];
      fetchTask?: boolean;
      parameters?: { name: string }[];
    }[];
    messageHandlers: { value: { domains: string[] } }[];
  }[];
  staticTabs: { entityId: string; contentUrl?: string; scopes: string[] }[];
  validDomains: string[];
  webApplicationInfo: { id: string; resource: string };
  authorization: {
    permissions: { resourceSpecific: { name: string; type: string }[] };
  };
  localizationInfo: {
    defaultLanguageTag: string;
    additionalLanguages: { languageTag: string; file: string }[];
  };
}

const schemas = createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json');
/** Microsoft's own copy of the schema that an address names, held against it word for word. */
function problemsOf(address: string, value: unknown): unknown {
  const [, version, name] = /\/teams\/(v[\d.]+)\/(.+)$/.exec(address) ?? [];
  const schema: object = JSON.parse(
    readFileSync(schemas.replace('package.json', `build/json-schemas/teams/${version}/${name}`), 'utf8'),
  );
  // Formats are said as patterns too, and some patterns are none to Unicode's stricter reading.
  const options = { allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false };
  const check = new draft04.default(options).compile(schema);
  check(value);
  return check.errors ?? [];
}

const template = JSON.parse(readFileSync('manifests/teams/manifest.json', 'utf8')) as Manifest;
const english = JSON.parse(readFileSync('manifests/teams/en.json', 'utf8')) as Record<string, string>;
const commands = features.flatMap((feature) => feature.commands ?? []);
const [personal, shared] = template.bots[0]?.commandLists ?? [];

/** What somebody types in a chat. */
const reached = (typed: string) => findSaidCommand(commands, typed)?.command;

describe('the app manifest of Teams', () => {
  it('fits the schema it names, in both languages, as it stands and as it is filled in', () => {
    expect(template.$schema).toContain(`/v${template.manifestVersion}/`);
    expect(problemsOf(template.$schema, template)).toEqual([]);
    expect(problemsOf(String(english['$schema']), english)).toEqual([]);
    expect(String(english['$schema'])).toContain(`/v${template.manifestVersion}/`);
  });

  it('is not called valid when it is not: the schema bites', () => {
    expect(problemsOf(template.$schema, { ...template, id: 'wijksignaal' })).not.toEqual([]);
    expect(problemsOf(template.$schema, { ...template, extra: true })).not.toEqual([]);
  });

  it('offers a bot in one’s own chat, in teams and in group chats', () => {
    expect(template.bots[0]?.scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(personal?.scopes).toEqual(['personal']);
    expect(shared?.scopes).toEqual(['team', 'groupChat']);
  });

  it.each(['nl', 'en'])('lists commands that the bot knows, each once (%s)', (language) => {
    for (const [list, { commands: listed }] of (template.bots[0]?.commandLists ?? []).entries()) {
      const titles = listed.map(({ title }, index) =>
        language === 'nl' ? title : english[`bots[0].commandLists[${list}].commands[${index}].title`],
      );
      const found = titles.map((title) => reached(title ?? ''));
      expect(found, titles.join()).not.toContain(undefined);
      expect(new Set(found).size).toBe(titles.length);
    }
  });

  it('lists the commands of the main job, and as many as Teams shows', () => {
    const titles = personal?.commands.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['signaal', 'mijn', 'status', 'zoek', 'regisseur', 'help']));
    expect(titles?.length).toBe(Math.min(commands.length, 10));
  });

  it('lists in teams what may be answered there, and filing', () => {
    const there = shared?.commands.map(({ title }) => reached(title)) ?? [];
    const main = reached('signaal');
    expect(new Set(there)).toEqual(new Set([main, ...commands.filter(({ inPublic }) => inPublic)]));
  });

  it('has every word in both languages', () => {
    const wanted = new Set<string>();
    template.bots[0]?.commandLists.forEach((list, at) =>
      list.commands.forEach((_, index) => {
        for (const key of ['title', 'description']) wanted.add(`bots[0].commandLists[${at}].commands[${index}].${key}`);
      }),
    );
    template.composeExtensions[0]?.commands.forEach((command, at) => {
      for (const key of ['title', 'description']) wanted.add(`composeExtensions[0].commands[${at}].${key}`);
      command.parameters?.forEach((_, index) => {
        for (const key of ['title', 'description'])
          wanted.add(`composeExtensions[0].commands[${at}].parameters[${index}].${key}`);
      });
    });
    template.staticTabs.forEach((tab, at) => 'name' in tab && wanted.add(`staticTabs[${at}].name`));
    for (const key of ['name.short', 'name.full', 'description.short', 'description.full']) wanted.add(key);
    expect(new Set(Object.keys(english).filter((key) => key !== '$schema'))).toEqual(wanted);
    expect(template.localizationInfo).toEqual({
      defaultLanguageTag: 'nl',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    });
  });

  it('offers what the bot answers: making a signal, of a message too, and finding one', () => {
    const [make, find] = template.composeExtensions[0]?.commands ?? [];
    expect(make).toMatchObject({
      id: FILE_COMMAND,
      type: 'action',
      context: ['compose', 'message'],
      fetchTask: true,
    });
    expect(find).toMatchObject({
      id: SEARCH_COMMAND,
      type: 'query',
      parameters: [{ name: SEARCH_PARAMETER }],
    });
    expect(template.composeExtensions[0]?.commands.length).toBe(2);
  });

  it('asks for no more consent than the bot uses', () => {
    const asked = template.authorization.permissions.resourceSpecific;
    expect(asked.map(({ name }) => name)).toEqual(Object.keys(CONSENTS));
    expect(asked.every(({ type }) => type === 'Application')).toBe(true);
  });
});

describe('the zip that an administrator uploads', () => {
  let files: Map<string, Buffer>;
  let manifest: Manifest;
  beforeAll(async () => {
    files = await unzip(
      await packTeamsApp({
        appId: APP_ID,
        publicUrl: `https://${HOST}/`,
        version: '1.2.3',
      }),
    );
    manifest = JSON.parse(String(files.get('manifest.json'))) as Manifest;
  });

  it('holds the manifest, its English words and both icons, and nothing else', () => {
    expect([...files.keys()].sort()).toEqual(['color.png', 'en.json', 'manifest.json', 'outline.png']);
    expect(JSON.parse(String(files.get('en.json')))).toEqual(english);
  });

  it('is of this installation alone', () => {
    expect(problemsOf(manifest.$schema, manifest)).toEqual([]);
    expect(manifest).toMatchObject({
      id: APP_ID,
      version: '1.2.3',
      bots: [{ botId: APP_ID }],
      composeExtensions: [{ botId: APP_ID, messageHandlers: [{ value: { domains: [HOST] } }] }],
      validDomains: [HOST],
      webApplicationInfo: { id: APP_ID, resource: `api://${HOST}/${APP_ID}` },
    });
    expect(manifest.staticTabs[1]).toMatchObject({
      contentUrl: `https://${HOST}/teams/tab`,
      scopes: ['personal'],
    });
    const text = String(files.get('manifest.json'));
    for (const placeholder of ['00000000-', 'example.be', '*']) expect(text).not.toContain(placeholder);
  });

  it('is the same every time', async () => {
    const app = {
      appId: APP_ID,
      publicUrl: `https://${HOST}/`,
      version: '1.2.3',
    };
    expect((await packTeamsApp(app)).equals(await packTeamsApp(app))).toBe(true);
  });

  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('%s is %i by %i pixels', (name, size) => {
    const png = files.get(name) ?? Buffer.alloc(0);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });

  it('draws the outline in white alone, on nothing', () => {
    const svg = load(readFileSync('manifests/teams/outline.svg', 'utf8'), {
      xml: true,
    });
    const colours = svg('[stroke], [fill]')
      .toArray()
      .flatMap(({ attribs }) => [attribs['stroke'], attribs['fill']])
      .filter((colour) => colour !== undefined && colour !== 'none');
    expect(new Set(colours)).toEqual(new Set(['#ffffff']));
    expect(svg('rect').length).toBe(0);
  });
});

function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (failed, opened) => {
      if (failed) return reject(failed);
      const files = new Map<string, Buffer>();
      opened.on('entry', (entry: Entry) => {
        opened.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(chunks));
            opened.readEntry();
          });
        });
      });
      opened.on('end', () => resolve(files));
      opened.on('error', reject);
      opened.readEntry();
    });
  });
}
