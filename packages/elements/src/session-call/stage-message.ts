import { toInstant, type CallView, type MediaRequest, type SessionView } from '@active-session/core';
import { errorWords, isDeviceError } from '../shared/error-words.js';
import { MINUTE, untilMore } from '../shared/formats.js';
import { lasted } from '../shared/lasted.js';
import type { Localize } from '../shared/localize.controller.js';

/** After this long without the other, reconnecting is said in other words; ms. */
const PATIENCE = 15_000;

export type StageAction = 'start' | 'continue-here' | 'refresh' | 'end' | 'ask-end';

export interface StageButton {
  readonly action: StageAction;
  readonly label: string;
  readonly primary: boolean;
  readonly media?: MediaRequest;
}

/** What the stage says in place of a picture: where you are, what to do, and the buttons for it. */
export interface StageMessage {
  readonly title: string;
  readonly lines: readonly string[];
  readonly buttons: readonly StageButton[];
  /** ms until it would say something else by the clock alone. */
  readonly changesIn?: number;
}

export interface StageWords {
  readonly localize: Localize;
  readonly name: string;
  readonly now: number;
  readonly canCall: boolean;
  /** What the last start on this page asked for. */
  readonly asked: MediaRequest;
  /** Whether nothing is heard from the backend just now, so that who is there is not known. */
  readonly offline: boolean;
}

/** The sentence for a running call; null where the picture speaks for itself. */
export function callMessage(call: CallView, view: SessionView, words: StageWords): StageMessage | null {
  const { localize, name, now } = words;
  const passed = now - call.since;
  switch (call.state) {
    case 'preparing':
      return say(localize.t('call.preparing'), [localize.t('call.preparing-help')]);
    case 'waiting': {
      const changesIn = untilMore(passed, MINUTE);
      if (words.offline) return { ...say(localize.t('client.offline'), [localize.t('call.not-over')]), changesIn };
      const waited = passed < MINUTE ? [] : [localize.t('call.waiting-for', localize.formats.duration(passed))];
      if (hasLeft(view))
        return { ...say(localize.t('call.away', name), [awayHelp(view, words), ...waited]), changesIn };
      const absent = localize.t('call.waiting', name);
      const title = view.role === 'provider' ? absent : `${absent} ${localize.t('call.right-place')}`;
      return { ...say(title, waited), changesIn };
    }
    case 'connecting':
      return say(localize.t('call.connecting', name));
    case 'reconnecting':
      return passed < PATIENCE
        ? { ...say(localize.t('call.reconnecting')), changesIn: PATIENCE - passed }
        : say(localize.t('call.still-trying'));
    case 'leaving':
      return say(localize.t(view.ending ? 'call.ending' : 'call.leaving'));
    case 'connected':
      return null;
  }
}

/** The sentence where no call runs on this page. */
export function idleMessage(view: SessionView, words: StageWords): StageMessage {
  const { localize, name, now } = words;
  const { formats } = localize;
  const at = view.booking === null ? now : toInstant(view.booking.dateTime);
  if (view.state === 'loading') return say(localize.t('client.loading'));
  if (view.state === 'missing') return say(localize.t('session.missing'));
  if (view.ending) return say(localize.t('call.ending'));
  if (view.endError !== null) {
    const again = button('end', localize.t('action.try-again'));
    return { ...say(localize.t('call.end-failed')), buttons: [again] };
  }
  switch (view.phase) {
    case 'upcoming':
      return say(
        localize.t('call.ready', name),
        view.opensAt === null
          ? []
          : [
              localize.t(
                'session.join-from',
                formats.when(view.opensAt, now, (day) => day),
              ),
            ],
      );
    case 'completed': {
      return say(localize.t('session.ended', name), lineOf(lasted(view.duration, localize)));
    }
    case 'cancelled':
    case 'expired': {
      const when = formats.when(at, now, (day) => localize.t('time.on', day));
      return say(localize.t(view.phase === 'cancelled' ? 'session.cancelled' : 'session.missed', name, when));
    }
    case 'open':
      return view.lastCall === null ? readyMessage(view, words) : outcomeMessage(view, words);
    case null: {
      const { title, help } = errorWords(view.error, localize);
      return { ...say(title, lineOf(help)), buttons: [button('refresh', localize.t('action.try-again'))] };
    }
  }
}

