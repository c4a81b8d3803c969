import { beforeEach, describe, expect, it } from 'vitest';
import { localDay } from '../../src/calendar/local-day.js';
import {
  applyMunicipality,
  type Change,
  diffMunicipality,
  undoMunicipality,
} from '../../src/municipality/apply-municipality.js';
import { type MunicipalityFile, parseMunicipalityFile } from '../../src/municipality/municipality-file.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { readPreset } from '../../src/municipality/presets.js';
import { findRoute } from '../../src/routing/find-route.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addSignal } from '../support/rows.js';

const { db } = await openTestDatabase();
const NOW = new Date('2026-11-22T10:00:00Z');
const ZONE = 'Europe/Brussels';

/** Every test has a municipality of its own. */
let town = 0;
beforeEach(() => {
  town += 1;
});

const yaml = (...edits: [from: string, to: string][]) =>
  edits.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`the test looks for “${from}”`);
      return text.replace(from, to);
    },
    `name: Voorbeeldgem ${town}
reference: V${town}
administrators: [{ name: IT-dienst, slack: { user: U0ADMIN } }]
neighbourhoods:
  - { number: 4, name: Brugse Poort }
  - { number: 7, name: Rabot, aliases: [Rabotwijk] }
regisseurs:
  - name: Regisseur Poort
    slack: { user: U0REG1, channel: C0REG1 }
    neighbourhoods: [4]
    from: 2026-01-01
  - name: Regisseur Rabot
    slack: { user: U0REG2, channel: C0REG2 }
    teams: { user: 00000000-0000-0000-0000-000000000003, team: 19:t@thread.tacv2, channel: 19:c@thread.tacv2 }
    neighbourhoods: [7]
    from: 2026-01-01
    leave: { from: 2026-12-21, until: 2026-12-31, replacement: Regisseur Poort }
coordinator: { name: Coordinator, slack: { user: U0COORD, channel: C0COORD } }
`,
  );

function read(text: string): MunicipalityFile {
  const parsed = parseMunicipalityFile(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message.en).join('\n'));
  return parsed.file;
}

async function apply(text: string): Promise<{ municipalityId: string; changes: Change[] }> {
  const result = await db.$transaction((tx) => applyMunicipality(tx, read(text), NOW, text));
  if (!result.ok) throw new Error(result.code);
  return result;
}

function undo(municipalityId: string) {
  return db.$transaction((tx) => undoMunicipality(tx, municipalityId, NOW));
}

async function person(municipalityId: string, name: string) {
  return db.person.findFirstOrThrow({ where: { municipalityId, name }, include: { accounts: true, channels: true } });
}

/** Whom a signal of this neighbourhood goes to on a day. */
async function ownerOf(municipalityId: string, number: number, day: string): Promise<string> {
  const { id } = await db.neighbourhood.findFirstOrThrow({ where: { municipalityId, number } });
  const route = await findRoute(db, { id: municipalityId, zone: ZONE }, [id], new Date(`${day}T12:00:00Z`));
  return (await db.person.findFirstOrThrow({ where: { municipalityId, id: route.ownerId } })).name;
}

/** Everything of the municipality, without what only a machine looks at. */
async function snapshot(municipalityId: string): Promise<unknown> {
  const where = { municipalityId };
  return {
    municipality: await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } }),
    people: await db.person.findMany({ where, orderBy: { id: 'asc' } }),
    accounts: await db.account.findMany({ where, orderBy: { id: 'asc' } }),
    channels: await db.channel.findMany({ where, orderBy: { id: 'asc' } }),
    addresses: await db.channelAddress.findMany({ where, orderBy: [{ channelId: 'asc' }, { platform: 'asc' }] }),
    neighbourhoods: await db.neighbourhood.findMany({ where, orderBy: { id: 'asc' } }),
    assignments: await db.assignment.findMany({ where, orderBy: { id: 'asc' } }),
    leaves: await db.leave.findMany({ where, orderBy: { id: 'asc' } }),
  };
}

