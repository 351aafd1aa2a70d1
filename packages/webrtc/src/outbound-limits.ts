import type { Carries } from '@active-session/core';

/** What a sender is told, as `RTCRtpEncodingParameters` names it. */
export type OutboundLimits = Readonly<
  Pick<
    RTCRtpEncodingParameters,
    'active' | 'maxBitrate' | 'maxFramerate' | 'scaleResolutionDownBy' | 'priority' | 'networkPriority'
  >
>;

/** What is known of the pictures that a sender has. */
export interface PictureFacts {
  /** px; of its shorter side. */
  readonly lines: number | undefined;
  readonly isScreen: boolean;
}

/** bit/s of what one person sends in all; divided among those they send it to. */
const PICTURE = { all: 1_500_000, small: 150_000 };
/** bit/s below which there is no picture worth sending. */
const LEAST = { all: 300_000, small: 50_000 };
/** bit/s; speech in Opus needs no more. */
const SOUND = 40_000;
/** The small picture: lines of its shorter side, and pictures a second. */
const SMALL = { lines: 180, rate: 15 };
/** A screen stays as large as it is, so that it can be read, and moves in jerks instead. */
const SCREEN_RATE = 3;
const FULL_RATE = 30;
/** For a camera that does not say how large its pictures are: 720 lines, which is what is asked for. */
const USUAL_LINES = 720;

/** The same on every step, whatever the network: sound goes first. */
export const soundLimits: OutboundLimits = { maxBitrate: SOUND, priority: 'high', networkPriority: 'high' };

export function pictureLimits(
  carries: Carries,
  { lines, isScreen }: PictureFacts,
  connections: number,
): OutboundLimits {
  const share = (size: 'all' | 'small') => Math.max(LEAST[size], Math.round(PICTURE[size] / Math.max(1, connections)));
  if (carries === 'all') {
    return { active: true, maxBitrate: share('all'), maxFramerate: FULL_RATE, scaleResolutionDownBy: 1 };
  }
  return {
    active: carries !== 'audio',
    maxBitrate: share('small'),
    maxFramerate: isScreen ? SCREEN_RATE : SMALL.rate,
    scaleResolutionDownBy: scaleToSmall({ lines, isScreen }),
  };
}

/**
 * For the first second or two: Chromium begins at 300 kbit/s, and throws the first pictures away where they are large for
 * that (0.1 s later at 720 lines, and as much again to encode one).
 */
export function firstPictureLimits(pictures: PictureFacts): OutboundLimits {
  return { scaleResolutionDownBy: scaleToSmall(pictures) };
}

function scaleToSmall({ lines = USUAL_LINES, isScreen }: PictureFacts): number {
  return isScreen ? 1 : Math.max(1, lines / SMALL.lines);
}

export function picturesOf(track: MediaStreamTrack | null): PictureFacts {
  // Not every browser that has them says so.
  const settings: Partial<MediaTrackSettings> = track?.getSettings() ?? {};
  const { width, height } = settings;
  const lines = width !== undefined && height !== undefined ? Math.min(width, height) : height;
  return { lines, isScreen: settings.displaySurface !== undefined || isDetailed(track?.contentHint) };
}

function isDetailed(hint: string | undefined): boolean {
  return hint === 'detail' || hint === 'text';
}
