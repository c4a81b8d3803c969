import type { Feature } from './chat/feature.js';
import { administration } from './administration/index.js';
import { digests } from './digests/index.js';
import { drafts } from './drafts/index.js';
import { endorsements } from './endorsements/index.js';
import { forums } from './forums/index.js';
import { leave } from './leave/index.js';
import { links } from './links/index.js';
import { linking } from './people/linking/index.js';
import { following } from './following/index.js';
import { newsletters } from './newsletters/index.js';
import { partners } from './partners/index.js';
import { handOver } from './hand-over/index.js';
import { helps } from './helps/index.js';
import { reminders } from './reminders/index.js';
import { routing } from './routing/index.js';
import { sectors } from './sectors/index.js';
import { settings } from './settings/index.js';
import { signals } from './signals/index.js';
import { signIn } from './sign-in/index.js';
import { statusSite } from './status-site/status-site.js';
import { tasks } from './tasks/index.js';
import { transfer } from './transfer/index.js';

const capabilities: Feature[] = [
  signals,
  endorsements,
  transfer,
  links,
  following,
  digests,
  tasks,
  partners,
  handOver,
  leave,
  reminders,
  helps,
  drafts,
  sectors,
  routing,
  forums,
  statusSite,
  signIn,
  settings,
  linking,
  administration,
];

/** Every capability of the product; adding one is a folder and a line. The newsletter asks the others what to announce. */
export const features: Feature[] = [...capabilities, newsletters(capabilities)];
