import { describe, expect, it } from 'vitest';
import { createSecretBox } from '../../src/storage/secret-box.js';

const NOW = 'the key of now, of more than 32 characters';
const BEFORE = 'the key of before, more than 32 characters';

describe('secrets at rest', () => {
  it('come out as they went in, and cannot be read without the key', async () => {
    const sealed = await createSecretBox([NOW]).seal('xoxb-geheim');
    expect(sealed).not.toContain('geheim');
    expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString()).not.toContain('geheim');
    expect(await createSecretBox([NOW]).open(sealed)).toEqual({ secret: 'xoxb-geheim', stale: false });
    expect(await createSecretBox([BEFORE]).open(sealed)).toBeUndefined();
  });

  it('look different each time, so that equal secrets cannot be told', async () => {
    const box = createSecretBox([NOW]);
    expect(await box.seal('xoxb-geheim')).not.toBe(await box.seal('xoxb-geheim'));
  });

  it('survive a change of key: the old one still opens, and says that it is old', async () => {
    const sealed = await createSecretBox([BEFORE]).seal('xoxb-geheim');
    expect(await createSecretBox([NOW, BEFORE]).open(sealed)).toEqual({ secret: 'xoxb-geheim', stale: true });
    const anew = await createSecretBox([NOW, BEFORE]).seal('xoxb-geheim');
    expect(await createSecretBox([NOW]).open(anew)).toEqual({ secret: 'xoxb-geheim', stale: false });
  });

  it('cannot be changed unnoticed', async () => {
    const box = createSecretBox([NOW]);
    const parts = (await box.seal('xoxb-geheim')).split('.');
    for (const [index, part] of parts.entries()) {
      if (part === '') continue;
      const other = `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}`;
      expect(await box.open(parts.with(index, other).join('.'))).toBeUndefined();
    }
    for (const nonsense of ['', 'x', 'a.b.c.d.e', 'xoxb-geheim']) expect(await box.open(nonsense)).toBeUndefined();
  });

  it('name their key without giving it away', async () => {
    const sealed = await createSecretBox([NOW]).seal('x');
    const header = Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString();
    expect(JSON.parse(header)).toEqual({ alg: 'dir', enc: 'A256GCM', kid: expect.stringMatching(/^[\w-]{8}$/) });
    expect(NOW).not.toContain((JSON.parse(header) as { kid: string }).kid);
  });

  it('are refused without any key: nothing is ever kept readable', () => {
    expect(() => createSecretBox([])).toThrow('ENCRYPTION_KEY');
  });
});
