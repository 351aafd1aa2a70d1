import type { CallView, Party } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';

/** Whether this person's picture is kept back so that their sound gets through. */
export function isHeld(call: CallView): boolean {
  return call.carries === 'audio' && shows(call);
}

/** Whether the other's is. */
export function isTheirsHeld({ other }: CallView): boolean {
  return other?.sending?.limited === 'audio' && sendsPicture(other);
}

/** What the own network takes from what is sent; empty for nothing. */
export function ownLimit(call: CallView, localize: Localize): string {
  const { carries, sharing } = call;
  if (carries === 'all' || !shows(call)) return '';
  if (carries === 'audio') return localize.t(sharing ? 'weak.your-screen-held' : 'weak.your-picture-held');
  return localize.t(sharing ? 'weak.your-screen-slow' : 'weak.your-picture-small');
}

/** What the other's network takes from what is seen of them; empty for nothing. */
export function theirLimit({ other }: CallView, localize: Localize, name: string): string {
  const limited = other?.sending?.limited;
  if (limited === undefined || !sendsPicture(other)) return '';
  if (limited === 'audio') return `${localize.t('weak.theirs', name)} ${localize.t('weak.theirs-held')}`;
  return localize.t(other?.sending?.screen === true ? 'weak.their-screen-slow' : 'weak.their-picture-small', name);
}

/** What to say when that is over; empty where it is for another reason than a better network. */
export function ownLimitOver(call: CallView, localize: Localize): string {
  return call.carries === 'all' && shows(call) ? localize.t('weak.your-picture-back') : '';
}

export function theirLimitOver({ other }: CallView, localize: Localize, name: string): string {
  const isOver = other?.sending?.limited === undefined && sendsPicture(other);
  return isOver ? localize.t('weak.their-picture-back', name) : '';
}

function shows({ camera, sharing }: CallView): boolean {
  return camera === 'on' || sharing;
}

function sendsPicture(party: Party | null): boolean {
  return party?.sending?.camera === 'on' || party?.sending?.screen === true;
}
