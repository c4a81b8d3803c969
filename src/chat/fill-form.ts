import type { Context, Source } from './feature.js';
import type { Field, FormPart, FormValues, FormView } from './form.js';

/** The same form with what was typed in it. Search fields need their options' labels again. */
export async function fillForm(
  context: Context,
  sources: Map<string, Source>,
  view: FormView,
  values: FormValues,
): Promise<FormView> {
  const fill = async (part: FormPart): Promise<FormPart> =>
    part.kind === 'note' || !(part.id in values) ? part : fillField(context, sources, part, values[part.id]);
  return { ...view, parts: await Promise.all(view.parts.map(fill)) };
}

async function fillField(
  context: Context,
  sources: Map<string, Source>,
  field: Field,
  value: FormValues[string],
): Promise<Field> {
  switch (field.kind) {
    case 'text':
    case 'multiline':
    case 'select':
    case 'date':
      return { ...field, value: typeof value === 'string' ? value : undefined };
    case 'tick':
      return { ...field, value: value === true };
    case 'multiselect':
      return { ...field, value: Array.isArray(value) ? value : [] };
    case 'search': {
      const chosen = (typeof value === 'string' ? [value] : Array.isArray(value) ? value : []).filter(Boolean);
      const known = await Promise.all(
        chosen.map(async (id) => {
          const initial = field.value?.find((option) => option.value === id);
          return initial ?? (await sources.get(field.source)?.find(context, id));
        }),
      );
      return { ...field, value: known.filter((option) => option !== undefined) };
    }
  }
}
