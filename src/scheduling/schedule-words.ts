/** A word of a schedule, by what it means. Dutch and English may be mixed: nobody is refused for writing "every maandag". */
export type Token =
  | { kind: 'nth'; n: number; text: string }
  | { kind: 'number'; n: number; text: string }
  | { kind: 'year'; n: number; text: string }
  | { kind: 'weekday'; n: number; text: string }
  | { kind: 'month'; n: number; text: string }
  | { kind: 'date'; day: string; text: string }
  | { kind: 'every' | 'day' | 'working-day' | 'each-month' | 'quarter' | 'week'; text: string };

const WEEKDAYS = [
  ['maandag', 'maandagen', 'monday', 'mondays', 'ma', 'mon'],
  ['dinsdag', 'dinsdagen', 'tuesday', 'tuesdays', 'di', 'tue'],
  ['woensdag', 'woensdagen', 'wednesday', 'wednesdays', 'wo', 'wed'],
  ['donderdag', 'donderdagen', 'thursday', 'thursdays', 'do', 'thu'],
  ['vrijdag', 'vrijdagen', 'friday', 'fridays', 'vr', 'fri'],
  ['zaterdag', 'zaterdagen', 'saturday', 'saturdays', 'za', 'sat'],
  ['zondag', 'zondagen', 'sunday', 'sundays', 'zo', 'sun'],
];

const MONTHS = [
  ['januari', 'january', 'jan'],
  ['februari', 'february', 'feb'],
  ['maart', 'march', 'mrt'],
  ['april', 'apr'],
  ['mei', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['augustus', 'august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
];

const ORDINALS: Record<string, number> = {
  eerste: 1,
  first: 1,
  tweede: 2,
  second: 2,
  derde: 3,
  third: 3,
  vierde: 4,
  fourth: 4,
  vijfde: 5,
  fifth: 5,
  laatste: -1,
  last: -1,
};

const OTHERS: Record<string, 'every' | 'day' | 'working-day' | 'each-month' | 'quarter' | 'week'> = {
  elke: 'every',
  elk: 'every',
  iedere: 'every',
  ieder: 'every',
  every: 'every',
  each: 'every',
  dag: 'day',
  dagelijks: 'day',
  day: 'day',
  daily: 'day',
  werkdag: 'working-day',
  werkdagen: 'working-day',
  workday: 'working-day',
  workdays: 'working-day',
  'working-day': 'working-day',
  maand: 'each-month',
  maandelijks: 'each-month',
  month: 'each-month',
  monthly: 'each-month',
  kwartaal: 'quarter',
  trimester: 'quarter',
  quarter: 'quarter',
  week: 'week',
  wekelijks: 'week',
  weekly: 'week',
};

/** They say nothing that the other words do not. */
const FILLERS = new Set(['de', 'het', 'the', 'op', 'on', 'van', 'of', 'in', 'en', 'and', '&', 'telkens']);

/** Every word that means something, for "bedoelde u". */
export const KNOWN_WORDS = [
  ...WEEKDAYS.flat(),
  ...MONTHS.flat(),
  ...Object.keys(ORDINALS),
  ...Object.keys(OTHERS),
].filter((word) => word.length > 3);

/** What a word means; undefined when it says nothing, `unknown` when nobody knows it. */
export function readWord(word: string): Token | 'unknown' | undefined {
  if (FILLERS.has(word)) return undefined;
  if (/^\d{4}-(?:0[1-9]|1[0-2])-\d{2}$/.test(word)) return { kind: 'date', day: word, text: word };
  const number = /^(\d{1,4})(ste|de|e|st|nd|rd|th)?$/.exec(word);
  if (number) {
    const n = Number(number[1]);
    if (number[2]) return { kind: 'nth', n, text: word };
    return { kind: n >= 1_000 ? 'year' : 'number', n, text: word };
  }
  const weekday = WEEKDAYS.findIndex((names) => names.includes(word));
  if (weekday >= 0) return { kind: 'weekday', n: weekday + 1, text: word };
  const month = MONTHS.findIndex((names) => names.includes(word));
  if (month >= 0) return { kind: 'month', n: month + 1, text: word };
  const nth = ORDINALS[word];
  if (nth !== undefined) return { kind: 'nth', n: nth, text: word };
  const other = OTHERS[word];
  return other ? { kind: other, text: word } : 'unknown';
}

/** "juni", "June": for what a refusal names. */
export function sayMonth(month: number, locale: 'nl' | 'en'): string {
  return new Date(Date.UTC(2026, month - 1, 1)).toLocaleDateString(locale === 'nl' ? 'nl-BE' : 'en-GB', {
    month: 'long',
    timeZone: 'UTC',
  });
}
