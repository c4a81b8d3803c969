import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure, Section, Sizes } from '../bench.js';
import type { Places } from '../places.js';
import { readProfile } from '../read-profile.js';
import { saysReference, startSlackStub, submitForms, typeCommand } from '../slack-load.js';
import { startSide } from '../start-side.js';
import { round, spreadOf } from '../statistics.js';

/** After this Slack tells its user that it did not work: https://docs.slack.dev/interactivity/handling-user-interaction */
const SLACK_WAITS_MS = 3_000;
/** One message a second in each conversation. */
const SLACK_PACE_MS = 1_000;
const OPENING = 20;

/**
 * So many workers send their form in the same second to the program as it runs: who waits for an acknowledgement (a
 * reference, after the commit) longer than Slack does? The receipts and cards of all of them are sent meanwhile, to a Slack
 * that takes one message a second in each channel. Each round the same people; Slack and the workers are the bench's own
 * process, on the same machine.
 *
 * Where it goes (`--profile`, all that the program does in a round): about half is Node, its sockets and the statements' way to
 * PostgreSQL and back, a fifth Prisma, a twelfth collecting garbage, a twelfth our own code; Bolt, zod and pg the rest.
 */
export async function measureBurst(places: Places, { smoke, profile }: Sizes): Promise<Section> {
  const workers = smoke ? 20 : 200;
  const rounds = smoke ? 1 : 5;
  const stub = await startSlackStub({ paceMs: SLACK_PACE_MS });
  const folder = profile ? await places.folder() : undefined;
  const flags = folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
  const place = await places.make('postgresql', 'burst');
  const side = await startSide('slack-app', { ...place, apiUrl: stub.apiUrl, workers }, flags);
  const { url, neighbourhoodIds } = (await side.report()) as { url: string; neighbourhoodIds: string[] };

  const all: number[][] = [];
  const cpu: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const label = `burst-${index}`;
    await typeCommand(url, '/signaal', label, { times: workers, atOnce: OPENING, workers });
    const form = (turn: number) => {
      const view = stub.opened.get(`${label}.${turn}`);
      if (!view) throw new Error('A form did not open.');
      return view;
    };
    let late = 0;
    const expected = (answer: string) => {
      if (!saysReference(answer)) late += 1;
      return true;
    };
    const { cpuMilliseconds: before } = await side.report();
    const { each } = await submitForms(url, form, neighbourhoodIds, {
      times: workers,
      atOnce: workers,
      workers,
      expected,
    });
    const { cpuMilliseconds: after } = await side.report();
    cpu.push((Number(after) - Number(before)) / workers);
    // Who was told that it is being saved got no reference: that is no acknowledgement in time.
    all.push([...each.toSorted((a, b) => a - b).slice(0, each.length - late), ...Array<number>(late).fill(Infinity)]);
    await filed(side, (index + 1) * workers);
  }
  await side.close();
  stub.close();
  const heaviest = folder ? (await readProfile(folder)).slice(0, 12) : [];
  for (const { where, share } of heaviest) console.log(`  profile: ${(share * 100).toFixed(1).padStart(5)} % ${where}`);

  const at = (share: number) => spreadOf(all.map((each) => each[Math.ceil(each.length * share) - 1] ?? NaN));
  const inTime = all.map((each) => (each.filter((ms) => ms <= SLACK_WAITS_MS).length / each.length) * 100);
  const figures: Figure[] = [
    {
      what: `burst: ${workers} forms at once, acknowledged within 3 s`,
      unit: '%',
      spread: spreadOf(inTime),
      aim: '100',
    },
    { what: 'burst: acknowledged after, p50', unit: 'ms', spread: at(0.5) },
    { what: 'burst: acknowledged after, p99', unit: 'ms', spread: at(0.99) },
    { what: 'burst: acknowledged after, slowest', unit: 'ms', spread: at(1) },
    { what: 'burst: the program’s processor time for each form', unit: 'ms', spread: spreadOf(cpu) },
  ];
  return { figures, details: { profile: heaviest.map(({ where, share }) => ({ where, share: round(share) })) } };
}

/** Once each, and what was owed is out before the next crowd comes: all but what Slack's own pace holds back. */
async function filed(side: Awaited<ReturnType<typeof startSide>>, expected: number): Promise<void> {
  for (;;) {
    const { signals } = await side.report();
    if (signals === expected) return;
    if (Number(signals) > expected) throw new Error(`${String(signals)} signals of ${expected} forms.`);
    await sleep(100);
  }
}
