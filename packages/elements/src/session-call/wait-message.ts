import { toInstant, type CallView, type Instant, type Party, type SessionView } from '@active-session/core';
import { MINUTE, untilMore } from '../shared/formats.js';
import type { Localize } from '../shared/localize.controller.js';
import { guestsAmong, guestWords } from '../shared/guests.js';
import { button, say, type Quote, type StageMessage, type StageWords } from './stage-message.js';

/** After this long with nobody, what else one can do is said; ms. */
const LONG_WAIT = 15 * MINUTE;

/** The waiting room: who is there, how long it has been, and what comes next. */
export function waitMessage(call: CallView, view: SessionView, words: StageWords): StageMessage {
  const since = waitingSince(call);
  const waited = words.now - since;
  const message = view.role === 'provider' ? providerWaits(call, view, words) : patientWaits(call, view, words);
  const shown = { ...message, lines: [...message.lines, ...invitedLines(call, view, words)] };
  return { ...afterLong(shown, waited, view, words), changesIn: untilMore(waited, MINUTE) };
}

/** Whom one will meet beside the other, before one does. Who invited them knows. */
function invitedLines({ own }: CallView, { parties, role, booking }: SessionView, { localize }: StageWords): string[] {
  if (role === 'provider' || booking === null) return [];
  return guestsAmong(parties)
    .filter(({ seat }) => seat !== own?.seat)
    .map((party) => localize.t('guest.comes', booking.providerName, guestWords(party, localize)));
}

/** In this state since; or before it, where the server saw them wait before a call that did not come about. */
function waitingSince({ since, own }: CallView): Instant {
  if (own?.presence !== 'waiting' || own.since === null) return since;
  return Math.min(since, toInstant(own.since));
}

function patientWaits(call: CallView, view: SessionView, words: StageWords): StageMessage {
  const { localize, name, offline } = words;
  const { own } = call;
  const waited = waitedFor(call, words);
  if (offline) return offlineMessage(words);
  if (own?.admission === 'held') {
    const held = say(localize.t('wait.held', name), [localize.t('wait.held-help'), waited]);
    return own.message === undefined ? held : { ...held, quote: quoted(own.message, words) };
  }
  const asking = own?.admission === 'asking';
  if (asking && isHere(call.other)) return say(localize.t('wait.asking', name), [waited]);
  if (hasLeft(view)) return say(localize.t('call.away', name), [awayHelp(view, words), waited]);
  const later = asking ? localize.t('wait.asking-later', name) : '';
  const late = lateMessage(view, words);
  if (late !== null) return { ...late, lines: [localize.t('call.right-place'), later, waited].filter(Boolean) };
  const absent = `${localize.t('call.waiting', name)} ${localize.t('call.right-place')}`;
  return say(absent, [startsAt(view, words), later, waited]);
}

function providerWaits(call: CallView, view: SessionView, words: StageWords): StageMessage {
  const { localize, name, offline } = words;
  const { other } = call;
  if (offline) return offlineMessage(words);
  if (isHere(other) && (other.admission === 'held' || other.admission === 'asking')) {
    const held = other.admission === 'held';
    const waits = other.since === null ? '' : theyWaited(words.now - toInstant(other.since), words);
    return {
      ...say(localize.t(held ? 'wait.you-hold' : 'wait.knocks', name), [waits]),
      ...(held && other.message !== undefined
        ? { quote: { by: localize.t('wait.your-message'), text: other.message } }
        : {}),
      buttons: words.canAdmit ? [button('admit', localize.t('wait.admit', name))] : [],
    };
  }
  const waited = waitedFor(call, words);
  if (hasLeft(view)) return say(localize.t('call.away', name), [awayHelp(view, words), waited]);
  return say(localize.t('call.waiting', name), [startsAt(view, words), waited]);
}

function offlineMessage({ localize }: StageWords): StageMessage {
  return { ...say(localize.t('client.offline'), [localize.t('call.not-over')]), needsWayOut: true };
}

/** The provider's own word that they come later, with their new time until that is over. */
function lateMessage({ booking }: SessionView, words: StageWords): StageMessage | null {
  if (booking?.late === undefined) return null;
  const { localize, name, now } = words;
  const { minutes, message } = booking.late;
  const start = toInstant(booking.dateTime);
  const expected = start + minutes * MINUTE;
  const title =
    expected > now
      ? localize.t('session.late', name, localize.formats.timeBeside(expected, start, now))
      : localize.t('wait.late', name);
  return message === undefined ? say(title) : { ...say(title), quote: quoted(message, words) };
}

function quoted(text: string, { localize, name }: StageWords): Quote {
  return { by: localize.t('wait.says', name), text };
}

/** Nobody waits a quarter of an hour for nothing without hearing what else there is. */
function afterLong(message: StageMessage, waited: number, view: SessionView, words: StageWords): StageMessage {
  const { localize, now } = words;
  const isDue = view.booking === null || now >= toInstant(view.booking.dateTime);
  if (waited < LONG_WAIT || !isDue || message.buttons.length > 0) return message;
  const until = comeBackUntil(view, words.localize, words.now);
  const help = until === null ? localize.t('wait.long') : localize.t('wait.long-until', until);
  return { ...message, lines: [...message.lines, help], needsWayOut: true };
}

function startsAt({ booking }: SessionView, { localize, now }: StageWords): string {
  if (booking === null) return '';
  const start = toInstant(booking.dateTime);
  return start > now ? localize.t('wait.starts-at', localize.formats.timeBeside(start, now, now)) : '';
}

function waitedFor(call: CallView, { localize, now }: StageWords): string {
  const waited = now - waitingSince(call);
  return waited < MINUTE ? '' : localize.t('call.waiting-for', localize.formats.duration(waited));
}

function theyWaited(waited: number, { localize }: StageWords): string {
  return waited < MINUTE ? '' : localize.t('wait.waits-for', localize.formats.duration(waited));
}

function isHere(party: Party | null): party is Party {
  return party !== null && party.presence !== 'away';
}

/** Whether the other has been here, in the call or before it, and is gone. */
function hasLeft({ booking, callStartedAt, role }: SessionView): boolean {
  // A call that began without a guest says nothing of who is there now.
  if (callStartedAt !== null && role !== 'guest') return true;
  const other = role === 'provider' ? 'patient' : 'provider';
  const theirs = booking?.attendance?.filter((entry) => entry.role === other) ?? [];
  return theirs.length > 0 && theirs.every(({ leftAt }) => leftAt !== undefined);
}

function awayHelp(view: SessionView, words: StageWords): string {
  const until = comeBackUntil(view, words.localize, words.now);
  return until === null ? words.localize.t('call.away-help') : words.localize.t('call.away-until', until);
}

/** "12:00": until when one can come back; null where that can't be said. */
export function comeBackUntil({ closesAt }: SessionView, localize: Localize, now: Instant): string | null {
  return closesAt === null || closesAt <= now ? null : localize.formats.time(closesAt);
}
