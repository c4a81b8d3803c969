import type { Feature } from '../chat/feature.js';
import { regisseurCommand } from './regisseur-command.js';

/** Which regisseur answers for which neighbourhood. Start reading at `choose-owner.ts`. */
export const routing: Feature = { name: 'routing', commands: [regisseurCommand] };
