import fc from 'fast-check';

/** Any JSON object. */
export type JsonRecord = Record<string, unknown>;
type Path = string[];

const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place in a value, the outer ones first. */
function placesIn(value: unknown, path: Path = []): Path[] {
  const inside = isRecord(value)
    ? Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))
    : Array.isArray(value)
      ? value.flatMap((inner, index) => placesIn(inner, [...path, String(index)]))
      : [];
  return path.length > 0 ? [path, ...inside] : inside;
}

function withAt(value: JsonRecord, [key = '', ...rest]: Path, replacement: unknown): JsonRecord {
  if (rest.length === 0) return { ...value, [key]: replacement };
  const inner = value[key];
  if (Array.isArray(inner)) {
    const [index = '0', ...deeper] = rest;
    const changed = inner.map((one: unknown, at) => {
      if (String(at) !== index) return one;
      return deeper.length === 0 ? replacement : isRecord(one) ? withAt(one, deeper, replacement) : one;
    });
    return { ...value, [key]: changed };
  }
  return isRecord(inner) ? { ...value, [key]: withAt(inner, rest, replacement) } : value;
}

/** Whatever JSON can hold, and what databases, regular expressions and HTML trip over. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    ...['\u0000', 'a\u0000b', '\ud800', '%', "';--", '<at>', '<b>x', '../..', '🏘️'.repeat(50), 'x'.repeat(20_000)],
    ...['', ' ', -1, 0, 1e308, null, true, [], [null], [[]], {}, { wijk: null }, { constructor: 1, toString: 1 }],
  ),
);

/**
 * Real ones with something else in one to three places, or with something taken away.
 *
 * @param foreign what is real, but belongs somewhere else: somebody's id, another form's token, an action of others.
 */
export function mutated(real: readonly JsonRecord[], foreign: readonly unknown[] = []): fc.Arbitrary<JsonRecord> {
  const other = foreign.length > 0 ? fc.oneof(odd, fc.constantFrom(...foreign)) : odd;
  return fc.constantFrom(...real).chain((one) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesIn(one)), fc.option(other, { nil: undefined })), {
        minLength: 1,
        maxLength: 3,
      })
      .map((changes) => changes.reduce((changed, [place, value]) => withAt(changed, place, value), one)),
  );
}