describe('applying a file to an empty database', () => {
  it('gives everyone their roles, accounts and channel', async () => {
    const { municipalityId } = await apply(yaml());
    const regisseur = await person(municipalityId, 'Regisseur Rabot');
    expect(regisseur).toMatchObject({ roles: ['regisseur'], fileKey: 'regisseur-rabot', active: true });
    expect(regisseur.accounts.map(({ platform, externalId }) => `${platform} ${externalId}`).sort()).toEqual([
      `playground ${regisseur.id}`,
      'slack U0REG2',
      'teams 00000000-0000-0000-0000-000000000003',
    ]);
    const [channel] = await db.channel.findMany({
      where: { municipalityId, ownerId: regisseur.id },
      include: { addresses: true },
    });
    expect(channel?.name).toBe('regisseur-rabot');
    expect(channel?.addresses.map(({ platform, externalId }) => `${platform} ${externalId}`).sort()).toEqual([
      `playground ${channel?.id}`,
      'slack C0REG2',
      'teams 19:c@thread.tacv2',
    ]);
    expect(await person(municipalityId, 'IT-dienst')).toMatchObject({ roles: ['administrator'], channels: [] });
    expect(await person(municipalityId, 'Coordinator')).toMatchObject({ roles: ['coordinator'] });
  });

  it('routes by its days: the regisseur, the replacement during leave', async () => {
    const { municipalityId } = await apply(yaml());
    expect(await ownerOf(municipalityId, 7, '2026-11-22')).toBe('Regisseur Rabot');
    expect(await ownerOf(municipalityId, 7, '2026-12-21')).toBe('Regisseur Poort');
    expect(await ownerOf(municipalityId, 7, '2027-01-01')).toBe('Regisseur Rabot');
    expect(await ownerOf(municipalityId, 7, '2025-12-31')).toBe('Coordinator');
  });

  it('keeps the settings as the program reads them', async () => {
    const { municipalityId } = await apply(`${yaml()}stalled: { workingDays: never }\n`);
    const { settings } = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
    expect(MunicipalitySettings.parse(settings).stalled).toMatchObject({ workingDays: 'never', coordinatorAfter: 5 });
  });

  it('loads Ghent: 25 neighbourhoods, each with exactly one regisseur today', async () => {
    const result = await db.$transaction((tx) => applyMunicipality(tx, read(readPreset('gent')), NOW));
    if (!result.ok) throw new Error(result.code);
    const day = localDay(NOW, ZONE);
    const rows = await db.neighbourhood.findMany({
      where: { municipalityId: result.municipalityId },
      include: { assignments: { where: { from: { lte: day }, until: null } } },
    });
    expect(rows.map(({ assignments }) => assignments.length)).toEqual(Array.from({ length: 25 }, () => 1));
  });
});

describe('applying it again', () => {
  it('changes nothing, and leaves every row as it was', async () => {
    const { municipalityId } = await apply(yaml());
    const before = await snapshot(municipalityId);
    expect((await apply(yaml())).changes).toEqual([]);
    expect(await snapshot(municipalityId)).toEqual(before);
    expect(await db.municipalityFileVersion.count({ where: { municipalityId } })).toBe(1);
  });

  it('at once from several replicas makes one municipality', async () => {
    const results = await Promise.all([apply(yaml()), apply(yaml()), apply(yaml())]);
    expect(new Set(results.map(({ municipalityId }) => municipalityId)).size).toBe(1);
    expect(results.filter(({ changes }) => changes.length > 0)).toHaveLength(1);
  });
});

describe('a dry run', () => {
  it('says what applying then does, and writes nothing', async () => {
    const { municipalityId } = await apply(yaml());
    const before = await snapshot(municipalityId);
    const changed = yaml(
      ['neighbourhoods: [4]', 'neighbourhoods: [4, 7]'],
      ['neighbourhoods: [7]', 'neighbourhoods: []'],
      ['name: Brugse Poort', 'name: Brugse Poort - Rooigem'],
      ['U0ADMIN', 'U0ADMIN2'],
    );
    const dry = await diffMunicipality(db, read(changed));
    expect(await snapshot(municipalityId)).toEqual(before);
    expect((await apply(changed)).changes).toEqual(dry.ok && dry.changes);
    expect(dry.ok && dry.changes).toEqual([
      {
        kind: 'neighbourhood',
        change: 'changed',
        number: 4,
        name: 'Brugse Poort - Rooigem',
        fields: [{ field: 'name', from: 'Brugse Poort', to: 'Brugse Poort - Rooigem' }],
      },
      { kind: 'account', change: 'added', person: 'IT-dienst', platform: 'slack', externalId: 'U0ADMIN2' },
      { kind: 'account', change: 'removed', person: 'IT-dienst', platform: 'slack', externalId: 'U0ADMIN' },
      {
        kind: 'assignment',
        change: 'removed',
        number: 7,
        neighbourhood: 'Rabot',
        person: 'Regisseur Rabot',
        from: '2026-01-01',
        until: null,
      },
      {
        kind: 'assignment',
        change: 'added',
        number: 7,
        neighbourhood: 'Rabot',
        person: 'Regisseur Poort',
        from: '2026-01-01',
        until: null,
      },
    ]);
  });
});

