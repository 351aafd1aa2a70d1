/** Requests on their way, and those that wait until the backend can be reached again. */
export interface Traffic {
  /** Sends now, or as soon as there is a point in it. Rejects with an `AbortError` where it was given up before. */
  send(request: () => Promise<Response>, signal: AbortSignal): Promise<Response>;
}

/** `silent`: neither yes nor no came back in time. */
export type Knock = 'open' | 'refused' | 'silent';

/**
 * Tries to reach the backend over a connection that is new for certain, and leaves nothing behind.
 *
 * @param within ms
 */
export type Door = (within: number) => Promise<Knock>;

export interface TrafficOptions {
  /** Null: there is no way to knock, yet or at all. */
  readonly door: () => Door | null;
  /** The backend can be reached again. */
  readonly onFound: () => void;
}

/** ms without an answer after which the backend may be out of reach; more, where answers have taken long lately. */
const HANGS_AFTER = { least: 1_000, most: 5_000, ofUsual: 3 };
/** How much of the longest time that an answer took is forgotten with the next one. */
const FORGOTTEN = 0.2;
/**
 * ms for a knock, and between two of them from the 25th on. In one knock TCP tries twice or three times, a second apart. Not
 * more of them: who fails often is made to wait by Chromium, up to 5 s, and the call wants a WebSocket then.
 */
const WITHIN = { least: 2_500, most: 8_000, ofUsual: 5 };
const EAGER = 25;
const PAUSE = 3_000;
/** Knocks during which nobody wanted anything, and who knocks goes away. */
const UNWANTED = 5;
/** After so many knocks, and twice as many, and so on, a request is sent all the same: a proxy may swallow WebSockets alone. */
const DOUBTS = 4;

/**
 * After a cut of half a minute a browser may not reach a backend that can be reached again. Measured in Chromium 156: it
 * opens six connections to it at most, goes on with those that it began to open during the cut although their requests
 * were given up, and TCP tries each again only after 8, 16, 32 s. So nothing is sent into a cut: what is wanted meanwhile
 * waits until a knock is answered.
 */
export function createTraffic({ door, onFound }: TrafficOptions): Traffic {
  const waiting = new Set<() => void>();
  let underWay = 0;
  /** A request hung, and nothing was heard since. */
  let isLost = false;
  let isKnocking = false;
  let isDoubted = false;
  /** ms that answers take, at worst. */
  let usual = 0;

  const patience = ({ least, most, ofUsual }: typeof WITHIN): number =>
    Math.min(most, Math.max(least, usual * ofUsual));

  /** Where nobody can knock, one request at a time finds out. */
  const isHeld = (): boolean => isLost && (underWay > 0 || (isKnocking && !isDoubted));

  const letGo = (): void => {
    for (const go of waiting) {
      if (isHeld()) return;
      go();
    }
  };

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        waiting.delete(go);
        signal.removeEventListener('abort', stop);
      };
      const go = (): void => {
        end();
        underWay += 1;
        isDoubted = false;
        resolve();
      };
      const stop = (): void => {
        end();
        reject(new DOMException('It was given up before it was sent.', 'AbortError'));
      };
      signal.addEventListener('abort', stop);
      waiting.add(go);
      if (signal.aborted) stop();
      else letGo();
    });

  const knockAt = async (knock: Door): Promise<void> => {
    isKnocking = true;
    let silent = 0;
    let doubts = DOUBTS;
    for (let unwanted = 0; isLost && unwanted < UNWANTED;) {
      if ((await knock(patience(WITHIN)).catch(() => 'refused')) !== 'silent') break;
      silent += 1;
      if (silent === doubts) {
        doubts *= 2;
        isDoubted = true;
        letGo();
      }
      if (silent >= EAGER) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      unwanted = waiting.size + underWay > 0 ? 0 : unwanted + 1;
    }
    isKnocking = false;
    isDoubted = false;
    isLost = false;
    letGo();
    if (silent > 0) onFound();
  };

  const lose = (): void => {
    isLost = true;
    const knock = door();
    if (knock !== null && !isKnocking) void knockAt(knock);
  };

  return {
    async send(request, signal) {
      await turn(signal);
      const timer = setTimeout(lose, patience(HANGS_AFTER));
      const sentAt = performance.now();
      try {
        const response = await request();
        const took = performance.now() - sentAt;
        // How long a cut was says little of how long answers take.
        usual = Math.max(isLost ? Math.min(took, HANGS_AFTER.least) : took, usual * (1 - FORGOTTEN));
        isLost = false;
        return response;
      } finally {
        clearTimeout(timer);
        underWay -= 1;
        letGo();
      }
    },
  };
}
