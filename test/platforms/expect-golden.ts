import { format } from 'prettier';
import { expect } from 'vitest';

/** Holds a view against the file of this name in `golden` beside the test. What differs from run to run is named instead. */
export async function expectGolden(name: string, shown: unknown): Promise<void> {
  const text = JSON.stringify(shown)
    .replaceAll(/eyJ[\w-]+\.[\w-]+/g, '<token>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    // Of which signals something has to be confirmed.
    .replaceAll(/\bok-[0-9a-f]{12}\b/g, 'ok-<which>')
    // What partners and one-time links are opened with, and what is typed to link two accounts.
    .replaceAll(/(\/(?:partner|aanmelden)\/)[\w-]{43}/g, '$1<secret>')
    .replaceAll(/\b\d{4} \d{4}\b/g, '<code>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<host>')
    .replaceAll(/\b\d{10}\.\d{6}\b/g, '<ts>')
    .replaceAll(/([?&]s=)[\w-]+/g, '$1<signature>')
    .replaceAll(/\b\d\d:\d\d\b/g, '<time>');
  await expect(await format(text, { parser: 'json', printWidth: 120 })).toMatchFileSnapshot(`golden/${name}.json`);
}
