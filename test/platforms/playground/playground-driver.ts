import { load, type CheerioAPI } from 'cheerio';
import type { FormValues } from '../../../src/chat/form.js';
import type { Actor, Driver, SeenField, SeenForm, SeenMessage, Where } from '../contract-driver.js';
import type { ContractTown } from '../contract-town.js';
import { servePlayground } from './serve-playground.js';

type Found = ReturnType<CheerioAPI>;

/** Uses the playground as a browser does: over HTTP, with what stands in the pages. */
export async function createPlaygroundDriver(town: ContractTown): Promise<Driver> {
  const served = await servePlayground(town);
  return {
    platform: served.playground.platform,
    showsButtonsByViewer: true,
    as: (key) => playgroundActor(served.url, { personId: town.people[key].id, channelId: town.channel.id }),
    stop: () => served.stop(),
  };
}

/**
 * Somebody in a playground that is served there.
 *
 * @param directId of their direct messages with the bot, where it is not their own id.
 */
export function playgroundActor(
  url: string,
  { personId, channelId, directId = personId }: { personId: string; channelId?: string; directId?: string },
): Actor {
  const conversation = (where: 'direct' | 'channel') =>
    where === 'direct' ? `dm:${directId}` : `channel:${channelId}`;

  async function page(where: Where): Promise<CheerioAPI> {
    const query = new URLSearchParams({ als: personId });
    query.set('gesprek', conversation(typeof where === 'string' ? where : where.thread.where));
    if (typeof where !== 'string') query.set('draad', where.thread.id);
    const response = await fetch(`${url}/speeltuin?${query}`);
    if (response.status !== 200) throw new Error(`The page answered ${response.status}.`);
    return load(await response.text());
  }

  async function post(path: string, body: URLSearchParams): Promise<Response> {
    const headers = { 'HX-Request': 'true', Origin: url, 'Sec-Fetch-Site': 'same-origin' };
    const response = await fetch(url + path, { method: 'POST', headers, body });
    if (response.status >= 400) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  const inConversation = (where: 'direct' | 'channel', more: Record<string, string>) =>
    new URLSearchParams({ als: personId, gesprek: conversation(where), ...more });

  async function formIn(response: Response): Promise<SeenForm | undefined> {
    if (response.status === 204) return undefined;
    const $ = load(await response.text());
    if ($('#formulier').length === 0) throw new Error(`No form in ${$.html()}`);
    return readForm($);
  }

  async function pressable(message: SeenMessage, find: ($message: Found) => Found) {
    const $ = await page(message.where);
    const $control = find($(`#m-${message.id}`));
    const values = $control.closest('[hx-vals]').attr('hx-vals');
    if (!values) throw new Error('There is nothing like that to press.');
    return JSON.parse(values) as Record<string, string>;
  }

  return {
    async command(text, where = 'direct') {
      return formIn(await post('/speeltuin/zeg', inConversation(where, { tekst: text })));
    },

    async read(where) {
      const $ = await page(where);
      const place = typeof where === 'string' ? where : where.thread.where;
      return $(typeof where === 'string' ? '#berichten .message' : '#draad-berichten .message')
        .toArray()
        .map((element) => readMessage($, $(element), place));
    },

    async press(message, label) {
      const values = await pressable(message, ($message) =>
        $message.find('button[hx-post="/speeltuin/druk"]').filter((_, button) => load(button).text() === label),
      );
      return formIn(await post('/speeltuin/druk', inConversation(message.where, values)));
    },

    async choose(message, label, option) {
      const $ = await page(message.where);
      const $select = $(`#m-${message.id} select`).filter(
        (_, select) => $(`label[for="${$(select).attr('id')}"]`).text() === label,
      );
      const value =
        $select
          .find('option')
          .filter((_, one) => $(one).text() === option)
          .attr('value') ?? '';
      const values = await pressable(message, ($message) => $message.find('.card-select select'));
      await post('/speeltuin/druk', inConversation(message.where, { ...values, keuze: value }));
    },

    async reply(message, text) {
      await post('/speeltuin/zeg', inConversation(message.where, { draad: message.id, plaats: 'draad', tekst: text }));
    },

    async search(form, fieldId, text) {
      const source = raw(form).$(`#veld-${fieldId}`).closest('[data-combobox]').attr('data-source') ?? '';
      const response = await post('/speeltuin/zoek', inConversation('direct', { bron: source, zoek: text }));
      return (await response.json()) as { value: string; label: string }[];
    },

    async submit(form, values) {
      const body = fill(raw(form).$, values);
      body.set('als', personId);
      body.set('gesprek', conversation('direct'));
      const response = await post('/speeltuin/formulier', body);
      if (response.headers.get('hx-retarget') !== '#formulier-melding') return formIn(response);
      return { ...form, alert: load(await response.text()).text() };
    },

    async switchLanguage(locale) {
      const body = new URLSearchParams({ als: personId, locale, terug: '/speeltuin' });
      const response = await fetch(`${url}/speeltuin/taal`, { method: 'POST', body, redirect: 'manual' });
      if (response.status !== 303) throw new Error(`The switch answered ${response.status}.`);
    },
  };
}

/** Pages of the forms handed out, for what is sent back with them. */
const pages = new WeakMap<SeenForm, { $: CheerioAPI }>();

function raw(form: SeenForm): { $: CheerioAPI } {
  const known = pages.get(form);
  if (!known) throw new Error('This form was not opened by this driver.');
  return known;
}

/** The body a browser would post: every control's value, with some filled in anew. */
function fill($: CheerioAPI, values: FormValues): URLSearchParams {
  const body = new URLSearchParams();
  const $form = $('#formulier');
  const given = (name: string) => (idOf(name) in values ? { value: values[idOf(name)] } : undefined);
  $form.find('input, textarea, select').each((_, element) => {
    const $element = $(element);
    const name = $element.attr('name');
    if (!name || given(name)) return;
    if ($element.is('[type=checkbox]') && !$element.is('[checked]')) return;
    body.append(name, browserText(String($element.val() ?? '')));
  });
  const names = new Set(
    $form
      .find('[name]')
      .toArray()
      .map((element) => $(element).attr('name') ?? ''),
  );
  for (const name of names) {
    const change = given(name);
    if (!change) continue;
    body.append(name, '');
    for (const value of [change.value ?? []].flat()) {
      if (value !== false) body.append(name, value === true ? 'on' : browserText(String(value)));
    }
  }
  return body;
}

/** `l.towns[]` is the field `towns`. */
function idOf(name: string): string {
  return name.slice(2).replace(/\[\]$/, '');
}

/** Browsers post line ends as CR LF. */
function browserText(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

function readForm($: CheerioAPI): SeenForm {
  const text = (selector: string) => $(selector).first().text();
  const fields = $('.field')
    .toArray()
    .map((element) => readField($, $(element)));
  const form: SeenForm = {
    title: text('#formulier-titel'),
    fields,
    notes: $('.note')
      .toArray()
      .map((note) => $(note).text()),
    alert: text('#formulier-melding') || undefined,
    submitLabel: text('button[type=submit] .when-idle'),
  };
  pages.set(form, { $ });
  return form;
}

function readField($: CheerioAPI, $field: Found): SeenField {
  const $named = $field.find('[name]').last();
  const name = $named.attr('name') ?? '';
  const id = idOf(name);
  const $label = $field.find('.field-label').children().first();
  const $described = $field.is('fieldset') ? $field : $(`#veld-${id}`);
  const describedBy = ($described.attr('aria-describedby') ?? '').split(' ');
  const error = describedBy.includes(`veld-${id}-fout`) ? $(`#veld-${id}-fout`).text() : undefined;
  const details = $field.closest('details');
  return {
    id,
    label: $label.text(),
    value: readValue($, $field, name),
    error,
    hidden: details.length > 0 && details.attr('open') === undefined,
  };
}

function readValue($: CheerioAPI, $field: Found, name: string): SeenField['value'] {
  const isList = name.startsWith('l.');
  const $boxes = $field.find('input[type=checkbox]');
  if (name.startsWith('t.')) return $boxes.is('[checked]');
  if ($boxes.length > 0) {
    return $boxes
      .filter('[checked]')
      .toArray()
      .map((box) => $(box).attr('value') ?? '');
  }
  if ($field.find('[data-combobox]').length > 0) {
    const chosen = $field
      .find('.chip input')
      .toArray()
      .map((input) => $(input).attr('value') ?? '');
    return isList ? chosen : (chosen[0] ?? '');
  }
  return String($field.find('[name]').last().val() ?? '');
}

function readMessage($: CheerioAPI, $message: Found, where: 'direct' | 'channel'): SeenMessage {
  const $card = $message.find('.card');
  const parts = $card.find('.card-heading, .card-text, dt, dd, .card-image, .card-select label').toArray();
  const lines = parts.map((part) => {
    if (part.tagName === 'img') return $(part).attr('alt') ?? '';
    const $part = $(part).clone();
    $part.find('.visually-hidden').remove();
    return $part.text();
  });
  return {
    id: ($message.attr('id') ?? '').slice(2),
    where,
    text: lines.join('\n'),
    buttons: $card
      .find('.card-buttons button:not([aria-haspopup])')
      .toArray()
      .map((button) => $(button).text()),
    onlyForYou: $message.hasClass('message-private'),
    edited: $message.find('.message-edited').length > 0,
  };
}
