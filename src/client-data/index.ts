export { BLOCKED_KINDS, FINDING_KINDS, type Finding, type FindingKind } from './finding.js';
export { inspectText } from './inspect-text.js';
