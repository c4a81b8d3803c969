import type { NewChannel, NewUser, World } from './world.js';

/** The people and channels of the workspace that is there from the start. All invented. */
export const SEED = {
  team: 'T0STAD00001',
  botUser: 'U0WIJKBOT01',
  bot: 'B0WIJKBOT01',
  /** Speaks Dutch. */
  worker: 'U0WORKER001',
  /** Speaks English. */
  englishWorker: 'U0WORKER002',
  regisseur: 'U0REG3',
  coordinator: 'U0COORD',
  administrator: 'U0ADMIN',
  /** Private, with the bot, the regisseur and the coordinator. */
  regisseurChannel: 'C0REG3',
  /** Private, with the bot and the coordinator. */
  coordinatorChannel: 'C0COORD',
  /** Public, with everyone and the bot. */
  generalChannel: 'C0ALGEMEEN1',
  /** Public, with the workers and without the bot. */
  strangeChannel: 'C0ZONDERBOT',
} as const;

/** `empty`: the workspace and the bot alone; `not installed`: everybody, but the app has no token yet. */
export type Seed = 'full' | 'empty' | 'not installed';

export function plantSeed(world: World, seed: Seed): void {
  const { app } = world;
  world.tokens.set(app.appToken, {
    value: app.appToken,
    kind: 'app',
    teamId: SEED.team,
    scopes: new Set(['connections:write']),
  });
  const team = world.addTeam({
    id: SEED.team,
    name: 'Stad Voorbeeld',
    botUserId: SEED.botUser,
    botId: SEED.bot,
    botToken: seed === 'not installed' ? null : 'xoxb-token-of-the-fake',
  });
  if (seed === 'empty') return;
  const people: NewUser[] = [
    { id: SEED.worker, realName: 'Noor Testmans' },
    { id: SEED.englishWorker, realName: 'Sam Example', locale: 'en-GB' },
    { id: SEED.regisseur, realName: 'Ria Proefman' },
    { id: SEED.coordinator, realName: 'Cor Voorbeeldts' },
    { id: SEED.administrator, realName: 'Bea Beheertest', isAdmin: true },
  ];
  for (const one of people) world.addUser(team, one);
  const { worker, englishWorker, regisseur, coordinator, administrator } = SEED;
  const everyone = [worker, englishWorker, regisseur, coordinator, administrator];
  const channels: NewChannel[] = [
    { id: SEED.regisseurChannel, name: 'signalen-reg3', private: true, members: [regisseur, coordinator] },
    { id: SEED.coordinatorChannel, name: 'signalen-coordinatie', private: true, members: [coordinator] },
    { id: SEED.generalChannel, name: 'algemeen', members: everyone },
    { id: SEED.strangeChannel, name: 'zonder-bot', members: [worker, englishWorker], withBot: false },
  ];
  for (const one of channels) world.addChannel(team, one);
}
