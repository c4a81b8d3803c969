import { readFileSync } from 'node:fs';

/** `gent`: the demo, and a complete example. `small`: one to start from. */
type Preset = 'gent' | 'small';

/** @returns the text of a municipality file that comes with the program. */
export function readPreset(preset: Preset): string {
  return readFileSync(new URL(`./presets/${preset}.yaml`, import.meta.url), 'utf8');
}
