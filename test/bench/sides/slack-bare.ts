import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import type { InputBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { countValues } from '../count-values.js';
import { BOT_TOKEN, SIGNING_SECRET, slackUserOf } from '../slack-load.js';
import type { Side } from '../start-side.js';
import { openByHand } from './file-by-hand.js';

const Value = z.looseObject({
  value: z.string().nullish(),
  selected_options: z.array(z.looseObject({ value: z.string() })).nullish(),
});

/** Who asks, in one statement. An account is a row of its own: one person may have several. */
const FIND_LAST = `
  SELECT place."id", place."name" FROM "Account" account
  JOIN "Person" person ON person."municipalityId" = account."municipalityId" AND person."id" = account."personId"
  LEFT JOIN "Neighbourhood" place
    ON place."municipalityId" = person."municipalityId" AND place."id" = person."lastNeighbourhoodId"
  WHERE account."municipalityId" = $1 AND account."platform" = 'playground' AND account."externalId" = $2`;

/**
 * Bolt as its documentation shows it, with nothing of the product: it opens the very same form, with the neighbourhood that
 * this person filed about last; files by hand-written SQL that writes the same rows; and acknowledges after the commit.
 *
 * @param options.view the form, as the product opened it.
 */
export async function open(options: {
  databaseUrl?: string;
  dataDir: string;
  apiUrl: string;
  view: ModalView;
}): Promise<Side> {
  const byHand = await openByHand(options);
  const personOf = new Map(byHand.town.workers.map(({ id }, index) => [slackUserOf(index), id]));
  const receiver = new ExpressReceiver({
    signingSecret: SIGNING_SECRET,
    processBeforeResponse: true,
    logLevel: LogLevel.ERROR,
  });
  const app = new App({
    receiver,
    authorize: () => Promise.resolve({ botToken: BOT_TOKEN, botId: 'B1', botUserId: 'U1' }),
    clientOptions: { slackApiUrl: options.apiUrl, retryConfig: { retries: 0 } },
    logLevel: LogLevel.ERROR,
  });
  app.command('/signaal', async ({ ack, client, body }) => {
    const { rows } = await byHand.query(FIND_LAST, [byHand.town.municipality.id, personOf.get(body.user_id)]);
    const [last] = rows as { id: string | null; name: string | null }[];
    const view = withNeighbourhood(options.view, last?.id, last?.name);
    await client.views.open({ trigger_id: body.trigger_id, view });
    await ack();
  });
  app.command('/vast', async ({ ack, client, body }) => {
    await client.views.open({ trigger_id: body.trigger_id, view: options.view });
    await ack();
  });
  app.command('/niets', ({ ack }) => ack());
  app.view('form', async ({ ack, view, body }) => {
    const { values } = view.state;
    const read = (id: string) => Value.parse(Object.values(values[id] ?? {})[0] ?? {});
    const reference = await byHand.file(
      {
        title: read('title').value ?? '',
        description: read('description').value ?? '',
        neighbourhoodIds: (read('neighbourhoods').selected_options ?? []).map(({ value }) => value),
        cityWide: false,
        acute: false,
      },
      personOf.get(body.user.id) ?? '',
      'slack',
    );
    await ack({
      response_action: 'update',
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'In orde' },
        blocks: [{ type: 'section', text: { type: 'plain_text', text: `Je signaal is gemeld: ${reference}` } }],
      },
    });
  });
  const server = (await app.start(0)) as unknown as Server;
  return {
    work: {},
    report: async () => ({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
      neighbourhoodIds: byHand.town.neighbourhoodIds,
      values: await countValues(byHand.query),
    }),
    async close() {
      await app.stop();
      await byHand.close();
    },
  };
}

function withNeighbourhood(view: ModalView, id?: string | null, name?: string | null): ModalView {
  const chosen =
    id && name ? { initial_options: [{ text: { type: 'plain_text', text: name, emoji: false }, value: id }] } : {};
  const blocks = view.blocks.map((block) => {
    if (block.block_id !== 'neighbourhoods' || block.type !== 'input') return block;
    const { initial_options: _, ...element } = (block as InputBlock).element as { initial_options?: unknown };
    return { ...block, element: { ...element, ...chosen } };
  });
  return { ...view, blocks: blocks as ModalView['blocks'] };
}
