import { readSchedule } from '../scheduling/read-schedule.js';
import { sayScheduleProblem } from '../scheduling/schedule-texts.js';
import { ownersCalled } from './file-people.js';
import type { Finding } from './file-problems.js';
import type { MunicipalityFile } from './file-schema.js';

/**
 * Newsletters whose schedule cannot be read, or whose editor is nobody of the file; readers of neighbourhoods that are none.
 *
 * @param today see `parseMunicipalityFile`; undefined: days that have gone by are not refused.
 */
export function checkNewsletters(file: MunicipalityFile, today?: string): Finding[] {
  const now = new Date(`${today ?? '1970-01-01'}T00:00:00Z`);
  const schedules = file.newsletters.flatMap(({ schedule, editor }, index): Finding[] => {
    const path = ['newsletters', index];
    const read = readSchedule(schedule, { zone: file.zone, now });
    const problem: Finding[] = read.ok
      ? []
      : [
          {
            path: [...path, 'schedule'],
            text: 'SCHEDULE',
            variables: { nl: sayScheduleProblem(read.problem, 'nl'), en: sayScheduleProblem(read.problem, 'en') },
          },
        ];
    const unknown = editor !== undefined && ownersCalled(file, editor).length === 0;
    return [...problem, ...(unknown ? [{ path: [...path, 'editor'], text: 'UNKNOWN_EDITOR' } as const] : [])];
  });
  return [...schedules, ...checkReaders(file)];
}

function checkReaders(file: MunicipalityFile): Finding[] {
  const known = new Set(file.neighbourhoods.map(({ number }) => number));
  return file.readers.flatMap(({ neighbourhoods }, reader) =>
    neighbourhoods.flatMap((number, index): Finding[] =>
      known.has(number)
        ? []
        : [
            {
              path: ['readers', reader, 'neighbourhoods', index],
              text: 'UNKNOWN_NEIGHBOURHOOD',
              variables: { number },
            },
          ],
    ),
  );
}
