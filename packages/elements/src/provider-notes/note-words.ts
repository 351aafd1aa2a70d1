import { toInstant, type Instant, type NoteKind, type ProviderNote } from '@active-session/core';
import type { Formats } from '../shared/formats.js';
import type { Localize } from '../shared/localize.controller.js';

/** What is said around notes, worked out once for all of them. While nothing is said otherwise, it is the same object. */
export interface NoteWords {
  /** Changes with every word. */
  readonly signature: string;
  readonly localize: Pick<Localize, 't'>;
  readonly copy: string;
  readonly copied: string;
  readonly fresh: string;
  readonly withdrawnHelp: string;
  /** The same, for who withdrew it. */
  readonly withdrawnOwn: string;
  readonly correct: string;
  readonly withdraw: string;
  readonly showCorrected: string;
  readonly showCorrection: string;
  /** What its reader can do with a note; null for a patient. */
  readonly own: OwnActs | null;
  kind(kind: NoteKind): string;
  /** Date, time and zone. */
  stamp(at: Instant): string;
  withdrawn(at: Instant): string;
  /** What a correction says of what it corrects. */
  amends(corrected: ProviderNote | undefined): string;
  /** What a note says of its correction. */
  amended(correction: ProviderNote): string;
}

/** What the provider of a session can do with a note that is shared. */
export interface OwnActs {
  readonly canCorrect: boolean;
  readonly canWithdraw: boolean;
}

export const ONLY_READ: OwnActs = { canCorrect: false, canWithdraw: false };

const KINDS: readonly NoteKind[] = ['diagnosis', 'recommendation', 'follow-up', 'resource', 'prescription'];
/** What is filled in, to see what is said around it. */
const ANY = 'x';

/** `zone`: the one that the host was given; the formats are looked up only where something changed. */
export function noteWords(localize: Localize, zone: string, before: NoteWords | undefined): NoteWords {
  const t: Localize['t'] = (key, ...args) => localize.t(key, ...args);
  const plain = {
    copy: t('notes.copy'),
    copied: t('notes.copied'),
    fresh: t('notes.new-mark'),
    withdrawnHelp: t('notes.withdrawn-help'),
    withdrawnOwn: t('notes.withdrawn-own'),
    correct: t('notes.correct'),
    withdraw: t('notes.withdraw'),
    showCorrected: t('notes.amends-show'),
    showCorrection: t('notes.amended-show'),
  };
  const kinds = new Map(KINDS.map((kind) => [kind, t(`kind.${kind}`)]));
  const signature = [
    localize.language,
    zone,
    ...Object.values(plain),
    ...kinds.values(),
    t('time.at', ANY, ANY),
    t('notes.withdrawn', ANY),
    t('notes.amends'),
    t('notes.amends-of', ANY),
    t('notes.amended', ANY),
    t('notes.opens-new-tab'),
    t('notes.goes-to', ANY),
  ].join('\n');
  if (before?.signature === signature) return before;
  const stamp = stamps(localize.formats, t);
  return {
    ...plain,
    own: null,
    signature,
    localize: { t: remembered(t) },
    kind: (kind) => kinds.get(kind) ?? '',
    stamp,
    withdrawn: (at) => t('notes.withdrawn', stamp(at)),
    amends: (corrected) =>
      corrected === undefined ? t('notes.amends') : t('notes.amends-of', stamp(toInstant(corrected.timestamp))),
    amended: (correction) => t('notes.amended', stamp(toInstant(correction.timestamp))),
  };
}

const forOwners = new WeakMap<NoteWords, Map<string, NoteWords>>();

/** The same words for a provider: for the same acts the same object. */
export function ownWords(words: NoteWords, own: OwnActs): NoteWords {
  const key = `${String(own.canCorrect)} ${String(own.canWithdraw)}`;
  const variants = forOwners.get(words) ?? new Map<string, NoteWords>();
  const found = variants.get(key) ?? { ...words, own };
  variants.set(key, found);
  forOwners.set(words, variants);
  return found;
}

/** Offsets of zones are whole quarters of an hour, so within one it is the same day. */
const QUARTER = 15 * 60_000;
const [DAY, TIME] = ['\uE000', '\uE001'];

/** As `Formats.stamp`, for very many instants: the sentence is looked up once, and a day that was written is known. */
function stamps(formats: Formats, t: Localize['t']): (at: Instant) => string {
  const sentence = t('time.at', DAY, TIME);
  const days = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const day = days.get(quarter) ?? formats.date(at);
    days.set(quarter, day);
    return sentence.replace(DAY, day).replace(TIME, formats.timeWithZone(at));
  };
}

/** The words that stand in very many notes are looked up once. */
function remembered(t: Localize['t']): Localize['t'] {
  const known = new Map<string, string>();
  return (key, ...args) => {
    if (args.length > 0) return t(key, ...args);
    const text = known.get(key) ?? t(key, ...args);
    known.set(key, text);
    return text;
  };
}
