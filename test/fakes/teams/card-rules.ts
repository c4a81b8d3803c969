import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { at, elementsIn, isJson, listAt, textAt, type Json } from './json.js';

const LIMIT_BYTES = 28 * 1_024;
const ACTIONS = 6;
const VIEWERS = 60;

/** Elements and actions that Teams knows in version 1.5. */
const KNOWN = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'Container',
  'ColumnSet',
  'Column',
  'FactSet',
  'Image',
  'ImageSet',
  'ActionSet',
  'Table',
  'Input.Text',
  'Input.Date',
  'Input.ChoiceSet',
  'Input.Toggle',
  'Input.Number',
  'Input.Time',
  'Data.Query',
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
  'Action.ShowCard',
  'Action.ToggleVisibility',
]);

/**
 * What is wrong with a card, as Teams would find it: what the Adaptive Cards library says, and what only Teams minds.
 *
 * @param where a card in a conversation needs a web link, for phones that show it without its actions; a dialog does not.
 */
export function wrongWithCard(card: unknown, where: 'message' | 'dialog' = 'message'): string[] {
  if (!isJson(card) || card['type'] !== 'AdaptiveCard') return ['It is no Adaptive Card.'];
  const problems = [...wrongForLibrary(card)];
  const elements = elementsIn(card);
  const strange = elements
    .map(({ type }) => String(type))
    .filter((type) => !KNOWN.has(type) && type !== 'AdaptiveCard');
  problems.push(...strange.map((type) => `Teams does not know ${type}.`));
  if (!/^1\.[0-5]$/.test(textAt(card, 'version') ?? ''))
    problems.push(`Version ${String(card['version'])} is not shown.`);
  if (Buffer.byteLength(JSON.stringify(card)) > LIMIT_BYTES && where !== 'dialog')
    problems.push('It is larger than 28 KB.');
  const actions = elements.flatMap((element) => listAt(element, 'actions'));
  if (actions.length > ACTIONS) problems.push(`It has ${actions.length} actions; Teams shows ${ACTIONS}.`);
  for (const action of actions) {
    if (!textAt(action, 'title')) problems.push('An action has no title.');
    if (action['type'] === 'Action.Execute' && !textAt(action, 'verb')) problems.push('An Action.Execute has no verb.');
    if (action['type'] === 'Action.OpenUrl' && !/^https?:\/\//.test(textAt(action, 'url') ?? ''))
      problems.push('A link is no whole address.');
  }
  if (where === 'message' && !actions.some(({ type }) => type === 'Action.OpenUrl'))
    problems.push('It has no web link.');
  problems.push(...wrongChoices(elements), ...wrongRefresh(card), ...wrongIds(elements), ...wrongText(elements));
  return problems;
}

function wrongForLibrary(card: Json): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const found = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const validated = parsed.validateProperties().validationEvents.map(({ message }) => message);
  // Teams reads a searched list on cards of 1.5 too, and needs no choices beside it; the library knows neither.
  return [...found, ...validated].filter(
    (message) =>
      !message.startsWith('Property "choices.data" is supported') && !message.includes('at least one choice'),
  );
}

function wrongChoices(elements: Json[]): string[] {
  return elements
    .filter((element) => element['type'] === 'Input.ChoiceSet')
    .filter((element) => listAt(element, 'choices').length === 0 && !isJson(element['choices.data']))
    .map(({ id }) => `There is nothing to choose in ${String(id)}.`);
}

function wrongRefresh(card: Json): string[] {
  const refresh = at(card, 'refresh');
  if (!isJson(refresh)) return [];
  const ids = Array.isArray(refresh['userIds']) ? refresh['userIds'] : [];
  return [
    ...(at(refresh, 'action', 'type') === 'Action.Execute'
      ? []
      : ['It refreshes by something else than Action.Execute.']),
    ...(ids.length === 0 || ids.length > VIEWERS ? [`It refreshes for ${ids.length} people.`] : []),
    ...(ids.every((id) => typeof id === 'string' && id.startsWith('29:'))
      ? []
      : ['It refreshes for somebody Teams does not know.']),
  ];
}

function wrongIds(elements: Json[]): string[] {
  const ids = elements.flatMap((element) => textAt(element, 'id') ?? []);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `Two elements are called ${id}.`);
}

/** Texts in which Teams makes links, lists and mentions of what people typed. */
function wrongText(elements: Json[]): string[] {
  return elements
    .filter(({ type }) => type === 'TextBlock' || type === 'FactSet')
    .map(({ type }) => `A ${String(type)} is read as Markdown: a TextRun is not.`);
}
