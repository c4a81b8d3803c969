export { BLOCKED_KINDS, FINDING_KINDS, type BlockedKind, type Finding, type FindingKind } from './finding.js';
export { inspectText, type Inspection } from './inspect-text.js';
