import type { Platform } from '../../src/chat/platform.js';
import type { Reply } from '../../src/chat/feature.js';
import type { SubmitResult } from '../../src/chat/chat.js';
import type { FormValues } from '../../src/chat/form.js';
import { createUrls, createAddressSigner } from '../../src/chat/signed-address.js';
import { deliver } from '../../src/delivery/deliver.js';
import type { Lane } from '../../src/delivery/queue.js';
import { features } from '../../src/features.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { createPlatform } from '../../src/platforms/playground/send-messages.js';
import type { Newsletter, OpenDatabase, Person } from '../../src/storage/database.js';
import { FORM_KEY } from '../support/form-key.js';
import type { Town } from '../support/town.js';

const SCHEDULE = 'eerste dinsdag van maart, juni, september en december om 9 u.';
const SIGNER = createAddressSigner(FORM_KEY);

/** A town with a quarterly newsletter, in whose chat messages really arrive. */
export interface Newsroom {
  town: Town;
  settings(change: Record<string, unknown>): Promise<void>;
  /** Everything that is owed goes out, on the playground unless other platforms are given. */
  deliverAll(platforms?: Platform[]): Promise<void>;
  only(): Promise<Newsletter>;
  /** Presses a button of the editor's card as it stands, and fills in the form it opens. */
  press(person: Person, name: string, values?: FormValues, seen?: number): Promise<SubmitResult | Reply>;
  /** What stands in somebody's chat with the bot, newest last, as one text each. */
  chatOf(person: Person): Promise<string[]>;
}

export async function openNewsroom(database: OpenDatabase, town: Town): Promise<Newsroom> {
  const { db } = database;
  const { municipalityId, clock } = town;
  const now = () => clock.now;
  const playground = createPlatform({ db, now, changed: () => undefined });
  const messages = new Map(features.flatMap((feature) => feature.messages ?? []).map((view) => [view.id, view]));
  const room: Newsroom = {
    town,
    async settings(change) {
      const settings = MunicipalitySettings.parse({
        newsletters: [{ title: 'Signalen in Teststad', schedule: SCHEDULE, ...omit(change) }],
        ...(change['late'] ? { late: change['late'] } : {}),
      });
      await db.municipality.update({ where: { id: municipalityId }, data: { settings } });
      // The reader keeps what it read for some seconds.
      clock.now = new Date(clock.now.getTime() + 10_000);
    },
    async deliverAll(platforms = [playground]) {
      const dependencies = {
        db,
        platforms: new Map(platforms.map((platform) => [platform.name, platform])),
        messages,
        municipality: createMunicipalityReader(db, now),
        now,
        url: createUrls(() => 'http://127.0.0.1:3000', SIGNER),
        oneTimeCode: () => '',
      };
      for (const lane of ['normal', 'bulk'] satisfies Lane[]) {
        for (let jobs = await town.queue.fetch(500, lane); jobs.length > 0; jobs = await town.queue.fetch(500, lane)) {
          for (const job of jobs) await deliver(dependencies, job);
          await town.queue.complete(
            jobs.map(({ jobId }) => jobId),
            lane,
          );
        }
      }
    },
    only: () => db.newsletter.findFirstOrThrow({ where: { municipalityId } }),
    async press(person, name, values, seen) {
      const newsletter = await room.only();
      const payload = { newsletterId: newsletter.id, seen: seen ?? newsletter.version };
      const reply = await town.chat.press(town.caller(person), `newsletters.${name}`, payload);
      return reply.kind === 'form' && values ? town.chat.submit(town.caller(person), reply.form.token, values) : reply;
    },
    async chatOf(person) {
      const rows = await db.playgroundMessage.findMany({
        where: { municipalityId, conversationId: `dm:${person.id}` },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      });
      return rows.map(({ card }) => JSON.stringify(card));
    },
  };
  return room;
}

function omit({ late: _late, ...newsletter }: Record<string, unknown>): Record<string, unknown> {
  return newsletter;
}
