import type { Field, FormValues } from '../../chat/form.js';

/**
 * A browser posts texts only. The first letter of a field's name says what the text stands for, so that values keep
 * their shape without the form being stored: `s` one text, `l` a list, `t` a tick. Brackets at the end mark names that
 * several controls share.
 */
export function fieldName(field: Field): string {
  switch (field.kind) {
    case 'text':
    case 'multiline':
    case 'select':
    case 'date':
      return `s.${field.id}`;
    case 'multiselect':
      return `l.${field.id}[]`;
    case 'search':
      return `${field.multiple ? 'l' : 's'}.${field.id}[]`;
    case 'tick':
      return `t.${field.id}`;
  }
}

/** The values of a posted form, by field id. Names that are not a field's are left out. */
export function readFormValues(body: Record<string, unknown>): FormValues {
  const values = Object.entries(body).flatMap(([name, raw]): [string, FormValues[string]][] => {
    const id = name.slice(2).replace(/\[\]$/, '');
    // An empty hidden input goes before every list and tick, so that "nothing chosen" arrives too.
    const texts = (Array.isArray(raw) ? raw : [raw]).filter((text) => typeof text === 'string');
    switch (name.slice(0, 2)) {
      case 's.':
        return [[id, texts.at(-1) ?? '']];
      case 'l.':
        return [[id, texts.filter((text) => text !== '')]];
      case 't.':
        return [[id, texts.at(-1) === 'on']];
      default:
        return [];
    }
  });
  return Object.fromEntries(values);
}
