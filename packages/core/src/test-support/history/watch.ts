import { roleIn } from '../../booking/booking.rules.js';
import type { BookingId } from '../../booking/booking.schema.js';
import { roleSchema } from '../../booking/policy.schema.js';
import { isParty, phaseNow } from './act.js';
import { insist } from './audit.js';
import type { Tab, World } from './world.js';

/** The longest that a page may go by a clock that was set, or that stood still, without knowing. */
const NOTICED_AFTER = 61_000;

/** What must hold of every page after every step, and more of those that can know how things stand. */
export function watch(world: World): void {
  const { network } = world.clinic;
  insist(network.violations.length === 0, `an engine did what a server refuses: ${network.violations.join()}`);
  for (const tab of world.tabs) {
    const sessions = world.bookings.map((id) => tab.session(id).getSnapshot());
    const calls = sessions.filter(({ call }) => call !== null);
    insist(
      calls.every(({ phase }) => phase === 'open'),
      `${tab.person} is in a call of a session that is not open`,
    );
    const { running } = tab.page.devices;
    insist(running.length <= calls.length, `the camera of ${tab.person} is on, and there is no call`);
    if (!isInformed(world, tab)) continue;
    const off = Math.abs(tab.page.client.clock.now() - world.clock.trueTime());
    insist(off <= 1, `${tab.person} goes by a clock that is off by ${off} ms`);
    for (const id of world.bookings) watchSession(world, tab, id);
  }
  for (const id of world.bookings) watchSeats(world, id, ['connected']);
}

/** Its person is online, events come, and it has had the time to notice what its clock went through. */
export function isInformed({ clock, networks, disturbed }: World, { person, page }: Tab): boolean {
  const { state, connection, error } = page.client.getSnapshot();
  if (networks.get(person)?.state !== 'on' || state !== 'ready' || connection !== 'live' || error !== null)
    return false;
  return clock.trueTime() - (disturbed.get(person) ?? -Infinity) > NOTICED_AFTER;
}

function watchSession(world: World, tab: Tab, id: BookingId): void {
  const { person, page } = tab;
  const booking = world.clinic.backend.booking(id);
  const view = tab.session(id).getSnapshot();
  const known = page.client.getSnapshot().bookings.find((one) => one.booking.id === id);
  if (!isParty(booking, person)) {
    insist(
      view.booking === null && view.call === null && known === undefined,
      `${person} sees somebody else's booking`,
    );
    insist(
      view.notes.notes.every(({ author }) => author === person),
      `${person} reads somebody else's notes`,
    );
    return;
  }
  const role = roleIn(booking, person);
  const phase = phaseNow(world, booking, role);
  insist(view.state === 'ready', `${person} is shown ${view.state}`);
  insist(
    view.booking?.version === booking.version,
    `${person} has version ${view.booking?.version} of ${booking.version}`,
  );
  insist(known !== undefined && known.booking.version === booking.version, `the list of ${person} has another version`);
  insist(known.verdict.phase === phase, `the list of ${person} shows ${known.verdict.phase}, and it is ${phase}`);
  // Media go from page to page: that a seat was lost meanwhile, the page learns with the next answer.
  if (view.call !== null && !tab.isAnswered(id)) return;
  insist(view.phase === phase, `${person} is shown ${view.phase}, and it is ${phase}`);
  if (view.call?.state === 'connected') {
    insist(phase === 'open', `${person} has video, and it is ${phase}`);
    const admission = world.audit.admissionOf(id);
    insist(admission === 'admitted', `${person} has video, and she is ${admission}`);
  }
}

/** Of the pages of a person one talks; another one may believe for a moment that it waits. */
function watchSeats(world: World, id: BookingId, states: readonly string[]): void {
  const there = world.tabs
    .filter((tab) => isInformed(world, tab) && states.includes(tab.session(id).getSnapshot().call?.state ?? ''))
    .map(({ person }) => person);
  insist(new Set(there).size === there.length, `two pages of one person are ${states.join(' or ')}: ${there.join()}`);
}

