import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Application, TeamsAdapter } from '@microsoft/teams-ai';
import type { Attachment } from 'botbuilder';
import { AuthenticationConstants, PasswordServiceClientCredentialFactory } from 'botframework-connector';
import express from 'express';
import { countValues } from '../count-values.js';
import type { Side } from '../start-side.js';
import { BOT, teamsUserOf } from '../teams-load.js';
import { openByHand } from './file-by-hand.js';

/** Its own token, which the other side of the bench does not look at. */
class FixedToken extends PasswordServiceClientCredentialFactory {
  override createCredentials(): ReturnType<PasswordServiceClientCredentialFactory['createCredentials']> {
    return Promise.resolve({
      signRequest(request) {
        request.headers.set('authorization', 'Bearer bench');
        return Promise.resolve(request);
      },
    });
  }
}

/**
 * teams-ai as its documentation shows it, with nothing of the product: an echo that checks tokens in full, opens the very same
 * form, and files by hand-written SQL that writes the same rows.
 *
 * @param options.card the form, as the product opened it.
 */
export async function open(options: {
  databaseUrl?: string;
  dataDir: string;
  microsoftUrl: string;
  card?: Attachment['content'];
}): Promise<Side> {
  const byHand = await openByHand(options);
  const personOf = new Map(byHand.town.workers.map(({ id }, index) => [teamsUserOf(index), id]));
  const metadata = `${options.microsoftUrl}/openid`;
  const adapter = new TeamsAdapter(
    {
      ToChannelFromBotLoginUrl: `${options.microsoftUrl}/login`,
      ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
      ToBotFromChannelTokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
      OAuthUrl: AuthenticationConstants.OAuthUrl,
      ToBotFromChannelOpenIdMetadataUrl: metadata,
      ToBotFromEmulatorOpenIdMetadataUrl: metadata,
    },
    new FixedToken(BOT.appId, BOT.password, BOT.tenantId),
  );
  const app = new Application({ adapter });
  const asWindow = (title: string, content: Attachment['content']) => ({
    title,
    height: 'large' as const,
    width: 'medium' as const,
    card: { contentType: 'application/vnd.microsoft.card.adaptive', content: content as object },
  });
  app.activity('message', async (context) => {
    await context.sendActivity(`Je zei: ${context.activity.text}`);
  });
  app.taskModules.fetch('form', () => Promise.resolve(asWindow('Signaal melden', options.card)));
  app.taskModules.submit<Record<string, string>>('form', async (context, _state, data) => {
    const reference = await byHand.file(
      {
        title: data['title'] ?? '',
        description: data['description'] ?? '',
        neighbourhoodIds: (data['neighbourhoods'] ?? '').split(','),
        cityWide: false,
        acute: false,
      },
      personOf.get(context.activity.from.aadObjectId ?? '') ?? '',
      'teams',
    );
    const body = [{ type: 'TextBlock', text: `Je signaal is gemeld: ${reference}` }];
    return asWindow('In orde', { type: 'AdaptiveCard', version: '1.5', body });
  });
  const web = express();
  web.post('/api/messages', express.json(), (request, response) =>
    adapter.process(request, response as never, async (context) => {
      await app.run(context);
    }),
  );
  const server = createServer(web);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    work: {},
    report: async () => ({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
      neighbourhoodIds: byHand.town.neighbourhoodIds,
      values: await countValues(byHand.query),
    }),
    async close() {
      server.close();
      server.closeAllConnections();
      await byHand.close();
    },
  };
}
