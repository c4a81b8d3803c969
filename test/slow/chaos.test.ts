import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, launch, openPlayground, start, temporaryFolder } from './program.js';

beforeAll(() => build());

/** Files without end, until the program is gone. */
async function fileForever(url: string, shown: Set<string>): Promise<void> {
  const playground = await openPlayground(url);
  for (let number = 1; ; number += 1) {
    try {
      const reference = await playground.file(`Signaal nummer ${number}`);
      if (reference) shown.add(reference);
    } catch {
      // The program is gone in the middle of a request: what was not answered was not shown.
      return;
    }
  }
}

describe('a program that is killed in the middle of filing', () => {
  it('has every reference it showed, after the restart, on the embedded database', async () => {
    const dataDir = await temporaryFolder();
    const shown = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const program = await start({ DATA_DIR: dataDir, LOG_LEVEL: 'info' });
      const filing = fileForever(program.url, shown);
      await expect.poll(() => shown.size, { timeout: 60_000, interval: 5 }).toBeGreaterThan(round * 3 + 2);
      program.process.kill('SIGKILL');
      await program.exit;
      await filing;
    }
    const program = await start({ DATA_DIR: dataDir });
    expect(shown.size).toBeGreaterThan(8);
    for (const reference of shown) {
      expect((await fetch(`${program.url}/signalen/${reference}`)).status, reference).toBe(200);
    }
    program.process.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });
});

describe('a program that is asked to stop while people are filing', () => {
  it('ends within ten seconds with status 0, and everything it showed is there', async () => {
    const dataDir = await temporaryFolder();
    const shown = new Set<string>();
    const program = await start({ DATA_DIR: dataDir });
    const filing = Promise.all([fileForever(program.url, shown), fileForever(program.url, shown)]);
    await expect.poll(() => shown.size, { timeout: 60_000, interval: 5 }).toBeGreaterThan(3);
    const asked = Date.now();
    program.process.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    await filing;
    const again = await start({ DATA_DIR: dataDir });
    for (const reference of shown) {
      expect((await fetch(`${again.url}/signalen/${reference}`)).status, reference).toBe(200);
    }
  });
});

describe('a start that cannot succeed', () => {
  const refused = async (environment: Record<string, string>): Promise<string> => {
    const program = launch(environment);
    expect(await program.exit).toBe(1);
    const said = program.output();
    expect(said).not.toMatch(/^\s+at /m);
    return said;
  };

  it('says which variable is wrong and what it should be', async () => {
    expect(await refused({ PORT: 'drieduizend' })).toContain('PORT should be a whole number');
  });

  it('says that the data folder is in use by another process, within a second of looking', async () => {
    const dataDir = await temporaryFolder();
    const first = await start({ DATA_DIR: dataDir });
    expect(await refused({ DATA_DIR: dataDir })).toContain('in use by another process');
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  it('says that the data folder cannot be written', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'file'), '');
    expect(await refused({ DATA_DIR: path.join(folder, 'file') })).toContain('cannot be written');
  });

  it('says that the database does not answer, without its password', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    silent.close();
    const said = await refused({ DATABASE_URL: `postgresql://somebody:geheim@127.0.0.1:${port}/signalen` });
    expect(said).toContain(`127.0.0.1:${port}`);
    expect(said).not.toContain('geheim');
  });

  it('says on which line the municipality file is wrong', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, 'town.yaml');
    await writeFile(file, 'name: Teststad\nreference: T\nneigbourhoods: []\n');
    const said = await refused({ DATA_DIR: path.join(folder, 'data'), MUNICIPALITY_FILE: file });
    expect(said).toContain('line 3');
  });
});