/** What a history has come by, so that it can be told what all of them were about. */
export function marksOf({ tabs, bookings, clinic, audit }: World): string[] {
  return bookings.flatMap((id) => {
    const { status, cancelReason, rescheduledFrom, provider, attendance = [] } = clinic.backend.booking(id);
    const views = tabs.map((tab) => tab.session(id).getSnapshot());
    return [
      status === 'cancelled' && cancelReason === 'no-show' ? 'a no-show' : status,
      audit.admissionOf(id),
      ...views.flatMap(({ call, reason }) => (call === null ? [] : [`call: ${call.state}`, `call: ${reason}`])),
      ...views.flatMap(({ lastCall }) => (lastCall === null ? [] : [`call: ${lastCall.outcome}`])),
      ...views.flatMap(({ outbox }) => outbox.map(({ state }) => `note: ${state}`)),
      ...clinic.backend
        .notes(id)
        .map(({ withdrawnAt }) => (withdrawnAt === undefined ? 'note: kept' : 'note: withdrawn')),
      ...(rescheduledFrom === undefined ? [] : ['moved']),
      ...(provider === 'dr-smith' ? [] : ['handed over']),
      ...(attendance.length > 2 ? ['came again'] : []),
    ];
  });
}

/** After the network has healed and all is quiet: every page shows what the server has, and nothing is lost or twice. */
export function watchSettled(world: World): void {
  for (const tab of world.tabs) {
    insist(isInformed(world, tab), `${tab.person} does not come to know how things stand`);
    for (const id of world.bookings) {
      const booking = world.clinic.backend.booking(id);
      if (isParty(booking, tab.person)) watchNotes(world, tab, id);
    }
  }
  for (const { text, tab, id } of world.shared) {
    const kept = world.clinic.backend.notes(id).filter(({ content }) => content === text).length;
    insist(kept <= 1, `${text} is there twice`);
    if (!world.tabs.includes(tab)) continue;
    const unsent = tab
      .session(id)
      .getSnapshot()
      .outbox.filter(({ content }) => content === text);
    insist(kept + unsent.length === 1, `${text} is ${kept === 0 ? 'lost' : 'there, and unsent'}`);
    insist(
      unsent.every(({ state }) => state === 'refused'),
      `${text} is not sent`,
    );
  }
  for (const id of world.bookings) {
    const booking = world.clinic.backend.booking(id);
    const phases = roleSchema.options.map((role) => phaseNow(world, booking, role));
    insist(booking.status !== 'scheduled' || phases.some((phase) => phase !== 'completed'), 'nobody completes it');
    watchSeats(world, id, ['waiting', 'connecting', 'connected', 'reconnecting']);
    watchCall(world, id);
  }
}

function watchNotes({ clinic, audit }: World, tab: Tab, id: BookingId): void {
  const isPatient = clinic.backend.booking(id).patient === tab.person;
  const kept = clinic.backend.notes(id).map((note) => ({
    content: isPatient && note.withdrawnAt !== undefined ? '' : note.content,
    withdrawnAt: note.withdrawnAt,
  }));
  const shown = tab
    .session(id)
    .getSnapshot()
    .notes.notes.map(({ content, withdrawnAt }) => ({ content, withdrawnAt }));
  insist(
    JSON.stringify(shown) === JSON.stringify(kept),
    `${tab.person} reads ${JSON.stringify(shown)} of ${JSON.stringify(kept)}`,
  );
  insist(audit.notesOf(id).length === kept.length, 'a note was told to nobody');
}

/** Two who are both in the call, and may be, have each other. */
function watchCall({ tabs, clinic, audit }: World, id: BookingId): void {
  const { patient, provider } = clinic.backend.booking(id);
  const stateOf = (person: string | undefined) =>
    tabs
      .filter((tab) => tab.person === person)
      .map((tab) => tab.session(id).getSnapshot())
      .find(({ call }) => call !== null);
  const [hers, his] = [stateOf(patient), stateOf(provider)];
  if (hers === undefined || his === undefined) return;
  const admission = audit.admissionOf(id);
  const expected = admission === 'admitted' ? 'connected' : 'waiting';
  const states = [hers.call?.state, his.call?.state];
  insist(
    states.every((state) => state === expected),
    `${admission}, and they are ${states.join(' and ')}`,
  );
}
