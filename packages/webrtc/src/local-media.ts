import type { LocalMedia, TrackState } from '@active-session/core';
import { aborted } from './capture.js';
import type { Capture } from './capture.js';

type Kind = 'microphone' | 'camera';

interface Source {
  readonly track: MediaStreamTrack;
  readonly unwatch: () => void;
}

/**
 * Off stops the device itself, so that its light goes off and nothing can leave; on opens it anew. A track that the
 * system silences (a phone call on iOS) counts as off until the system gives it back.
 */
export function createLocalMedia(capture: Capture, tracks: readonly MediaStreamTrack[]): LocalMedia {
  const stream = new MediaStream();
  const sources = new Map<Kind, Source>();
  const turnedOff = new Set<Kind>();
  /** Counts the turns of each kind: a capture that was overtaken by a later turn is stopped when it arrives. */
  const turns: Record<Kind, number> = { microphone: 0, camera: 0 };
  const listeners = new Set<() => void>();
  let closed = false;

  const notify = () => [...listeners].forEach((listener) => listener());

  const state = (kind: Kind): TrackState => {
    const source = sources.get(kind);
    if (source) return source.track.muted ? 'off' : 'on';
    return turnedOff.has(kind) ? 'off' : 'missing';
  };

  const add = (track: MediaStreamTrack) => {
    const kind = track.kind === 'video' ? 'camera' : 'microphone';
    remove(kind);
    // Only the system ends a track with an event: it was unplugged, or the permission was taken back.
    const onEnded = () => {
      remove(kind);
      notify();
    };
    track.addEventListener('ended', onEnded);
    track.addEventListener('mute', notify);
    track.addEventListener('unmute', notify);
    sources.set(kind, {
      track,
      unwatch: () => {
        track.removeEventListener('ended', onEnded);
        track.removeEventListener('mute', notify);
        track.removeEventListener('unmute', notify);
      },
    });
    turnedOff.delete(kind);
    stream.addTrack(track);
  };

  const remove = (kind: Kind): boolean => {
    const source = sources.get(kind);
    if (!source) return false;
    source.unwatch();
    source.track.stop();
    stream.removeTrack(source.track);
    return sources.delete(kind);
  };

  tracks.forEach(add);

  return {
    stream,
    get microphone() {
      return state('microphone');
    },
    get camera() {
      return state('camera');
    },
    async turn(kind, on, { signal }) {
      if (closed || signal.aborted) throw aborted();
      const turn = ++turns[kind];
      if (!on) {
        if (!remove(kind)) return;
        turnedOff.add(kind);
        notify();
        return;
      }
      if (state(kind) === 'on') return;
      const arrived = await capture({ microphone: kind === 'microphone', camera: kind === 'camera' }, signal);
      if (turns[kind] !== turn) {
        arrived.forEach((track) => track.stop());
        throw aborted();
      }
      arrived.forEach(add);
      notify();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      if (closed) return;
      closed = true;
      for (const kind of ['microphone', 'camera'] as const) {
        turns[kind]++;
        remove(kind);
      }
      turnedOff.clear();
      notify();
      listeners.clear();
    },
  };
}
