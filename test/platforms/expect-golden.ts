import { format } from 'prettier';
import { expect } from 'vitest';

/** Holds a view against the file of this name in `golden` beside the test. What differs from run to run is named instead. */
export async function expectGolden(name: string, shown: unknown): Promise<void> {
  const text = JSON.stringify(shown)
    .replaceAll(/eyJ[\w-]+\.[\w-]+/g, '<token>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<host>')
    .replaceAll(/\b\d{10}\.\d{6}\b/g, '<ts>')
    .replaceAll(/([?&]s=)[\w-]+/g, '$1<signature>')
    .replaceAll(/\b\d\d:\d\d\b/g, '<time>');
  await expect(await format(text, { parser: 'json', printWidth: 120 })).toMatchFileSnapshot(`golden/${name}.json`);
}
