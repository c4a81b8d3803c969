import { readFileSync } from 'node:fs';
import { isMethodName, type MethodName } from './method-scopes.js';

/**
 * Methods the product calls, read from the one file that calls any.
 *
 * @throws when one of them is missing from the table of scopes.
 */
export function methodsCalled(): MethodName[] {
  const code = readFileSync('src/platforms/slack/web-api.ts', 'utf8');
  const found = [...code.matchAll(/(?:client|hurried)\)?\.([a-z]+(?:\.[a-zA-Z0-9]+)+)\(/g)].map(
    ([, name = '']) => name,
  );
  const unknown = found.filter((name) => !isMethodName(name));
  if (unknown.length > 0) throw new Error(`Missing from the table of scopes: ${unknown.join(', ')}`);
  return [...new Set(found)].filter(isMethodName);
}
