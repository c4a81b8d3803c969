import { defineTexts } from '../../chat/texts.js';

export const doctorTexts = defineTexts(
  {
    'token.good': '{{team}}: het token werkt, de bot heet daar @{{bot}}',
    'token.wrong': 'het token werkt niet ({{reason}})',
    'token.todo': 'Kijk SLACK_BOT_TOKEN na: Install App, Bot User OAuth Token.',
    'workspaces.none': 'nog geen werkruimte verbonden',
    'workspaces.todo': 'Open /slack/install en kies je werkruimte.',
    'workspaces.locked': 'het token van werkruimte {{team}} gaat niet open met ENCRYPTION_KEY',
    'workspaces.locked.todo':
      'Zet de vorige sleutel in ENCRYPTION_KEY_PREVIOUS, of installeer de app opnieuw via /slack/install.',
    unreachable: 'Slack antwoordt niet',
    'unreachable.todo': 'Kijk na of deze server {{host}} kan bereiken; Wijksignaal blijft het zelf proberen.',
    'scopes.good': '{{team}}: alle {{count}} rechten van het manifest',
    'scopes.missing': '{{team}}: de app mist {{scopes}}',
    'scopes.todo': 'Zet het manifest van deze versie in de app (npm run manifest -- slack) en installeer ze opnieuw.',
    'channel.good': 'kanaal {{channel}}: de bot zit erin',
    'channel.wrong': 'kanaal {{channel}} ({{id}}): {{reason}}',
    'secret.unknown':
      'of SLACK_SIGNING_SECRET klopt, kan alleen Slack zeggen: onder Event Subscriptions staat dan Verified',
    'socket.good': 'Socket Mode: SLACK_APP_TOKEN werkt',
    'socket.wrong': 'Socket Mode: SLACK_APP_TOKEN werkt niet ({{reason}})',
    'socket.todo': 'Maak onder Basic Information, App-Level Tokens een token met connections:write.',
  },
  {
    'token.good': '{{team}}: the token works, the bot is called @{{bot}} there',
    'token.wrong': 'the token does not work ({{reason}})',
    'token.todo': 'Check SLACK_BOT_TOKEN: Install App, Bot User OAuth Token.',
    'workspaces.none': 'no workspace is connected yet',
    'workspaces.todo': 'Open /slack/install and choose your workspace.',
    'workspaces.locked': 'the token of workspace {{team}} does not open with ENCRYPTION_KEY',
    'workspaces.locked.todo':
      'Put the former key in ENCRYPTION_KEY_PREVIOUS, or install the app again through /slack/install.',
    unreachable: 'Slack does not answer',
    'unreachable.todo': 'Check that this server can reach {{host}}; Wijksignaal keeps trying by itself.',
    'scopes.good': '{{team}}: all {{count}} permissions of the manifest',
    'scopes.missing': '{{team}}: the app lacks {{scopes}}',
    'scopes.todo': 'Put this version’s manifest in the app (npm run manifest -- slack) and install it again.',
    'channel.good': 'channel {{channel}}: the bot is in it',
    'channel.wrong': 'channel {{channel}} ({{id}}): {{reason}}',
    'secret.unknown':
      'whether SLACK_SIGNING_SECRET is right only Slack can say: Event Subscriptions then shows Verified',
    'socket.good': 'Socket Mode: SLACK_APP_TOKEN works',
    'socket.wrong': 'Socket Mode: SLACK_APP_TOKEN does not work ({{reason}})',
    'socket.todo': 'Make a token with connections:write under Basic Information, App-Level Tokens.',
  },
);
