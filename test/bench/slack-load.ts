import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModalView } from '@slack/web-api';
import { load, type Request, type Timed } from './http-load.js';

export const SIGNING_SECRET = 'a signing secret for the bench';
export const BOT_TOKEN = 'xoxb-bench';
const TEAM = 'T0BENCH0001';
const WORKERS = 50;

/** @param workers how many people take turns. */
export const slackUserOf = (index: number, workers = WORKERS) => `U0BENCH${String(index % workers).padStart(4, '0')}`;

export interface SlackStub {
  apiUrl: string;
  /** The forms that were opened, by who asked for them. */
  opened: Map<string, ModalView>;
  close(): void;
}

/**
 * A Slack that answers every call at once and keeps the forms that were opened.
 *
 * @param paceMs messages to one conversation come no faster than this, as Slack asks; the others get a 429.
 */
export async function startSlackStub({ paceMs = 0 } = {}): Promise<SlackStub> {
  const opened = new Map<string, ModalView>();
  const last = new Map<string, number>();
  let messages = 0;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const [trigger, view, channel] = [body.get('trigger_id'), body.get('view'), body.get('channel')];
      if (trigger && view) opened.set(trigger, JSON.parse(view) as ModalView);
      if (paceMs > 0 && channel && request.url?.endsWith('chat.postMessage')) {
        const now = performance.now();
        if (now - (last.get(channel) ?? -Infinity) < paceMs) {
          response.writeHead(429, { 'retry-after': String(Math.ceil(paceMs / 1_000)) }).end();
          return;
        }
        last.set(channel, now);
      }
      messages += 1;
      const answer = { ok: true, ts: `${messages}.000001`, channel: { id: `D${body.get('users') ?? ''}` } };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    opened,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function signed(url: string, form: URLSearchParams): Request {
  const body = form.toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
  return { url, headers, body };
}

export interface Crowd {
  times: number;
  atOnce: number;
  /** How many people take turns; by default fifty. */
  workers?: number;
}

/** Types a command. Each trigger is named after its turn. */
export function typeCommand(url: string, command: string, round: string, crowd: Crowd): Promise<Timed> {
  const { times, atOnce, workers = WORKERS } = crowd;
  return load(
    times,
    atOnce,
    (index) =>
      signed(
        url,
        new URLSearchParams({
          token: 'x',
          team_id: TEAM,
          team_domain: 'bench',
          channel_id: 'D0BENCH',
          channel_name: 'directmessage',
          user_id: slackUserOf(index, workers),
          user_name: `werker.${index % workers}`,
          command,
          text: '',
          api_app_id: 'A0BENCH',
          is_enterprise_install: 'false',
          response_url: 'http://127.0.0.1:9/',
          trigger_id: `${round}.${index}`,
        }),
      ),
    (answer) => answer === '',
  );
}

/** Sends the forms that were opened in this round, filled in with words nobody used before. */
export function submitForms(
  url: string,
  form: (index: number) => ModalView,
  neighbourhoodIds: string[],
  { times, atOnce, workers, expected = saysReference }: Crowd & { expected?: (answer: string) => boolean },
): Promise<Timed> {
  // Ready to be sent: who sends them does little else while the clock runs.
  const ready = Array.from({ length: times }, (_, index) =>
    signed(
      url,
      new URLSearchParams({
        payload: JSON.stringify(submission(form(index + 1), index + 1, { neighbourhoodIds, workers })),
      }),
    ),
  );
  return load(times, atOnce, (index) => ready[index - 1] as Request, expected);
}

/** The signal was committed. */
export const saysReference = (answer: string) => /B-\d{4}-\d{4,}/.test(answer);

function submission(
  view: ModalView,
  index: number,
  { neighbourhoodIds, workers }: { neighbourhoodIds: string[]; workers: number | undefined },
) {
  const words = (count: number) => Array.from({ length: count }, () => randomUUID().replaceAll(/[\d-]/g, '')).join(' ');
  const place = neighbourhoodIds[index % neighbourhoodIds.length] ?? '';
  const option = (value: string) => ({ text: { type: 'plain_text', text: value, emoji: false }, value });
  const input = (type: string, more: object) => ({ type, ...more });
  const values: Record<string, object> = {
    description: input('plain_text_input', { value: words(6) }),
    title: input('plain_text_input', { value: words(2) }),
    neighbourhoods: input('multi_external_select', { selected_options: [option(place)] }),
    statement: input('checkboxes', { selected_options: [option('yes')] }),
  };
  const state = view.blocks.flatMap((block) => {
    if (block.type !== 'input' || !block.block_id || !('element' in block)) return [];
    const { action_id = '', type } = block.element as { action_id?: string; type: string };
    const empty = { type, value: null, selected_option: null, selected_options: [], selected_date: null };
    return [[block.block_id, { [action_id]: values[block.block_id] ?? empty }] as const];
  });
  const user = slackUserOf(index, workers);
  return {
    type: 'view_submission',
    team: { id: TEAM, domain: 'bench' },
    user: { id: user, username: user, name: user, team_id: TEAM },
    api_app_id: 'A0BENCH',
    token: 'x',
    trigger_id: `submit.${index}`,
    view: {
      ...view,
      id: 'V0BENCH',
      team_id: TEAM,
      hash: '1.x',
      state: { values: Object.fromEntries(state) },
      root_view_id: 'V0BENCH',
      previous_view_id: null,
      app_id: 'A0BENCH',
      app_installed_team_id: TEAM,
      bot_id: 'B1',
      external_id: '',
      clear_on_close: false,
      notify_on_close: false,
    },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
}
