import { sayDay } from '../calendar/local-day.js';
import { defineTexts, type Locale } from '../chat/texts.js';
import type { ScheduleProblem } from './read-schedule.js';
import { sayMonth } from './schedule-words.js';

const scheduleTexts = defineTexts(
  {
    EMPTY: 'Hier hoort een moment te staan, bijvoorbeeld “elke maandag om 8:30”.',
    NO_TIME: 'Zeg er ook het uur bij, bijvoorbeeld “eerste dinsdag van de maand om 9 u.”.',
    TIME: '“{{time}}” is geen uur van de dag. Schrijf bijvoorbeeld “om 9 u.” of “om 16:30”.',
    WORD: 'We begrijpen “{{word}}” niet. Schrijf bijvoorbeeld “elke maandag om 8:30” of “laatste werkdag van de maand om 16 u.”.',
    'WORD.suggest': 'We begrijpen “{{word}}” niet. Bedoel je “{{suggestion}}”?',
    NO_DAY:
      'We zien niet op welke dag dit valt. Schrijf bijvoorbeeld “eerste dinsdag van maart en september om 9 u.” of “elke maandag om 8:30”.',
    NO_MONTH: 'In welke maand valt de {{day}}ste? Schrijf bijvoorbeeld “{{day}} maart” of “{{day}}ste van de maand”.',
    IMPOSSIBLE: '{{day}} {{month}} bestaat niet. Kies een andere dag, of “laatste dag van {{month}}”.',
    NOT_EVERY_MONTH: 'Niet elke maand heeft een {{n}}ste. Bedoel je de laatste?',
    PAST: '{{day}} is voorbij. Kies een dag die nog komt.',
    SKIPPED_HOUR: 'Op {{day}} bestaat {{time}} niet: de klok gaat dan een uur vooruit. Kies een ander uur.',
  },
  {
    EMPTY: 'This should say a moment, such as “every Monday at 8:30”.',
    NO_TIME: 'Say the time as well, such as “first Tuesday of the month at 9:00”.',
    TIME: '“{{time}}” is not a time of day. Write for example “at 9:00” or “at 16:30”.',
    WORD: 'We do not understand “{{word}}”. Write for example “every Monday at 8:30” or “last working day of the month at 16:00”.',
    'WORD.suggest': 'We do not understand “{{word}}”. Did you mean “{{suggestion}}”?',
    NO_DAY:
      'We cannot tell which day this is. Write for example “first Tuesday of March and September at 9:00” or “every Monday at 8:30”.',
    NO_MONTH: 'In which month is day {{day}}? Write for example “{{day}} March” or “day {{day}} of the month”.',
    IMPOSSIBLE: '{{day}} {{month}} does not exist. Choose another day, or “last day of {{month}}”.',
    NOT_EVERY_MONTH: 'Not every month has number {{n}}. Did you mean the last?',
    PAST: '{{day}} has passed. Choose a day that is still to come.',
    SKIPPED_HOUR: 'On {{day}} there is no {{time}}: the clocks go forward an hour then. Choose another time.',
  },
);

/** What is wrong with a schedule and what to write instead, as one or two sentences. */
export function sayScheduleProblem(problem: ScheduleProblem, locale: Locale): string {
  const t = scheduleTexts(locale);
  switch (problem.code) {
    case 'SCHEDULE.EMPTY':
      return t('EMPTY');
    case 'SCHEDULE.NO_TIME':
      return t('NO_TIME');
    case 'SCHEDULE.NO_DAY':
      return t('NO_DAY');
    case 'SCHEDULE.TIME':
      return t('TIME', { time: problem.time });
    case 'SCHEDULE.WORD':
      return problem.suggestion
        ? t('WORD.suggest', { word: problem.word, suggestion: problem.suggestion })
        : t('WORD', { word: problem.word });
    case 'SCHEDULE.NO_MONTH':
      return t('NO_MONTH', { day: problem.day });
    case 'SCHEDULE.IMPOSSIBLE': {
      const month = [sayMonth(problem.month, locale), problem.year].filter(Boolean).join(' ');
      return t('IMPOSSIBLE', { day: problem.day, month });
    }
    case 'SCHEDULE.NOT_EVERY_MONTH':
      return t('NOT_EVERY_MONTH', { n: problem.n });
    case 'SCHEDULE.PAST':
      return t('PAST', { day: sayDay(problem.day, locale) });
    case 'SCHEDULE.SKIPPED_HOUR':
      return t('SKIPPED_HOUR', { day: sayDay(problem.day, locale), time: problem.time });
  }
}
