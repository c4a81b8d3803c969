import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What stands in `manifests/teams/manifest.json` for one installation's own; the file is valid with them as it is. */
const PLACEHOLDER_ID = '00000000-0000-0000-0000-000000000000';
const PLACEHOLDER_HOST = 'signalen.example.be';

const FOLDER = fileURLToPath(new URL('../../../manifests/teams/', import.meta.url));
/** File times in the package: the same manifest gives the same file, byte for byte. */
const MADE_AT = new Date('2026-01-01T00:00:00Z');

export interface TeamsApp {
  /** `TEAMS_APP_ID`: of the app registration, the bot and the app alike. */
  appId: string;
  /** `PUBLIC_URL`: Teams takes https alone. */
  publicUrl: string;
  /** Of the program; Teams sees a new version by it. */
  version: string;
}

/** The app manifest for one installation: https://learn.microsoft.com/microsoft-365/extensibility/schema */
function fillTeamsManifest(template: string, { appId, publicUrl, version }: TeamsApp): Record<string, unknown> {
  const { host } = new URL(publicUrl);
  const filled = template.replaceAll(PLACEHOLDER_ID, appId).replaceAll(PLACEHOLDER_HOST, host);
  return { ...(JSON.parse(filled) as Record<string, unknown>), version };
}

/** The zip that an administrator uploads: manifest, English words, both icons drawn from their SVG. */
export async function packTeamsApp(app: TeamsApp): Promise<Buffer> {
  const read = (name: string) => readFile(`${FOLDER}${name}`, 'utf8');
  const manifest = fillTeamsManifest(await read('manifest.json'), app);
  // Loaded here alone: a running bot packs nothing.
  const [{ ZipFile }, { Resvg }] = await Promise.all([import('yazl'), import('@resvg/resvg-js')]);
  const draw = async (name: string) => new Resvg(await read(name)).render().asPng();
  const files = {
    'manifest.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    'en.json': Buffer.from(await read('en.json')),
    'color.png': await draw('color.svg'),
    'outline.png': await draw('outline.svg'),
  };
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name, { mtime: MADE_AT });
  zip.end();
  return buffer(zip.outputStream);
}
