import type { Frame } from '../frames.js';
import { createSilence } from '../silence.js';
import type { TabMessage } from './tab-messages.js';

/** ms; who shares a stream and has not answered until then does not share it. */
export const ANSWER_WITHIN = 1_500;

export interface FollowedStreamOptions {
  /** The name of this end. */
  readonly tab: string;
  readonly known: () => readonly string[];
  readonly post: (message: TabMessage) => void;
  readonly onFrame: (frame: Frame) => void;
  /** Nobody shares a stream that says anything. */
  readonly onEnd: () => void;
}

/** The stream of another tab, as long as there is one that says something. */
export interface FollowedStream {
  /** Whether its frames come here. */
  readonly isLive: boolean;
  take(message: TabMessage): void;
  /** The page was away: asks whether somebody is still there. */
  check(): void;
  stop(): void;
}

export function followOtherTab({ tab, known, post, onFrame, onEnd }: FollowedStreamOptions): FollowedStream {
  let sharer: string | null = null;
  let isOver = false;
  const hasStopped = (): boolean => isOver;

  const silence = createSilence(() => {
    if (sharer === null) {
      stop();
      onEnd();
    } else {
      joinAnew();
    }
  });
  const ask = (): void => {
    post({ type: 'join', from: tab, known: known() });
    silence.expectWithin(ANSWER_WITHIN);
  };
  const joinAnew = (): void => {
    sharer = null;
    ask();
  };
  const stop = (): void => {
    isOver = true;
    silence.stop();
  };

  const take = (message: TabMessage): void => {
    if (isOver || message.from === tab) return;
    const isFromSharer = message.from === sharer;
    if (message.type === 'frames') {
      const isAnswer = message.to === tab && sharer === null;
      const isNews = isFromSharer && (message.to === tab || message.to === null);
      if (!isAnswer && !isNews) return;
      sharer = message.from;
      for (const frame of message.frames) {
        silence.heard(frame);
        onFrame(frame);
        if (hasStopped()) return;
      }
    } else if ((message.type === 'sharing' && !isFromSharer) || (message.type === 'over' && isFromSharer)) {
      // The next one is there, or comes soon.
      joinAnew();
    }
  };

  ask();
  return {
    get isLive() {
      return !isOver && sharer !== null;
    },
    take,
    check: ask,
    stop,
  };
}
