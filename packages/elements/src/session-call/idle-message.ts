import { toInstant, type SessionError, type SessionView } from '@active-session/core';
import { errorWords, isDeviceError, kindOf } from '../shared/error-words.js';
import { mainOther } from '../shared/guests.js';
import { lasted } from '../shared/lasted.js';
import type { Localize } from '../shared/localize.controller.js';
import { button, say, type StageButton, type StageMessage, type StageWords } from './stage-message.js';
import { comeBackUntil } from './wait-message.js';

/** The sentence where no call runs on this page. */
export function idleMessage(view: SessionView, words: StageWords): StageMessage {
  const { localize } = words;
  if (words.rejoining) return say(localize.t('call.rejoining'));
  if (view.state === 'loading') return say(localize.t('client.loading'));
  if (view.state === 'missing') return say(localize.t('session.missing'));
  if (view.role === 'guest' && (view.phase === 'completed' || view.phase === 'expired')) {
    return say(localize.t('guest.over'), [localize.t('guest.over-help')]);
  }
  if (view.ending) return say(localize.t('call.ending'));
  if (view.endError !== null) {
    const again = button('end', localize.t('action.try-again'));
    return { ...say(localize.t('call.end-failed')), buttons: [again], needsWayOut: true };
  }
  switch (view.phase) {
    case 'upcoming':
      return upcomingMessage(view, words);
    case 'completed':
      return say(localize.t('session.ended', words.name), [lasted(view.duration, localize)]);
    case 'cancelled':
    case 'expired':
      return overMessage(view, words);
    case 'open':
      return view.lastCall === null ? readyMessage(view, words) : outcomeMessage(view, words);
    case null: {
      const { title, help } = errorWords(view.error, localize);
      const again = button('refresh', localize.t('action.try-again'));
      return { ...say(title, [help]), buttons: [again], needsWayOut: true };
    }
  }
}

function upcomingMessage({ opensAt }: SessionView, { localize, name, now }: StageWords): StageMessage {
  if (opensAt === null) return say(localize.t('call.ready', name));
  const when = localize.formats.when(opensAt, now, (day) => day);
  return say(localize.t('call.ready', name), [localize.t('session.join-from', when)]);
}

/** It did not take place. Whoever was waiting for it learns by whose word. */
function overMessage({ booking, phase, reason, role }: SessionView, words: StageWords): StageMessage {
  const { localize, name, now } = words;
  const at = booking === null ? now : toInstant(booking.dateTime);
  const when = localize.formats.when(at, now, (day) => localize.t('time.on', day));
  if (phase === 'expired') return say(localize.t('session.missed', name, when), [localize.t('session.missed-help')]);
  if (reason === 'no-show') {
    const said = role === 'patient' ? localize.t('session.no-show-help', name) : localize.t('session.no-show-own');
    return { ...say(localize.t('session.no-show', name, when), [said]), needsWayOut: role === 'patient' };
  }
  const cancelled = say(localize.t('session.cancelled', name, when), [
    booking?.cancelledBy === role ? localize.t('session.cancelled-by-you') : '',
  ]);
  const text = booking?.cancelReason?.trim() ?? '';
  return {
    ...cancelled,
    ...(text === '' ? {} : { quote: { by: localize.t('session.reason'), text } }),
    needsWayOut: booking?.cancelledBy !== role,
  };
}

function readyMessage(view: SessionView, words: StageWords): StageMessage {
  const { localize, name } = words;
  if (!words.canCall || !view.canStart) return { ...say(localize.t('session.no-video')), needsWayOut: true };
  const other = mainOther(view);
  const returns = view.callStartedAt !== null;
  const lines = other !== undefined && other.presence !== 'away' ? [localize.t('call.other-waits', name)] : [];
  const own = returns ? 'call.come-back' : 'call.start';
  const start = button('start', localize.t(view.role === 'guest' ? 'guest.join' : own));
  const buttons = view.role === 'provider' && view.canEnd ? [start, askEnd(localize)] : [start];
  return { title: localize.t(returns ? 'session.still-open' : 'session.open'), lines, buttons };
}

function outcomeMessage(view: SessionView, words: StageWords): StageMessage {
  const { localize } = words;
  const outcome = view.lastCall?.outcome ?? 'failed';
  switch (outcome) {
    case 'left': {
      const until = comeBackUntil(view, localize, words.now);
      const lines = until === null ? [] : [localize.t('call.left-until', until)];
      const back = view.canStart ? [button('start', localize.t('call.come-back'))] : [];
      const end = view.canEnd ? [askEnd(localize)] : [];
      return { title: localize.t('call.left'), lines, buttons: [...back, ...end] };
    }
    case 'elsewhere':
    case 'displaced': {
      const lines = outcome === 'displaced' ? [localize.t('call.displaced-help')] : [];
      const buttons = [button('continue-here', localize.t('call.continue-here'))];
      return { title: localize.t(outcome === 'displaced' ? 'call.displaced' : 'call.elsewhere'), lines, buttons };
    }
    case 'failed':
      return failedMessage(view, words);
  }
}

function failedMessage(view: SessionView, words: StageWords): StageMessage {
  const { localize } = words;
  const error = view.lastCall?.error ?? null;
  const { title, help } = errorWords(error, localize);
  const opensAt = error?.opensAt === undefined ? '' : localize.t('call.opens-at', localize.formats.time(error.opensAt));
  const buttons = view.canStart ? [button('start', localize.t('action.try-again')), ...withLess(error, words)] : [];
  return { ...say(title, [help, opensAt]), buttons, needsWayOut: true };
}

/** Ways on with fewer devices than were asked for just now; without the one that is the reason, where that is known. */
function withLess(error: SessionError | null, { localize, asked }: StageWords): readonly StageButton[] {
  if (error === null || !isDeviceError(error)) return [];
  if (!asked.microphone || !asked.camera) {
    const media = { microphone: false, camera: false };
    return [{ ...button('start', localize.t('call.without-both'), false), media }];
  }
  const kind = kindOf(error);
  return (['camera', 'microphone'] as const)
    .filter((device) => kind === null || kind === device)
    .map((device) => ({
      ...button('start', localize.t(`call.without-${device}`), false),
      media: { microphone: device !== 'microphone', camera: device !== 'camera' },
    }));
}

function askEnd(localize: Localize): StageButton {
  return button('ask-end', localize.t('call.end-session'), false);
}
