import {
  type Document,
  LineCounter,
  type Node,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml';
import { type FileProblem, MAX_PROBLEMS, type Position, problem } from './file-problems.js';
import type { TextKey } from './texts.js';

/** Thirty times the complete example with its 25 neighbourhoods; read in a second or two, whatever it holds. */
const MAX_BYTES = 256 * 1024;

interface YamlSource {
  ok: true;
  value: unknown;
  /** Where the value, or the key that leads to it, stands; where it is missing, the closest thing around it. */
  positionOf(path: readonly PropertyKey[], on: 'key' | 'value'): Position;
}

/**
 * Reads plain YAML 1.2: no aliases, no tags, one document. (Aliases are how a small file becomes a huge value, and a
 * copied value has no line of its own to point at.)
 */
export function readYaml(text: string): YamlSource | { ok: false; problems: FileProblem[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return refuse([problem('TOO_BIG', START, { kilobytes: MAX_BYTES / 1024 })]);
  }
  const lines = new LineCounter();
  // The parser compares every key with every other one: quadratic in a map of thousands. `wrongNodes` does it with a set.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'error' });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };

  const syntax = new Map<number, FileProblem>();
  for (const { code, pos, message } of document.errors) {
    const at = position(pos[0]);
    // What the parser says further along a line it did not understand follows from the first.
    if (!syntax.has(at.line)) syntax.set(at.line, problem(syntaxText(code), at, { detail: firstLine(message) }));
  }
  if (syntax.size > 0) return refuse([...syntax.values()]);
  const wrong = wrongNodes(document, position);
  if (wrong.length > 0) return refuse(wrong);
  const value: unknown = document.toJS();
  if (value === null) return refuse([problem('EMPTY_FILE', START)]);
  return { ok: true, value, positionOf: (path, on) => position(offsetOf(document, path, on)) };
}

const START: Position = { line: 1, column: 1 };

function refuse(problems: FileProblem[]): { ok: false; problems: FileProblem[] } {
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

function syntaxText(code: string): TextKey {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'NOT_YAML.tab';
    case 'BAD_INDENT':
      return 'NOT_YAML.indent';
    case 'MULTIPLE_DOCS':
      return 'NOT_YAML.documents';
    case 'RESOURCE_EXHAUSTION':
      return 'NOT_YAML.depth';
    default:
      return 'NOT_YAML';
  }
}

/** The parser's message without its picture of the line and its own "at line". */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
}

function wrongNodes(document: Document, position: (offset: number) => Position): FileProblem[] {
  const found: FileProblem[] = [];
  visit(document, {
    Node(_key, node) {
      const start = node.range?.[0] ?? 0;
      if (isAlias(node) || node.anchor !== undefined) found.push(problem('ALIAS', position(start)));
      else if (node.tag !== undefined) {
        found.push(problem('NOT_YAML.tag', position(start)));
      }
    },
    Map(_key, map) {
      const seen = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const start = key.range?.[0] ?? 0;
        const first = seen.get(name);
        if (first === undefined) seen.set(name, start);
        else found.push(problem('DUPLICATE_KEY', position(start), { key: name, line: position(first).line }));
      }
    },
  });
  return found;
}

function offsetOf(document: Document, path: readonly PropertyKey[], on: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, segment] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      // The schema reads a single thing as a list of one: the index is then not in the file.
      if (!pair) continue;
      const wanted = on === 'key' && index === path.length - 1 ? pair.key : pair.value;
      offset = startOf(wanted) ?? startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
