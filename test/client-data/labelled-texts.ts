import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { FINDING_KINDS, inspectText, type Finding, type FindingKind } from '../../src/client-data/index.js';

const LabelledSet = z.object({ withClientData: z.array(z.string()), withoutClientData: z.array(z.string()) });
const MARK = new RegExp(String.raw`\[\[(${FINDING_KINDS.join('|')}):([\s\S]*?)\]\](?!\])`, 'g');

interface Label {
  kind: FindingKind;
  start: number;
  end: number;
  text: string;
}

interface LabelledText {
  text: string;
  labels: Label[];
}

interface KindScore {
  labels: number;
  misses: string[];
  /** Texts with at least one finding of this kind where nothing of this kind is marked. */
  falseAlarms: string[];
}

/** Reads a labelled set and takes the marks out of the texts. */
export function readLabelledSet(file: string): { withData: LabelledText[]; withoutData: LabelledText[] } {
  const set = LabelledSet.parse(parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
  return { withData: set.withClientData.map(unmark), withoutData: set.withoutClientData.map(unmark) };
}

function unmark(marked: string): LabelledText {
  const labels: Label[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(MARK)) {
    const [whole, kind, labelled] = match;
    text += marked.slice(from, match.index);
    const known = FINDING_KINDS.find((one) => one === kind);
    if (known === undefined || labelled === undefined) throw new Error(`Unknown mark in: ${marked}`);
    labels.push({ kind: known, start: text.length, end: text.length + labelled.length, text: labelled });
    text += labelled;
    from = match.index + whole.length;
  }
  return { text: text + marked.slice(from), labels };
}

const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && b.start < a.end;

/** A label is found when a finding of its kind touches it; a finding of a kind that touches no label is a false alarm. */
export function score(texts: LabelledText[], allow: string[]): Record<FindingKind, KindScore> {
  const scores = Object.fromEntries(
    FINDING_KINDS.map((kind) => [kind, { labels: 0, misses: [], falseAlarms: [] }]),
  ) as unknown as Record<FindingKind, KindScore>;
  for (const { text, labels } of texts) {
    const { blocked, likelyNames } = inspectText(text, { allow });
    const findings: Finding[] = [...blocked, ...likelyNames];
    for (const label of labels) {
      scores[label.kind].labels++;
      const isFound = findings.some((finding) => finding.kind === label.kind && overlaps(finding, label));
      if (!isFound) scores[label.kind].misses.push(`${label.text}  <-  ${text}`);
    }
    for (const finding of findings) {
      const isMarked = labels.some((label) => label.kind === finding.kind && overlaps(finding, label));
      if (!isMarked) scores[finding.kind].falseAlarms.push(`${finding.text}  <-  ${text}`);
    }
  }
  return scores;
}
