/**
 * @param raw as it arrived, decoded from UTF-8: what no database keeps stands in it as an escape only.
 * @returns what stands in it, with texts a database can keep; undefined when it is no JSON.
 */
export function parseJson(raw: string): unknown {
  try {
    // Hardly anybody's does, and looking at each text takes longer than reading them all.
    if (!/\\u(?:0000|d[89a-f])/i.test(raw)) return JSON.parse(raw);
    return JSON.parse(raw, (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Without what no database keeps: the character zero, and halves of characters. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
