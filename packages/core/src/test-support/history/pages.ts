import { MINUTE, toInstant, toIso } from '../../booking/instant.schema.js';
import { insist } from './audit.js';
import type { BookingStep, SessionStep, TabStep } from './steps.js';
import type { Tab, World } from './world.js';

/** Both come, and she is let in. */
export function meet({ tabs, current, attempt }: World): void {
  const { id, patient, provider } = current();
  const [hers, his] = [patient, provider].map((who) => tabs.find(({ person }) => person === who));
  hers?.session(id).start();
  his?.session(id).start();
  if (his !== undefined) attempt(() => his.page.client.admit(id));
}

export function inSession(world: World, step: SessionStep): void {
  const own = world.tabs.filter(({ person }) => person === step.who);
  const tab = own[step.tab] ?? own[0];
  if (tab === undefined) return;
  const { id } = world.current();
  const session = tab.session(id);
  switch (step.do) {
    case 'start':
      session.start();
      break;
    case 'continue':
      session.continueHere();
      break;
    case 'leave':
      session.leave();
      break;
    case 'end':
      session.end();
      break;
    case 'mute':
      session.setMicrophone(session.getSnapshot().call?.microphone !== 'on');
      break;
    case 'write': {
      const text = `note ${world.shared.length + 1}`;
      world.shared.push({ text, tab, id });
      session.shareNote(session.writeNote({ content: text }));
    }
  }
}

/** What a step can bring about that nothing else may. */
const ASKS = {
  cancel: 'cancel',
  'no-show': 'cancel',
  reopen: 'reopen',
  reschedule: 'reschedule',
  reassign: 'reassign',
  withdraw: 'withdraw',
} as const;

export function withBooking(world: World, step: BookingStep): void {
  const tab = world.tabs.find(({ person }) => person === step.who);
  if (tab === undefined) return;
  if (step.do in ASKS) world.asked.add(ASKS[step.do as keyof typeof ASKS]);
  const { client } = tab.page;
  const { id, dateTime } = world.current();
  world.attempt(async () => {
    switch (step.do) {
      case 'refresh':
        client.refresh();
        return;
      case 'cancel':
        return client.cancel(id, 'I am ill');
      case 'no-show':
        return client.noShow(id);
      case 'reopen':
        return client.reopen(id);
      case 'hold':
        return client.hold(id, { message: 'One moment, please.' });
      case 'admit':
        return client.admit(id);
      case 'late':
        return client.late(id, { minutes: 5 });
      case 'reassign':
        return client.reassign(id, step.to);
      case 'reschedule':
        return client.reschedule(id, toIso(toInstant(dateTime) + step.ms));
      case 'withdraw':
        return client.withdrawNote(id, tab.session(id).getSnapshot().notes.notes.at(-1)?.id ?? 'none');
    }
  });
}

/** However often one asks under one key, it becomes one booking. */
export async function book(world: World): Promise<void> {
  const [tab] = world.tabs.filter(({ person }) => person === 'ann');
  if (tab === undefined || world.bookings.length > 2) return;
  const minute = Math.ceil(world.clock.trueTime() / MINUTE) + 6 + world.bookings.length;
  const request = { provider: 'dr-smith', dateTime: toIso(minute * MINUTE), notes: '' };
  const key = { idempotencyKey: `booking ${world.bookings.length}` };
  const tries = [tab.page.client.book(request, key), tab.page.client.book(request, key)];
  const made = await Promise.allSettled(tries);
  const ids = new Set(made.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : [])));
  insist(ids.size <= 1, 'one request became two bookings');
  for (const id of ids) {
    world.bookings.push(id);
    for (const open of world.tabs) open.session(id);
  }
}

export function changeTabs(world: World, step: TabStep): void {
  const own = world.tabs.filter(({ person }) => person === step.who);
  const close = (tab: Tab | undefined, how: 'closed' | 'told' | 'crashed'): void => {
    tab?.close(how);
    world.tabs = world.tabs.filter((other) => other !== tab);
  };
  if (step.do === 'open-tab' && own.length < 2) world.open(step.who);
  if (step.do === 'close-tab' && own.length > 1) close(own[0], 'closed');
  if (step.do !== 'reload') return;
  const tab = own[step.tab];
  if (tab === undefined) return;
  close(tab, step.says ? 'told' : 'crashed');
  world.open(step.who);
}
