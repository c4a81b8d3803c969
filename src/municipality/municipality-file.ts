import { checkMunicipalityFile } from './check-municipality-file.js';
import { type FileProblem, findingsOf, toProblems } from './file-problems.js';
import { MunicipalityFile } from './file-schema.js';
import { MunicipalitySettings } from './municipality-settings.js';
import { readYaml } from './read-yaml.js';

export type { FileProblem } from './file-problems.js';
export type { MunicipalityFile } from './file-schema.js';

type ParsedMunicipalityFile =
  | { ok: true; file: MunicipalityFile; /** Worth saying, nothing to refuse for. */ notices: FileProblem[] }
  | { ok: false; problems: FileProblem[] };

/**
 * Reads a municipality file.
 *
 * @param yamlText the whole file.
 * @param today YYYY-MM-DD; notices about days before it are left out. Default: all days since the file's first `from`.
 * @returns the file, or everything that is wrong with it in the order of its lines (1-based lines and columns). Mistakes
 *   in the YAML come first, then in its keys and values, then what contradicts itself: each only when the former is right.
 */
export function parseMunicipalityFile(yamlText: string, today?: string): ParsedMunicipalityFile {
  const source = readYaml(yamlText);
  if (!source.ok) return { ok: false, problems: source.problems };
  const parsed = MunicipalityFile.safeParse(source.value, { reportInput: true });
  if (!parsed.success) return { ok: false, problems: toProblems(findingsOf(parsed.error.issues), source) };
  const { problems, notices } = checkMunicipalityFile(parsed.data, today);
  if (problems.length > 0) return { ok: false, problems: toProblems(problems, source) };
  return { ok: true, file: parsed.data, notices: toProblems(notices, source) };
}

/** The part of a file that `Municipality.settings` keeps. */
export function settingsOf(file: MunicipalityFile): MunicipalitySettings {
  return MunicipalitySettings.parse(file);
}