describe('when people change', () => {
  const successor: [string, string] = ['name: Regisseur Rabot\n', 'name: Opvolger Rabot\n'];
  const otherIds: [string, string][] = [
    ['user: U0REG2', 'user: U0NEW'],
    ['user: 00000000-0000-0000-0000-000000000003', 'user: 00000000-0000-0000-0000-000000000004'],
  ];

  it('whoever left the file is inactive, told with the signals still open, and the successor gets the channel', async () => {
    const { municipalityId } = await apply(yaml());
    const former = await person(municipalityId, 'Regisseur Rabot');
    await addSignal(db, municipalityId, former.id);
    await addSignal(db, municipalityId, former.id, { status: 'resolved' });
    const { changes } = await apply(yaml(successor, ...otherIds));
    expect(changes).toContainEqual({ kind: 'person', change: 'inactive', name: 'Regisseur Rabot', openSignals: 1 });
    expect(await person(municipalityId, 'Regisseur Rabot')).toMatchObject({ active: false });
    expect(await ownerOf(municipalityId, 7, '2026-11-22')).toBe('Opvolger Rabot');
    const address = await db.channelAddress.findFirstOrThrow({
      where: { municipalityId, platform: 'slack', externalId: 'C0REG2' },
      include: { channel: { include: { owner: true } } },
    });
    expect(address.channel.owner.name).toBe('Opvolger Rabot');
  });

  it('whoever returns to the file is the same person again', async () => {
    const { municipalityId } = await apply(yaml());
    const { id } = await person(municipalityId, 'Regisseur Rabot');
    await apply(yaml(successor, ...otherIds));
    const { changes } = await apply(yaml());
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'person', change: 'returned', name: 'Regisseur Rabot' }),
    );
    expect(await person(municipalityId, 'Regisseur Rabot')).toMatchObject({ id, active: true });
  });

  it('a new name with the same account is the same person', async () => {
    const { municipalityId } = await apply(yaml());
    const { id } = await person(municipalityId, 'Regisseur Rabot');
    await apply(yaml(successor));
    expect(await person(municipalityId, 'Opvolger Rabot')).toMatchObject({ id, fileKey: 'opvolger-rabot' });
    expect(await db.person.count({ where: { municipalityId, name: 'Regisseur Rabot' } })).toBe(0);
  });

  it('a worker who becomes regisseur keeps what they filed, and is a worker again afterwards', async () => {
    const { municipalityId } = await apply(yaml());
    const worker = await db.person.create({
      data: {
        municipalityId,
        name: 'Lien Wolkenveld',
        roles: ['worker'],
        accounts: { create: { platform: 'slack', externalId: 'U0LIEN' } },
      },
    });
    await apply(yaml(successor, ['user: U0REG2', 'user: U0LIEN'], otherIds[1] ?? ['', '']));
    expect(await person(municipalityId, 'Opvolger Rabot')).toMatchObject({
      id: worker.id,
      roles: ['worker', 'regisseur'],
    });
    await apply(yaml());
    const after = await db.person.findFirstOrThrow({ where: { municipalityId, id: worker.id } });
    expect(after).toMatchObject({ roles: ['worker'], active: true, fileKey: null });
  });

  it('knows which team a Teams channel is of, also where an earlier version did not keep it', async () => {
    const { municipalityId } = await apply(yaml());
    const where = { municipalityId, platform: { in: ['slack', 'teams'] } };
    const rows = () => db.channelAddress.findMany({ where });
    const teams = async () => Object.fromEntries((await rows()).map((row) => [row.externalId, row.groupId]));
    const slack = { C0REG1: null, C0REG2: null, C0COORD: null };
    expect(await teams()).toEqual({ ...slack, '19:c@thread.tacv2': '19:t@thread.tacv2' });
    await db.channelAddress.updateMany({ where, data: { groupId: null } });
    expect((await apply(yaml())).changes).toEqual([]);
    expect(await teams()).toEqual({ ...slack, '19:c@thread.tacv2': '19:t@thread.tacv2' });
    await apply(yaml(['team: 19:t@thread.tacv2', 'team: 19:other@thread.tacv2']));
    expect(await teams()).toEqual({ ...slack, '19:c@thread.tacv2': '19:other@thread.tacv2' });
  });

  it('two people who were given each other’s account are put right', async () => {
    const { municipalityId } = await apply(yaml());
    await apply(
      yaml(
        ['user: U0REG1, channel: C0REG1', 'user: U0XXX, channel: C0XXX'],
        ['user: U0REG2, channel: C0REG2', 'user: U0REG1, channel: C0REG1'],
        ['user: U0XXX, channel: C0XXX', 'user: U0REG2, channel: C0REG2'],
      ),
    );
    const poort = await person(municipalityId, 'Regisseur Poort');
    expect(poort.accounts.find(({ platform }) => platform === 'slack')?.externalId).toBe('U0REG2');
    const address = await db.channelAddress.findFirst({
      where: { municipalityId, platform: 'slack', channel: { ownerId: poort.id } },
    });
    expect(address?.externalId).toBe('C0REG2');
  });

  it('two people who swap names by their keys are put right', async () => {
    const keyed = (first: string, second: string) =>
      yaml(
        ['name: Regisseur Poort\n', `name: Regisseur Poort\n    key: ${first}\n`],
        ['name: Regisseur Rabot\n', `name: Regisseur Rabot\n    key: ${second}\n`],
        ['replacement: Regisseur Poort', `replacement: ${first}`],
      );
    const { municipalityId } = await apply(keyed('a', 'b'));
    const before = await person(municipalityId, 'Regisseur Poort');
    await apply(keyed('b', 'a'));
    expect(await db.person.findFirst({ where: { municipalityId, id: before.id } })).toMatchObject({
      name: 'Regisseur Rabot',
      fileKey: 'a',
    });
  });

  it('the demo’s invented people are left alone', async () => {
    const { municipalityId } = await apply(yaml());
    const data = { municipalityId, name: 'Joris Fietsbel', roles: ['worker' as const], fileKey: 'demo:jeugdwerk' };
    const { id } = await db.person.create({ data });
    expect((await apply(yaml())).changes).toEqual([]);
    expect(await db.person.findFirst({ where: { municipalityId, id } })).toMatchObject({ ...data, active: true });
  });

  it('an account somebody linked in the chat stays theirs', async () => {
    const { municipalityId } = await apply(yaml());
    const { id } = await person(municipalityId, 'Coordinator');
    await db.account.create({ data: { municipalityId, personId: id, platform: 'teams', externalId: 'linked' } });
    expect((await apply(yaml())).changes).toEqual([]);
    expect(await db.account.count({ where: { municipalityId, externalId: 'linked', personId: id } })).toBe(1);
  });
});