function readyMessage(view: SessionView, { localize, name, canCall }: StageWords): StageMessage {
  if (!canCall || !view.canStart) return say(localize.t('error.not-supported'));
  const other = view.parties.find(({ role }) => role !== view.role);
  const returns = view.callStartedAt !== null;
  const lines = other !== undefined && other.presence !== 'away' ? [localize.t('call.other-waits', name)] : [];
  const start = button('start', localize.t(returns ? 'call.come-back' : 'call.start'));
  const buttons = view.role === 'provider' && view.canEnd ? [start, askEnd(localize)] : [start];
  return { title: localize.t(returns ? 'session.still-open' : 'session.open'), lines, buttons };
}

function outcomeMessage(view: SessionView, words: StageWords): StageMessage {
  const { localize, now } = words;
  const { outcome, error } = view.lastCall ?? { outcome: 'failed', error: null };
  const end = view.canEnd ? [askEnd(localize)] : [];
  switch (outcome) {
    case 'left': {
      const until = view.closesAt === null || view.closesAt <= now ? null : localize.formats.time(view.closesAt);
      const lines = until === null ? [] : [localize.t('call.left-until', until)];
      const back = view.canStart ? [button('start', localize.t('call.come-back'))] : [];
      return { title: localize.t('call.left'), lines, buttons: [...back, ...end] };
    }
    case 'elsewhere':
    case 'displaced': {
      const lines = outcome === 'displaced' ? [localize.t('call.displaced-help')] : [];
      const buttons = [button('continue-here', localize.t('call.continue-here'))];
      return { title: localize.t(outcome === 'displaced' ? 'call.displaced' : 'call.elsewhere'), lines, buttons };
    }
    case 'failed': {
      const { help, ...said } = errorWords(error, localize);
      const title = error?.code === 'devices-denied' ? deniedTitle(words) : said.title;
      const opensAt =
        error?.opensAt === undefined ? [] : [localize.t('call.opens-at', localize.formats.time(error.opensAt))];
      const without = isDeviceError(error) ? withLess(words) : [];
      const again = view.canStart ? [button('start', localize.t('action.try-again')), ...without] : [];
      return { title, lines: [...lineOf(help), ...opensAt], buttons: again };
    }
  }
}

/** Whether the other has been here, in the call or before it, and is gone. */
function hasLeft({ booking, callStartedAt, role }: SessionView): boolean {
  if (callStartedAt !== null) return true;
  const theirs = booking?.attendance?.filter((entry) => entry.role !== role) ?? [];
  return theirs.length > 0 && theirs.every(({ leftAt }) => leftAt !== undefined);
}

function awayHelp({ closesAt }: SessionView, { localize, now }: StageWords): string {
  if (closesAt === null || closesAt <= now) return localize.t('call.away-help');
  return localize.t('call.away-until', localize.formats.time(closesAt));
}

function deniedTitle({ localize, asked }: StageWords): string {
  if (asked.microphone === asked.camera) return localize.t('error.devices-denied');
  return localize.t(asked.camera ? 'error.camera-denied' : 'error.microphone-denied');
}

/** Ways on with fewer devices than were asked for just now. */
function withLess({ localize, asked }: StageWords): readonly StageButton[] {
  if (!asked.microphone || !asked.camera) {
    return [
      { ...button('start', localize.t('call.without-both'), false), media: { microphone: false, camera: false } },
    ];
  }
  return [
    { ...button('start', localize.t('call.without-camera'), false), media: { microphone: true, camera: false } },
    { ...button('start', localize.t('call.without-microphone'), false), media: { microphone: false, camera: true } },
  ];
}

function askEnd(localize: Localize): StageButton {
  return button('ask-end', localize.t('call.end-session'), false);
}

function button(action: StageAction, label: string, primary = true): StageButton {
  return { action, label, primary };
}

function say(title: string, lines: readonly string[] = []): StageMessage {
  return { title, lines, buttons: [] };
}

function lineOf(text: string): readonly string[] {
  return text === '' ? [] : [text];
}
