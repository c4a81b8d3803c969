import { expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { runYear } from '../scheduling/run-year.js';
import { temporaryFolder } from './program.js';

it('a year in ten towns sends what the table says, line by line, and nothing else', async () => {
  const database = await openDatabase({ dataDir: await temporaryFolder() });
  try {
    const { sent, expected } = await runYear(database);
    expect(sent).toEqual(expected);
  } finally {
    await database.close();
  }
}, 1_200_000);
