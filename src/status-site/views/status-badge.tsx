import type { VNode } from 'preact';
import type { Locale } from '../../chat/texts.js';
import { sayStatus } from '../../signals/describe.js';
import type { SignalStatus } from '../../storage/database.js';

/** Statuses that look alike. The word always stands beside the shape, and the shape differs where the colour does. */
type Tone = 'new' | 'busy' | 'asked' | 'done' | 'left';

const TONE: Record<SignalStatus, Tone> = {
  received: 'new',
  in_review: 'busy',
  needs_info: 'asked',
  accepted: 'busy',
  on_agenda: 'busy',
  at_policy: 'busy',
  in_action: 'busy',
  resolved: 'done',
  closed: 'done',
  declined: 'left',
  redirected: 'left',
  merged: 'left',
  withdrawn: 'left',
};

/** Inside a circle of 16 by 16. */
const SHAPE: Record<Tone, VNode> = {
  new: <circle class="shape-fill" cx="8" cy="8" r="2.5" />,
  busy: <path class="shape-fill" d="M8 1.5a6.5 6.5 0 0 1 0 13Z" />,
  asked: <path d="M6.1 6.3a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.7.5-.7 1v.3M8 11.7v.01" />,
  done: <path d="M5.2 8.2 7.2 10.2 10.9 6.1" />,
  left: <path d="M5 8h6" />,
};

export function StatusBadge({ status, locale }: { status: SignalStatus; locale: Locale }): VNode {
  const tone = TONE[status];
  return (
    <span class={`badge status status-${tone}`}>
      <svg class="status-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" />
        {SHAPE[tone]}
      </svg>
      {sayStatus(status, locale)}
    </span>
  );
}
