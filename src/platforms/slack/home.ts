import type { Button, HomeView, KnownBlock } from '@slack/web-api';
import type { Card } from '../../chat/card.js';
import { drawingFor, type Means } from './means.js';
import type { Speaker } from './people.js';
import { cardToBlocks, type Drawing } from './render/card-to-block-kit.js';
import { LIMITS, plain } from './render/text.js';
import { HOME_PAGE_ACTION } from './surface.js';
import { slackTexts } from './texts.js';
import type { Workspace } from './workspaces.js';

/** Room for the page number and its buttons. */
const PAGE_BLOCKS = LIMITS.blocksInView - 2;

/** Shows a person their home tab. */
export async function publishHome(means: Means, workspace: Workspace, speaker: Speaker, page: number): Promise<void> {
  const card = await means.chat.home(speaker.caller);
  const view = cardToHome(card, drawingFor(means, speaker.locale), page);
  await workspace.api.publishHome(speaker.caller.account.externalId, view);
}

/**
 * A card on the home tab, a hundred blocks at a time.
 *
 * @param page from 1; one that does not exist (any more) is the nearest that does.
 */
function cardToHome(card: Card, drawing: Drawing, page: number): HomeView {
  const t = slackTexts(drawing.locale);
  const blocks = cardToBlocks(card.parts, drawing);
  const pages = Math.max(1, Math.ceil(blocks.length / PAGE_BLOCKS));
  const at = Number.isInteger(page) ? Math.min(Math.max(page, 1), pages) : 1;
  const shown = blocks.slice((at - 1) * PAGE_BLOCKS, at * PAGE_BLOCKS);
  const turn = (label: 'home.previous' | 'home.next', to: number): Button => ({
    type: 'button',
    action_id: `${HOME_PAGE_ACTION}${label}`,
    text: plain(t(label), LIMITS.buttonText),
    value: String(to),
  });
  const turning: KnownBlock[] =
    pages === 1
      ? []
      : [
          { type: 'context', elements: [plain(t('home.page', { page: at, pages }), LIMITS.sectionText)] },
          {
            type: 'actions',
            elements: [
              ...(at > 1 ? [turn('home.previous', at - 1)] : []),
              ...(at < pages ? [turn('home.next', at + 1)] : []),
            ],
          },
        ];
  // Slack takes no empty home tab.
  const all = [...shown, ...turning];
  return {
    type: 'home',
    blocks: all.length > 0 ? all : cardToBlocks([{ kind: 'heading', text: card.summary }], drawing),
  };
}
