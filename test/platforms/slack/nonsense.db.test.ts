import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSlackTown } from './slack-town.js';

const town = await openSlackTown();
const { slack, worker, db, municipalityId } = town;

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** Every kind of thing Slack sends, as it begins; the rest is up to chance. */
const KINDS = [
  ...['block_actions', 'block_suggestion', 'view_submission', 'view_closed', 'shortcut', 'message_action'],
  ...['event_callback', 'url_verification', 'app_rate_limited', 'dialog_submission'],
];
const EVENTS = [
  ...['app_home_opened', 'app_mention', 'app_uninstalled', 'link_shared', 'message', 'reaction_added', 'team_join'],
  ...['tokens_revoked', 'user_change', 'channel_archive'],
];

const id = fc.constantFrom(worker.id, slack.team.id, 'U1', 'C1', 'V1', '1.1', '', 'U0NOBODY');
const value: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: 'small' },
  fc.anything({ maxDepth: 2, withNullPrototype: false, withObjectString: false }),
  id,
  fc.record({ id }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const somebody = fc.oneof(fc.constant({ id: worker.id }), value);
const view = fc.record(
  {
    id,
    type: fc.constantFrom('modal', 'home', 'x'),
    callback_id: fc.constantFrom('form', 'card', 'x'),
    hash: value,
    private_metadata: fc.oneof(fc.constant('{"token":"x","open":false,"folded":{}}'), fc.string(), value),
    state: fc.oneof(fc.record({ values: fc.dictionary(fc.string(), value) }), value),
    blocks: fc.oneof(fc.array(fc.record({ type: fc.constant('input'), block_id: value })), value),
  },
  { requiredKeys: [] },
);
const interaction = fc.record(
  {
    type: fc.constantFrom(...KINDS),
    user: somebody,
    team: fc.oneof(fc.constant({ id: slack.team.id }), value),
    trigger_id: id,
    action_id: fc.oneof(fc.constantFrom('search:signals.neighbourhoods', 'value'), value),
    value,
    view: fc.oneof(view, value),
    callback_id: fc.constantFrom('wijksignaal.file', 'wijksignaal.file_message', 'form', ''),
    actions: fc.oneof(
      fc.array(
        fc.record(
          {
            action_id: fc.constantFrom('press:0', 'form.more', 'message.file', 'home.page:next', 'value', ''),
            value: fc.oneof(fc.constantFrom('signals.step {}', 'signals.step', '{', 'C1 1.1', '-1'), value),
            selected_option: value,
          },
          { requiredKeys: ['action_id'] },
        ),
      ),
      value,
    ),
    container: fc.oneof(fc.record({ type: fc.constantFrom('message', 'view'), channel_id: id, message_ts: id }), value),
    channel: fc.oneof(fc.record({ id }), value),
    message: fc.oneof(fc.record({ ts: id, text: value, blocks: value, attachments: value, files: value }), value),
    challenge: value,
  },
  { requiredKeys: ['type'] },
);
const inner = fc.record(
  {
    type: fc.constantFrom(...EVENTS),
    user: fc.oneof(fc.constant(worker.id), fc.record({ id, profile: value, locale: value }), value),
    channel: id,
    channel_type: fc.constantFrom('im', 'channel', 'group'),
    ts: fc.oneof(id, fc.uuid()),
    thread_ts: id,
    text: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('<@U0BOT|'), value),
    tab: fc.constantFrom('home', 'messages', 'x'),
    reaction: fc.constantFrom('loudspeaker', 'loudspeaker::skin-tone-2', '', '::'),
    item: fc.oneof(fc.record({ type: fc.constant('message'), channel: id, ts: id }), value),
    links: fc.oneof(fc.array(fc.record({ url: fc.oneof(fc.string(), fc.constant('http://[')) })), value),
    source: fc.constantFrom('composer', 'conversations_history', 'x'),
    unfurl_id: id,
    files: value,
    subtype: fc.constantFrom(undefined, 'file_share', 'message_changed'),
  },
  { requiredKeys: ['type'] },
);
const event = fc.record(
  {
    type: fc.constant('event_callback'),
    team_id: fc.oneof(fc.constant(slack.team.id), value),
    event_id: fc.oneof(fc.uuid(), value),
    event: fc.oneof(inner, value),
    authorizations: fc.oneof(fc.constant([{ team_id: slack.team.id, user_id: 'U0BOT' }]), value),
  },
  { requiredKeys: ['type'] },
);
const text = (read: unknown) => JSON.stringify(read) ?? '';
const body = fc.oneof(
  fc.tuple(fc.constantFrom(FORM, JSON_TYPE, 'text/plain', ''), fc.string({ unit: 'binary' })),
  fc.tuple(fc.constant(JSON_TYPE), fc.oneof(value, event, event, event).map(text)),
  fc.tuple(
    fc.constant(FORM),
    fc.oneof(value, interaction, interaction, interaction).map((read) => `payload=${encodeURIComponent(text(read))}`),
  ),
  fc.tuple(
    fc.constant(FORM),
    fc
      .record(
        {
          command: fc.constantFrom('/signaal', '/regisseur', '/x', 'x', '', '/__proto__'),
          text: fc.string({ unit: 'binary' }),
          user_id: id,
          team_id: id,
          channel_id: id,
          response_url: fc.constantFrom('http://127.0.0.1:9/', 'x', ''),
          trigger_id: id,
        },
        { requiredKeys: ['command'] },
      )
      .map((fields) => new URLSearchParams(Object.entries(fields)).toString()),
  ),
);

it('answers whatever stands in a correctly signed body, never with 500, and files nothing', async () => {
  const answered = { 200: 0, 400: 0 };
  await fc.assert(
    fc.asyncProperty(body, async ([contentType, raw]) => {
      const { status } = await slack.raw({ contentType, body: raw });
      expect([200, 400]).toContain(status);
      answered[status as keyof typeof answered] += 1;
    }),
    { numRuns: 300 },
  );
  // Some of it gets through the door, to the listeners behind.
  expect(answered[200]).toBeGreaterThan(0);
  expect(answered[400]).toBeGreaterThan(0);
  process.stdout.write(`nonsense: ${answered[200]} times 200, ${answered[400]} times 400\n`);
  expect(await db.signal.count({ where: { municipalityId } })).toBe(0);
}, 300_000);
