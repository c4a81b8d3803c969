import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawArchitecture, PICTURE } from '../docs/draw-architecture.mjs';

it('the picture of the architecture is in step with the imports (else: npm run architecture)', () => {
  expect(readFileSync(PICTURE, 'utf8')).toBe(drawArchitecture());
});
