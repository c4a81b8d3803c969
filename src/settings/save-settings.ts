import type { Context } from '../chat/feature.js';
import type { Tx } from '../storage/database.js';
import type { Settings } from './read-settings.js';

type Saving = Pick<Context, 'write' | 'municipality' | 'person' | 'subscriptions'>;

/** Writes the whole screen. What this person is not offered stays as it was. */
export async function saveSettings(context: Saving, chosen: Omit<Settings, 'platforms'>): Promise<void> {
  const municipalityId = context.municipality.id;
  const { locale, tellOn, quiet, told, digest } = chosen;
  await context.write(async (tx) => {
    await tx.person.update({
      where: { municipalityId_id: { municipalityId, id: context.person.id } },
      data: {
        localeChosen: locale !== undefined,
        ...(locale && { locale }),
        tellOn: tellOn ?? null,
        quietFrom: quiet?.from ?? null,
        quietUntil: quiet?.until ?? null,
        digestDay: digest.day,
        digestAt: digest.at,
      },
    });
    for (const { id } of context.subscriptions()) await writeChoice(tx, ofPerson(context, id), told.includes(id));
  });
}

/** Starts or stops one kind of message for this person. */
export async function chooseKind(context: Saving, kind: string, wanted: boolean): Promise<void> {
  await context.write((tx) => writeChoice(tx, ofPerson(context, kind), wanted));
}

interface ChoiceKey {
  municipalityId: string;
  personId: string;
  kind: string;
}

const ofPerson = ({ municipality, person }: Saving, kind: string): ChoiceKey => ({
  municipalityId: municipality.id,
  personId: person.id,
  kind,
});

/** Of two devices at once the last one counts. */
export async function writeChoice(tx: Tx, key: ChoiceKey, wanted: boolean): Promise<void> {
  await tx.tellChoice.upsert({
    where: { municipalityId_personId_kind: key },
    create: { ...key, wanted },
    update: { wanted },
  });
}
