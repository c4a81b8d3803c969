import type { Site } from '../chat/site.js';
import { cardToMail } from './mail/card-to-mail.js';
import { SlackPreview } from './slack/preview.js';
import { cardToMessage as cardToSlack } from './slack/render/card-to-block-kit.js';
import { TeamsPreview } from './teams/preview.js';
import { cardToMessage as cardToTeams } from './teams/render/card-to-adaptive.js';

/**
 * Draws a message as each platform shows it, from what its own renderer makes. Also of platforms that are not configured: what
 * a town sees before it connects one is what it gets.
 */
export function createPreviews(baseUrl: () => string): Site['previews'] {
  return (card, { locale, municipality, unsubscribe }) => {
    const drawing = { locale, baseUrl: baseUrl() };
    const mail = cardToMail(card, { locale, municipality, unsubscribe });
    return [
      { platform: 'slack', view: <SlackPreview message={cardToSlack(card, drawing)} /> },
      { platform: 'teams', view: <TeamsPreview message={cardToTeams(card, drawing)} /> },
      {
        platform: 'mail',
        view: (
          <div class="preview preview-mail">
            <p class="preview-heading">{mail.subject}</p>
            <pre class="preview-text">{mail.text.replace(/ +$/gm, '')}</pre>
          </div>
        ),
        document: mail.html,
      },
    ];
  };
}
