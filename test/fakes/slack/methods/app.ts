import { RefusedCall } from '../errors.js';
import type { Method } from './context.js';

export const authTest: Method = ({ team, world, url }) => ({
  url: `${url}/`,
  team: team.name,
  user: world.user(team.bot.userId).name,
  team_id: team.id,
  user_id: team.bot.userId,
  bot_id: team.bot.botId,
  is_enterprise_install: false,
});

export const authRevoke: Method = ({ args, token, team }) => {
  if (args.test === true) return { revoked: false };
  token.trouble = 'token_revoked';
  team.installed = false;
  return { revoked: true };
};

export const teamInfo: Method = ({ args, team }) => {
  if (args.team !== undefined && args.team !== team.id) throw new RefusedCall('team_not_found');
  return {
    team: {
      id: team.id,
      name: team.name,
      url: `https://${team.domain}.slack.com/`,
      domain: team.domain,
      email_domain: 'voorbeeld.example',
      icon: { image_34: 'https://avatars.example/34.png', image_default: true },
      avatar_base_url: 'https://avatars.example/',
      is_verified: false,
      ...(team.enterprise === null ? {} : { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name }),
    },
  };
};
