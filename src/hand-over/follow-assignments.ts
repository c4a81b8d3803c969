import { toWorkingHours } from '../calendar/working-hours.js';
import type { Schedule } from '../chat/feature.js';
import { toLocale } from '../chat/texts.js';
import { findMoves } from './find-moves.js';
import { moveSignals } from './move-signals.js';
import { handOverTexts } from './texts.js';

/** Signals moved in one transaction; the next minute takes the rest. */
const BATCH = 50;

/**
 * Open signals follow who answers for them: a neighbourhood that changes hands on a date, a file that was applied, somebody
 * who left or was deactivated, whichever way that came about. In working hours, so that nobody is told at midnight.
 */
export const followAssignments: Schedule = {
  id: 'hand-over.follow',
  says: (locale) => handOverTexts(locale)('schedule'),
  missed: 'latest',
  async occasions({ db, municipality, window }) {
    const at = window.until;
    if (toWorkingHours(at, municipality) > at) return [];
    const moves = await findMoves(db, municipality, at);
    return [...new Set(moves.map(({ fromId }) => fromId))].map((subject) => ({ subject, at }));
  },
  async run({ tx, municipality, now, outbox }, { subject: fromId, moment }) {
    const moves = (await findMoves(tx, municipality, now)).filter((move) => move.fromId === fromId).slice(0, BATCH);
    const why = handOverTexts(toLocale(municipality.locale))('why.assignment');
    const context = { municipality, now, outbox, person: null, platform: 'system' as const };
    await moveSignals(tx, context, { moves, why, batch: `${fromId}:${moment}` });
  },
};
