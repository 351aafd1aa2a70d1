import type { CallView, SessionView } from '@active-session/core';
import { MINUTE, SECOND } from '../shared/formats.js';
import { button, say, type StageMessage, type StageWords } from './stage-message.js';
import { waitMessage } from './wait-message.js';
import { isTheirsHeld } from './weak-network.js';

/** After this long without the other, reconnecting is said in other words; ms. */
const PATIENCE = 15 * SECOND;
/** So long a first way to the other may take before it is said what may be in it; ms. With what came before, 15 s. */
const FIRST_WAY = 10 * SECOND;
/** And after this long the person can do something about it themselves, while it goes on by itself. */
const REJOIN_AFTER = MINUTE;
/** So long the first picture may take without a word. */
const FIRST_PICTURE = 5 * SECOND;

/** The sentence for a running call; null where the picture speaks for itself. */
export function callMessage(call: CallView, view: SessionView, words: StageWords): StageMessage | null {
  const { localize, name, now, rejoining } = words;
  const passed = now - call.since;
  switch (call.state) {
    case 'preparing':
      if (rejoining) return say(localize.t('call.rejoining'));
      return say(localize.t('call.preparing'), [localize.t('call.preparing-help')]);
    case 'waiting':
      return waitMessage(call, view, words);
    case 'connecting': {
      if (passed < FIRST_WAY) return { ...say(localize.t('call.connecting', name)), changesIn: FIRST_WAY - passed };
      const lines = [localize.t('call.no-way-help'), localize.t('call.goes-on-trying')];
      return { ...patient(say(localize.t('call.no-way'), lines), passed, words), needsWayOut: true };
    }
    case 'reconnecting':
      return patient(say(localize.t(passed < PATIENCE ? 'call.reconnecting' : 'call.still-trying')), passed, words);
    case 'leaving':
      return say(localize.t(view.ending ? 'call.ending' : rejoining ? 'call.rejoining' : 'call.leaving'));
    case 'connected':
      return null;
  }
}

/** The longer it takes, the more there is to do. */
function patient(message: StageMessage, passed: number, { localize, offline }: StageWords): StageMessage {
  const lines = [...message.lines, ...(offline ? [localize.t('call.check-network')] : [])];
  if (passed < REJOIN_AFTER) {
    return { ...message, lines, changesIn: (passed < PATIENCE ? PATIENCE : REJOIN_AFTER) - passed };
  }
  return {
    ...message,
    lines: [...lines, localize.t('call.rejoin-help')],
    buttons: [button('rejoin', localize.t('call.rejoin'))],
    needsWayOut: true,
  };
}

/** Why the other is not to be seen, though the call is well. */
export function unseenMessage(call: CallView, { localize, name, now }: StageWords): StageMessage {
  const { other, since } = call;
  if (isTheirsHeld(call)) return say(localize.t('weak.theirs', name), [localize.t('weak.theirs-held')]);
  switch (other?.sending?.camera) {
    case 'paused':
      return say(localize.t('call.their-camera-paused', name));
    case 'missing':
      return say(localize.t('call.their-camera-missing', name));
    case 'on': {
      const left = since + FIRST_PICTURE - now;
      if (left > 0) return { ...say(localize.t('call.connected', name)), changesIn: left };
      return say(localize.t('call.no-picture', name), [localize.t('call.no-picture-help')]);
    }
    case 'off':
    case undefined:
      return say(localize.t('call.their-camera-off', name));
  }
}
