import type { World } from './world.js';

const objectId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The people and places of every test's Teams; all invented. */
export const SEED = {
  tenant: '11111111-1111-4111-8111-111111111111',
  app: '22222222-2222-4222-8222-222222222222',
  password: 'a client secret of the fake',
  worker: objectId(1),
  englishWorker: objectId(2),
  regisseur: objectId(3),
  coordinator: objectId(4),
  administrator: objectId(5),
  /** Colleague without the app. */
  newcomer: objectId(6),
  team: '19:team@thread.tacv2',
  regisseurChannel: '19:reg@thread.tacv2',
  coordinatorChannel: '19:coord@thread.tacv2',
  generalChannel: '19:team@thread.tacv2',
  group: '19:overleg@thread.v2',
} as const;

export function sow(world: World): void {
  world.addPerson({ objectId: SEED.worker, name: 'Wim Werkman' });
  world.addPerson({ objectId: SEED.englishWorker, name: 'Emma English', locale: 'en-GB' });
  world.addPerson({ objectId: SEED.regisseur, name: 'Ria Proefman' });
  world.addPerson({ objectId: SEED.coordinator, name: 'Cor Voorbeeldts' });
  world.addPerson({ objectId: SEED.administrator, name: 'Ad Ministratie' });
  world.addPerson({ objectId: SEED.newcomer, name: 'Nina Nieuw', chat: undefined });
  world.teams.push({
    id: SEED.team,
    channels: [SEED.generalChannel, SEED.regisseurChannel, SEED.coordinatorChannel],
    members: new Set([SEED.worker, SEED.regisseur, SEED.coordinator, SEED.englishWorker]),
    installed: true,
  });
  world.groups.push({ id: SEED.group, members: new Set([SEED.worker, SEED.regisseur]), installed: true });
}