describe('whole or not at all', () => {
  it('refuses to drop a neighbourhood that signals are about, and writes nothing', async () => {
    const { municipalityId } = await apply(yaml());
    const { id: ownerId } = await person(municipalityId, 'Coordinator');
    const { id: neighbourhoodId } = await db.neighbourhood.findFirstOrThrow({ where: { municipalityId, number: 7 } });
    const signalId = await addSignal(db, municipalityId, ownerId);
    await db.signalNeighbourhood.create({ data: { municipalityId, signalId, neighbourhoodId, position: 0 } });
    const before = await snapshot(municipalityId);
    const without = yaml(
      ['  - { number: 7, name: Rabot, aliases: [Rabotwijk] }\n', ''],
      ['neighbourhoods: [7]', 'neighbourhoods: []'],
      ['name: Brugse Poort', 'name: Alles'],
    );
    const result = await db.$transaction((tx) => applyMunicipality(tx, read(without), NOW));
    expect(result).toEqual({ ok: false, code: 'MUNICIPALITY.NEIGHBOURHOOD_IN_USE', numbers: [7] });
    expect(await snapshot(municipalityId)).toEqual(before);
  });

  it('drops a neighbourhood that no signal is about, also from the next form of who used it last', async () => {
    const { municipalityId } = await apply(yaml());
    const { id } = await db.neighbourhood.findFirstOrThrow({ where: { municipalityId, number: 7 } });
    const worker = await db.person.create({ data: { municipalityId, name: 'W', lastNeighbourhoodId: id } });
    await apply(
      yaml(
        ['  - { number: 7, name: Rabot, aliases: [Rabotwijk] }\n', ''],
        ['neighbourhoods: [7]', 'neighbourhoods: []'],
      ),
    );
    expect(await db.neighbourhood.count({ where: { municipalityId } })).toBe(1);
    const after = await db.person.findFirstOrThrow({ where: { municipalityId, id: worker.id } });
    expect(after.lastNeighbourhoodId).toBeNull();
  });

  it('refuses the reference of another municipality', async () => {
    const other = await apply(yaml());
    const taken = yaml().match(/^reference: (.*)$/m)?.[1] ?? '';
    town += 1;
    const { municipalityId } = await apply(yaml());
    const before = await snapshot(other.municipalityId);
    const stolen = yaml([`reference: V${town}`, `reference: ${taken}`]);
    const result = await db.$transaction((tx) => applyMunicipality(tx, read(stolen), NOW));
    expect(result).toEqual({ ok: false, code: 'MUNICIPALITY.REFERENCE_TAKEN' });
    expect(await snapshot(other.municipalityId)).toEqual(before);
    expect((await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } })).reference).toBe(`V${town}`);
  });

  it('writes nothing of it when the transaction fails at the end', async () => {
    const { municipalityId } = await apply(yaml());
    const before = await snapshot(municipalityId);
    const failing = db.$transaction(async (tx) => {
      await applyMunicipality(tx, read(yaml(['name: Rabot,', 'name: Anders,'])), NOW);
      throw new Error('the power fails');
    });
    await expect(failing).rejects.toThrow('the power fails');
    expect(await snapshot(municipalityId)).toEqual(before);
  });

  it('touches no other municipality', async () => {
    const other = await apply(yaml());
    const before = await snapshot(other.municipalityId);
    town += 1;
    const { municipalityId } = await apply(yaml());
    expect(municipalityId).not.toBe(other.municipalityId);
    expect(await snapshot(other.municipalityId)).toEqual(before);
  });
});

