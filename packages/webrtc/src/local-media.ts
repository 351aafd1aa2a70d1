import type { DeviceChoice, LocalMedia, TrackState } from '@active-session/core';
import { aborted } from './capture.js';
import type { Capture } from './capture.js';
import { createLoudness } from './loudness.js';
import { hasAnother } from './page-devices.js';
import { createSources, type Kind } from './sources.js';

const KINDS = ['microphone', 'camera'] as const;

export interface LocalMediaInput {
  readonly capture: Capture;
  readonly tracks: readonly MediaStreamTrack[];
  readonly choice: DeviceChoice;
}

/**
 * Off stops the device itself, so that its light goes off and nothing can leave; on opens it anew. A track that the
 * system silences (a phone call on iOS) is paused until the system gives it back. In place of a device that is unplugged
 * another one is taken, where that asks nobody anything.
 */
export function createLocalMedia({ capture, tracks, choice }: LocalMediaInput): LocalMedia {
  const wanted = new Map<Kind, string>();
  for (const kind of KINDS) if (choice[kind] !== undefined) wanted.set(kind, choice[kind]);
  const turnedOff = new Set<Kind>();
  /** Taken by the system while they were on. */
  const taken = new Set<Kind>();
  /** Counts what was asked of each kind: a capture that was overtaken by a later wish is stopped when it arrives. */
  const wishes: Record<Kind | 'screen', number> = { microphone: 0, camera: 0, screen: 0 };
  const listeners = new Set<() => void>();
  const loudness = createLoudness();
  const life = new AbortController();

  const notify = () => [...listeners].forEach((listener) => listener());
  const sources = createSources({
    onChange: notify,
    onTaken(kind) {
      if (kind === 'screen') {
        notify();
        return;
      }
      taken.add(kind);
      notify();
      void replaceTaken(kind);
    },
  });

  const state = (kind: Kind): TrackState => {
    const track = sources.track(kind);
    if (track) return track.muted ? 'paused' : 'on';
    return turnedOff.has(kind) ? 'off' : 'missing';
  };

  const put = (arrived: readonly MediaStreamTrack[]) => {
    for (const track of arrived) {
      const kind = track.kind === 'video' ? 'camera' : 'microphone';
      turnedOff.delete(kind);
      taken.delete(kind);
      sources.put(kind, track);
    }
  };

  const choiceOf = (kind: Kind): DeviceChoice => {
    const id = wanted.get(kind);
    return id === undefined ? {} : { [kind]: id };
  };

  const open = async (kind: Kind, signal: AbortSignal, exact = false) => {
    const wish = ++wishes[kind];
    const request = { microphone: kind === 'microphone', camera: kind === 'camera' };
    const arrived = await capture.devices(request, { signal, exact, choice: choiceOf(kind) });
    if (wishes[kind] !== wish) {
      arrived.forEach((track) => track.stop());
      throw aborted();
    }
    put(arrived);
    notify();
  };

  const replaceTaken = async (kind: Kind) => {
    const wish = wishes[kind];
    // Whatever the person wants meanwhile comes first.
    if (!(await hasAnother(kind)) || wishes[kind] !== wish) return;
    await open(kind, life.signal).catch(() => undefined);
  };

  put(tracks);

  return {
    stream: sources.stream,
    get microphone() {
      return state('microphone');
    },
    get camera() {
      return state('camera');
    },
    get sharing() {
      return sources.track('screen') !== undefined;
    },
    get using() {
      return Object.fromEntries(
        KINDS.flatMap((kind) => {
          const id = sources.track(kind)?.getSettings().deviceId;
          return id === undefined ? [] : [[kind, id]];
        }),
      );
    },
    level: () => loudness.level(sources.track('microphone')),
    async turn(kind, on, { signal }) {
      if (life.signal.aborted || signal.aborted) throw aborted();
      if (on) {
        if (state(kind) !== 'on') await open(kind, signal);
        return;
      }
      wishes[kind]++;
      if (!sources.drop(kind)) return;
      turnedOff.add(kind);
      notify();
    },
    async use(kind, id, { signal }) {
      if (life.signal.aborted || signal.aborted) throw aborted();
      const before = wanted.get(kind);
      wanted.set(kind, id);
      const track = sources.track(kind);
      if (track === undefined || track.getSettings().deviceId === id) return;
      await open(kind, signal, true).catch((error: unknown) => {
        if (before === undefined) wanted.delete(kind);
        else wanted.set(kind, before);
        throw error;
      });
    },
    async share(on, { signal }) {
      if (life.signal.aborted || signal.aborted) throw aborted();
      const wish = ++wishes.screen;
      if (!on) {
        if (sources.drop('screen')) notify();
        return;
      }
      const [track] = await capture.screen(signal);
      if (track === undefined) return;
      // Text has to be sharp rather than smooth.
      track.contentHint = 'detail';
      if (wishes.screen !== wish) {
        track.stop();
        throw aborted();
      }
      sources.put('screen', track);
      notify();
    },
    async recover({ signal }) {
      for (const kind of KINDS) {
        if (state(kind) === 'paused' || taken.has(kind)) await open(kind, signal);
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      if (life.signal.aborted) return;
      life.abort();
      for (const kind of [...KINDS, 'screen'] as const) {
        wishes[kind]++;
        sources.drop(kind);
      }
      loudness.close();
      turnedOff.clear();
      taken.clear();
      notify();
      listeners.clear();
    },
  };
}
