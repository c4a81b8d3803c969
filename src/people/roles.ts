import type { Person, Role } from '../storage/database.js';

/** How somebody stands to one signal, whatever their role. Who is none of these is nobody to it. */
export type Relation =
  | 'owner'
  /** Of the owner, who is on leave today. */
  | 'replacement'
  | 'filer'
  /** Filed it, and nobody else did or joined since. Is a filer too. */
  | 'filer alone'
  | 'follower'
  /** Drives the follow-up of an accepted signal (trekker). */
  | 'lead'
  /** Has an action on it to do. */
  | 'assignee'
  /** Answers through a personal link, without an account. */
  | 'partner'
  /** Signal coordinator of the filer's sector or organisation, today. */
  | 'sector coordinator';

const MEMBERS = ['worker', 'signal_coordinator', 'regisseur', 'coordinator'] as const;
const TRIAGE = ['regisseur', 'coordinator'] as const;
/** "Owner" in the procedure: the owner, a replacement in leave, or the coordinator. */
const OWNERS = ['owner', 'replacement', 'coordinator'] as const;

/**
 * Who may do what: for each action the roles that may do it on any signal, and the relations that may do it on theirs.
 * The one place that says so, for the chat and the pages alike; `docs/roles.md` is the same as a table, and a test holds
 * the two against each other. An administrator reads no signals by that role. Source: the procedure, and document 3.
 */
// prettier-ignore
const MAY = {
  'file a signal':                    MEMBERS,
  'read signals':                     MEMBERS,
  'read who filed':                   TRIAGE,
  'read internal notes':              TRIAGE,
  'read words to the filers':         [...TRIAGE, 'filer'],
  'be named on the timeline':         TRIAGE,
  'follow up signals':                TRIAGE,
  'look up colleagues':               TRIAGE,
  'answer a question':                ['filer'],
  'withdraw a signal':                ['filer alone'],
  'amend a signal':                   ['filer'],
  'test a signal':                    ['sector coordinator'],
  'add to a signal':                  ['sector coordinator'],
  // Where the municipality says so.
  'take a signal on for its owner':   ['sector coordinator'],
  'take a step':                      OWNERS,
  'correct a step or text':           OWNERS,
  'write an internal note':           OWNERS,
  'send feedback':                    OWNERS,
  'transfer a signal':                OWNERS,
  'split or link signals':            OWNERS,
  'choose the lead':                  OWNERS,
  'ask a partner':                    OWNERS,
  'answer as a partner':              ['partner'],
  'give somebody an action':          [...OWNERS, 'lead'],
  'finish an action':                 [...OWNERS, 'lead', 'assignee'],
  // Owner: who follows up signals, of their own leave.
  'arrange leave':                    ['owner', 'coordinator'],
  // Owner: its editor.
  'edit a newsletter':                ['owner', 'coordinator'],
  'organise forums':                  TRIAGE,
  'decide on membership':             ['coordinator'],
  'see failed deliveries':            ['administrator'],
} as const satisfies Record<string, readonly (Role | Relation)[]>;

export type Permission = keyof typeof MAY;
export const PERMISSIONS = Object.keys(MAY) as Permission[];

/**
 * Whether somebody may do this; nobody may who is no longer active.
 *
 * @param relations how they stand to the signal it is about; none: to any signal.
 */
export function may(
  person: Pick<Person, 'roles' | 'active'>,
  action: Permission,
  relations: readonly Relation[] = [],
): boolean {
  const allowed: readonly (Role | Relation)[] = MAY[action];
  return (
    person.active && allowed.some((who) => relations.includes(who as Relation) || person.roles.includes(who as Role))
  );
}

/** The roles that may do this on any signal. */
export function rolesThatMay(action: Permission): Role[] {
  return MAY[action].filter((who): who is Extract<typeof who, Role> => ROLES.has(who));
}

const ROLES: ReadonlySet<string> = new Set<Role>([
  'worker',
  'signal_coordinator',
  'regisseur',
  'coordinator',
  'administrator',
]);