describe('taking the last one back', () => {
  it('restores what was in force before, and again what was before that', async () => {
    const second = yaml(['name: Rabot,', 'name: Rabot - Blaisantvest,']);
    const third = yaml(['name: Rabot,', 'name: Rabot - Blaisantvest,'], ['neighbourhoods: [4]', 'neighbourhoods: []']);
    const { municipalityId } = await apply(yaml());
    await apply(second);
    await apply(third);
    expect(await ownerOf(municipalityId, 4, '2026-11-22')).toBe('Coordinator');

    expect(await undo(municipalityId)).toMatchObject({ ok: true, changes: [{ kind: 'assignment', change: 'added' }] });
    expect(await ownerOf(municipalityId, 4, '2026-11-22')).toBe('Regisseur Poort');
    expect(await diffMunicipality(db, read(second))).toEqual({ ok: true, changes: [] });

    await undo(municipalityId);
    expect(await diffMunicipality(db, read(yaml()))).toEqual({ ok: true, changes: [] });
    expect(await undo(municipalityId)).toEqual({ ok: false, code: 'MUNICIPALITY.NOTHING_TO_UNDO' });
  });

  it('works after applying anew', async () => {
    const second = yaml(['name: Rabot,', 'name: Tweede,']);
    const { municipalityId } = await apply(yaml());
    await apply(second);
    await undo(municipalityId);
    await apply(second);
    await undo(municipalityId);
    expect(await diffMunicipality(db, read(yaml()))).toEqual({ ok: true, changes: [] });
  });

  it('finds the municipality also when its name and reference were what changed', async () => {
    const { municipalityId } = await apply(yaml());
    await apply(yaml([`reference: V${town}`, `reference: W${town}`]));
    await apply(yaml([`reference: V${town}`, `reference: W${town}`], [`name: Voorbeeldgem ${town}`, 'name: Fusiegem']));
    await undo(municipalityId);
    await undo(municipalityId);
    expect(await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } })).toMatchObject({
      name: `Voorbeeldgem ${town}`,
      reference: `V${town}`,
    });
  });
});
