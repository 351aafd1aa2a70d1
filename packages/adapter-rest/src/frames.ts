import { createParser } from 'eventsource-parser';

/** One server-sent event. */
export interface Frame {
  readonly type: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** Characters; what sends more than this in one event sends no events. */
const LONGEST = 1_000_000;

/**
 * Server-sent events out of text that comes in any pieces. What a cut leaves unfinished was not said.
 *
 * @returns what takes the next piece; it throws where an event does not come to its end
 */
export function createFrameReader(onFrame: (frame: Frame) => void): (text: string) => void {
  const parser = createParser({
    maxBufferSize: LONGEST,
    onEvent: ({ event = 'message', id, data }) => {
      onFrame({ type: event, id, data });
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw error;
    },
  });
  return (text) => {
    parser.feed(text);
  };
}
