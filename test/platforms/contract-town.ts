import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat } from '../../src/chat/chat.js';
import { createChat } from '../../src/chat/create-chat.js';
import type { MunicipalityInfo } from '../../src/chat/feature.js';
import { createOneTimeCodes } from '../../src/chat/one-time-code.js';
import type { Platform, PlatformName } from '../../src/chat/platform.js';
import { deliver } from '../../src/delivery/deliver.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startQueue } from '../../src/delivery/queue.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { followAccount } from '../../src/people/follow-account.js';
import { identify } from '../../src/people/identify.js';
import type { Db, OpenDatabase, Role } from '../../src/storage/database.js';
import { createEcho, type Echo } from './echo-feature.js';

export const PEOPLE = ['worker', 'colleague', 'owner', 'coordinator'] as const;
export type PersonKey = (typeof PEOPLE)[number];

export interface ContractTown {
  db: Db;
  chat: Chat;
  echo: Echo;
  municipality: MunicipalityInfo;
  people: Record<PersonKey, { id: string; name: string; externalId: string }>;
  /** The owner's. */
  channel: { id: string; name: string; externalId: string };
  now(): Date;
  /** What is owed goes out through this platform. */
  connect(platform: Platform): void;
  /** Sends everything that is owed. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** A town with the echo feature, a queue and people on one platform; the clock moves by itself. */
export async function openContractTown(
  { db, executeSql }: OpenDatabase,
  platformName: PlatformName,
  addressOf: (key: PersonKey | 'channel') => string | undefined = () => undefined,
): Promise<ContractTown> {
  const now = () => new Date();
  const log = createLog('silent');
  const { id: municipalityId } = await db.municipality.create({
    data: {
      name: 'Proefstad',
      reference: `P${Date.now()}`,
      zone: 'Europe/Brussels',
      locale: 'nl-BE',
      settings: MunicipalitySettings.parse({}),
    },
  });
  const readMunicipality = createMunicipalityReader(db, now);
  const makePerson = async (key: PersonKey, name: string, role: Role, organisation?: string) => {
    const { id } = await db.person.create({
      data: { municipalityId, name, roles: [role], organisation: organisation ?? null },
    });
    const externalId = addressOf(key) ?? id;
    await db.account.create({ data: { municipalityId, personId: id, platform: platformName, externalId } });
    return { id, name, externalId };
  };
  const people = {
    worker: await makePerson('worker', 'Amira Voorbeeld', 'worker', 'Buurthuis De Brug'),
    colleague: await makePerson('colleague', 'Bram Proef', 'worker', 'Gezondheidscentrum Noord'),
    owner: await makePerson('owner', 'Chris Test', 'regisseur'),
    coordinator: await makePerson('coordinator', 'Dina Model', 'coordinator'),
  };
  const name = 'Signalen Noord';
  const channel = await db.channel.create({ data: { municipalityId, name, ownerId: people.owner.id } });
  const channelAddress = addressOf('channel') ?? channel.id;
  await db.channelAddress.create({
    data: { municipalityId, channelId: channel.id, platform: platformName, externalId: channelAddress },
  });

  const queue = await startQueue({ executeSql }, log);
  const echo = createEcho();
  const platforms = new Map<string, Platform>();
  const formKey = new TextEncoder().encode('a key for tests, of more than 32 characters');
  const oneTimeCode = createOneTimeCodes(formKey);
  const chat = createChat({
    features: [echo.feature],
    db,
    outbox: createOutbox(queue),
    wake: () => undefined,
    now,
    formKey,
    publicUrl: () => 'http://127.0.0.1:3000',
    log,
    identify: (caller) => identify({ db, executeSql }, caller, now()),
    followAccount: (change) => followAccount(db, change),
    municipality: readMunicipality,
  });
  const messages = new Map((echo.feature.messages ?? []).map((view) => [view.id, view]));
  return {
    db,
    chat,
    echo,
    municipality: await readMunicipality(municipalityId),
    people,
    channel: { id: channel.id, name, externalId: channelAddress },
    now,
    connect: (platform) => void platforms.set(platform.name, platform),
    async settle() {
      const url = (path: string) => new URL(path, 'http://127.0.0.1:3000').href;
      for (let jobs = await queue.fetch(50); jobs.length > 0; jobs = await queue.fetch(50)) {
        for (const job of jobs) {
          const means = { db, platforms, messages, municipality: readMunicipality, now, url, oneTimeCode };
          let outcome = await deliver(means, job);
          // A platform that keeps its pace is waited for, as the queue does.
          while (typeof outcome === 'object' && 'later' in outcome && outcome.pause) {
            await sleep(Math.max(outcome.later.getTime() - now().getTime(), 0));
            outcome = await deliver(means, job);
          }
          if (outcome !== 'done') throw new Error(`Not delivered: ${JSON.stringify(outcome)}`);
        }
        await queue.complete(jobs.map((job) => job.jobId));
      }
    },
    stop: () => queue.stop(),
  };
}
