import type { Story } from './story.js';

/** What people arrange among themselves, and what time brings about. */
export async function playPeople(story: Story): Promise<void> {
  await playSectors(story);
  await playReminders(story);
  await playLeave(story);
  await playAccounts(story);
  await playAdministration(story);
}

async function playSectors({ people, db, municipalityId, join, settle, file, press, act, say, views }: Story) {
  const coordinator = await join('Coördinator Onderwijs', 'signal_coordinator');
  const since = { personId: coordinator.id, sector: 'education', from: new Date('2026-01-01') };
  await db.sectorAssignment.create({ data: { municipalityId, ...since } });
  await settle({ signalCoordinatorsTakeOn: true });
  await views.as('as a signal coordinator', () => say(coordinator, ''));
  const { id: signalId, version } = await file(people.worker, 'Geen plaats op school', { sector: 'education' });
  const other = await file(people.worker, 'Te dure schoolreizen', { sector: 'education' });
  await views.deliver();
  await press(coordinator, 'sectors.is-a-signal', { signalId });
  await act(coordinator, 'sectors.is-no-signal', { signalId: other.id }, { text: 'Het gaat om één school.' });
  await act(coordinator, 'sectors.enrich', { signalId }, { text: 'In drie scholen is het zo.' });
  await press(coordinator, 'sectors.take-on', { signalId, seen: version });
  await views.deliver();
}

async function playReminders({ people, db, municipalityId, file, press, act, town, later, settle, views }: Story) {
  const { worker, regisseur, colleague } = people;
  await settle({ stalled: { workingDays: 3, coordinatorAfter: 2, repeatAfter: 2 } });
  const waiting = await file(worker, 'Niemand neemt dit op');
  const stalled = await file(colleague, 'Dit ligt stil');
  const ended = await file(worker, 'Het loket is te vroeg dicht');
  for (const { id } of [stalled, ended]) await town.step(regisseur, id, 'in_review');
  await town.step(regisseur, ended.id, 'accepted');
  await town.step(regisseur, ended.id, 'closed', { text: 'Het loket is langer open.' });
  await later('2026-03-20T08:00:00Z');
  await later('2026-03-25T08:00:00Z');
  const on = async (id: string) => ({ signalId: id, seen: (await town.signal(id)).version });
  await press(regisseur, 'reminders.week', await on(waiting.id));
  await act(regisseur, 'reminders.snooze', await on(stalled.id), { how: 'weeks2' });
  await later('2026-03-30T06:35:00Z');
  await file(worker, 'De verlichting flikkert');
  await later('2026-04-06T06:35:00Z');
  const asked = await db.delivery.findMany({
    where: { municipalityId, view: 'helps.question' },
    orderBy: { key: 'asc' },
  });
  const payloads = asked.map(({ personId, params }) => ({
    personId,
    params: params as { signalId: string; endedOn: string },
  }));
  const [yes, no] = [
    payloads.find(({ personId }) => personId === worker.id),
    payloads.find(({ personId }) => personId === colleague.id),
  ];
  if (!yes || !no) throw new Error('Nobody was asked whether it helps.');
  await press(worker, 'helps.yes', yes.params);
  await act(colleague, 'helps.no', no.params, { text: 'De wachtlijst is even lang.' });
  await views.deliver();
}

async function playLeave({
  people,
  db,
  municipalityId,
  press,
  fillIn,
  act,
  say,
  later,
  file,
  views,
  neighbourhoods,
}: Story) {
  const { regisseur, otherRegisseur, coordinator, worker } = people;
  await views.as('with nobody away', () => say(regisseur, 'afwezig', 'regisseur'));
  const days = { person: regisseur.id, from: '2026-04-08', until: '2026-04-10', replacement: otherRegisseur.id };
  await press(regisseur, 'leave.take');
  await fillIn(regisseur, await say(regisseur, 'verlof', 'regisseur'), { ...days, note: 'Het overleg gaat door.' });
  await views.deliver();
  await say(coordinator, 'afwezig', 'regisseur');
  const { id } = await db.leave.findFirstOrThrow({ where: { municipalityId } });
  await act(regisseur, 'leave.change', { value: id }, { ...days, until: '2026-04-09' });
  await file(worker, 'In het verlof gemeld');
  await later('2026-04-08T07:00:00Z');
  await later('2026-04-13T07:00:00Z');
  await file(worker, 'In Dampoort gemeld', { neighbourhoods: [neighbourhoods.dampoort] });
  await fillIn(coordinator, await say(coordinator, 'overdracht', 'regisseur'), {
    from: otherRegisseur.id,
    to: regisseur.id,
    why: 'Er komt een nieuwe collega.',
  });
  await views.deliver();
}

async function playAccounts({ people, db, municipalityId, press, fillIn, say, views, join, codeFor }: Story) {
  const { colleague } = people;
  await views.as('with nobody to link', () => say(colleague, 'koppel'));
  await views.as('with nothing linked', () => say(colleague, 'ontkoppel'));
  const elsewhere = await join('Werker Twee elders', 'worker');
  const email = 'werker@voorbeeld.example';
  const platform = 'slack';
  await db.account.updateMany({ where: { municipalityId, personId: elsewhere.id }, data: { platform, email } });
  await db.account.updateMany({ where: { municipalityId, personId: colleague.id }, data: { email } });
  const form = await say(colleague, 'koppel');
  const { id } = await db.linkRequest.findFirstOrThrow({ where: { municipalityId } });
  await views.deliver();
  await fillIn(colleague, form, { code: codeFor(id) });
  await views.deliver();
  await say(colleague, 'ontkoppel');
  const { id: linkId } = await db.accountLink.findFirstOrThrow({ where: { municipalityId } });
  await press(colleague, 'people.unlink', { linkId });
  await views.deliver();
  await fillIn(colleague, await say(colleague, 'instellingen'), { told: [] });
  await press(colleague, 'settings.open');
  await press(colleague, 'settings.stop', { kind: 'following' });
  await press(colleague, 'settings.start', { kind: 'following' });
  await say(colleague, 'site');
  await press(colleague, 'sign-in.link');
  await press(colleague, 'sign-in.end-all');
}

async function playAdministration({ people, db, municipalityId, say, press, file, views, town }: Story) {
  const { administrator, worker } = people;
  await views.as('when all is well', () => say(administrator, 'beheer'));
  await views.as('as a worker', () => say(worker, 'beheer'));
  await file(worker, 'Dit komt niet aan');
  // The list says since when: by the database's clock, which is not the town's.
  const data = { status: 'failed' as const, failure: 'channel_not_found', createdAt: town.clock.now };
  await db.delivery.updateMany({ where: { municipalityId, status: 'waiting' }, data });
  const { id } = await db.occurrence.create({
    data: {
      municipalityId,
      schedule: 'digests.regisseur',
      subject: people.regisseur.id,
      moment: '2026-04-14T08:31',
      dueAt: town.clock.now,
      at: town.clock.now,
      status: 'failed',
      failure: 'TypeError',
    },
  });
  await say(administrator, 'beheer');
  await press(administrator, 'administration.retry-occasion', { id });
  const [failed] = await db.delivery.findMany({ where: { municipalityId, status: 'failed' } });
  await press(administrator, 'administration.retry', { deliveryId: failed?.id });
  await press(administrator, 'administration.retry-all');
  await views.deliver();
}
