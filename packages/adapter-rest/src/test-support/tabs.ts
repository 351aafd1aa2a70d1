import type { ServerResponse } from 'node:http';
import type { Browser } from '../shared/neighbours.js';
import { watchPageLife } from '../shared/page-life.js';
import { followEvents, SOON, type Following } from './follow-events.js';
import { noteAdded } from './samples.js';
import { eventText, sendEvent, startEvents, startScriptedServer } from './scripted-server.js';

/** A backend with one person's events, which counts who listens. */
export interface Clinic {
  readonly url: string;
  /** Ids after which a stream was asked for, in order. */
  readonly asked: () => unknown[];
  /** How many streams are open. */
  readonly open: () => number;
  /** Something happens, and all are told. */
  readonly happen: () => void;
  readonly beat: () => void;
  /** From now on nothing is told to anybody, and who asks is not answered. */
  readonly fallSilent: () => void;
  readonly stop: () => Promise<void>;
}

/** @param every ms between two heartbeats, as it says; it beats only when it is told to */
export async function startClinic(every = 20_000): Promise<Clinic> {
  const server = await startScriptedServer();
  const readers = new Set<ServerResponse>();
  let happened = 10;
  let isSilent = false;
  const note = (id: number): [string, string, unknown] => ['note.added', String(id), noteAdded(`n${id}`)];
  server.on('GET /events', ({ headers }, response) => {
    if (isSilent) return;
    startEvents(response);
    const after = headers['last-event-id'];
    if (after !== undefined) {
      for (let id = Number(after) + 1; id <= happened; id += 1) sendEvent(response, ...note(id));
    }
    sendEvent(response, 'hello', String(happened), { every });
    readers.add(response);
    response.on('close', () => readers.delete(response));
  });
  const tell = (text: string): void => {
    if (!isSilent) for (const reader of readers) reader.write(text);
  };
  return {
    url: server.url,
    asked: () => server.seen.map(({ headers }) => headers['last-event-id']),
    open: () => readers.size,
    happen() {
      happened += 1;
      tell(eventText(...note(happened)));
    },
    beat() {
      tell(eventText('heartbeat', null, { every }));
    },
    fallSilent() {
      isSilent = true;
    },
    stop: () => server.stop(),
  };
}

export interface Tab extends Following {
  readonly show: () => void;
  readonly hide: () => void;
  /** As a browser that keeps a page in its back-forward cache. */
  readonly putAway: () => void;
  readonly comeBack: () => void;
  /** What it posts to others is not sent any more, and it hears nothing: it is stopped, and keeps its lock. */
  readonly freeze: () => void;
}

export interface TabOptions {
  readonly url: string;
  readonly person: string;
  readonly isHidden?: boolean;
  readonly after?: string;
}

/** A tab of a browser, on the locks and the channels of this process. */
export function openTab({ url, person, isHidden = false, after = '10' }: TabOptions): Tab {
  const view = new EventTarget();
  const visibilityState: DocumentVisibilityState = isHidden ? 'hidden' : 'visible';
  const page = Object.assign(new EventTarget(), { visibilityState });
  const channels = new Set<BroadcastChannel>();
  const browser: Browser = {
    page: watchPageLife(view, page),
    locks: navigator.locks,
    openChannel(name) {
      const channel = new BroadcastChannel(name);
      channels.add(channel);
      return channel;
    },
  };
  const following = followEvents({ url, timing: { ...SOON, greetingWithin: 5_000 }, after, browser });
  following.signedIn(person);
  const turn = (visibility: DocumentVisibilityState): void => {
    page.visibilityState = visibility;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return {
    ...following,
    show: () => {
      turn('visible');
    },
    hide: () => {
      turn('hidden');
    },
    putAway: () => void view.dispatchEvent(new Event('pagehide')),
    comeBack: () => void view.dispatchEvent(new Event('pageshow')),
    freeze() {
      for (const channel of channels) {
        channel.onmessage = null;
        channel.postMessage = () => undefined;
      }
    },
  };
}
