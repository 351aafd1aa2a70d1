import * as z from 'zod/mini';
import type { Device, DeviceAbilities, DeviceChoice, DeviceKind, DevicesPort } from '../ports/devices.port.js';
import { keptJson } from '../kept-json.js';
import type { StoragePort } from '../ports/platform.port.js';
import { writable, type Readable } from '../readable.js';

export interface DeviceSettingsView {
  /** The devices of this browser; labels are empty until permission was given once. */
  readonly list: readonly Device[];
  readonly choice: DeviceChoice;
  readonly can: DeviceAbilities;
}

/** Which camera, microphone and speaker this person wants on this device. Check and call follow it. */
export interface DeviceSettings extends Readable<DeviceSettingsView> {
  /** Takes effect at once where it is in use, and is kept on this device for next time, until signing out. */
  choose(kind: DeviceKind, id: string): void;
  /** Lists the devices anew: their names can be read once permission was given. */
  refresh(): void;
}

export interface OwnedDeviceSettings extends DeviceSettings {
  /** What this person chose here before. */
  load(): Promise<void>;
  /** Somebody else is here now. */
  forget(): void;
}

export interface DeviceSettingsOptions {
  /** Null where there is no video. */
  readonly devices: DevicesPort | null;
  readonly storage: StoragePort;
  readonly signal: AbortSignal;
}

const KEY = 'devices';
const id = z.optional(z.string());
const choiceSchema = z.object({ microphone: id, camera: id, speaker: id });
const NOTHING: DeviceAbilities = { share: false, chooseSpeaker: false };

export function createDeviceSettings({ devices, storage, signal }: DeviceSettingsOptions): OwnedDeviceSettings {
  const view = writable<DeviceSettingsView>({ list: [], choice: {}, can: NOTHING });
  const kept = keptJson(storage, KEY, choiceSchema);
  let watchers = 0;
  let unwatch: (() => void) | undefined;

  const refresh = (): void => {
    if (devices === null || signal.aborted) return;
    const can = devices.abilities();
    devices.list({ signal }).then(
      (list) => {
        if (!signal.aborted) view.set({ ...view.getSnapshot(), list, can });
      },
      // A page that may not list them shows no choice.
      () => undefined,
    );
  };
  const watch = (): void => {
    watchers += 1;
    if (watchers > 1 || devices === null) return;
    unwatch = devices.subscribe(refresh);
    refresh();
  };

  return {
    getSnapshot: () => view.getSnapshot(),
    subscribe(listener) {
      const subscription = view.subscribe(listener);
      let watching = true;
      watch();
      return {
        unsubscribe() {
          subscription.unsubscribe();
          if (!watching) return;
          watching = false;
          watchers -= 1;
          if (watchers === 0) unwatch?.();
        },
      };
    },
    choose(kind, chosen) {
      if (signal.aborted) return;
      const before = view.getSnapshot();
      if (before.choice[kind] === chosen) return;
      const choice = { ...before.choice, [kind]: chosen };
      view.set({ ...before, choice });
      kept.write(choice);
    },
    refresh,
    async load() {
      const choice = await kept.read();
      if (choice === undefined) return;
      const before = view.getSnapshot();
      view.set({ ...before, choice: { ...definedOf(choice), ...before.choice } });
    },
    forget() {
      view.set({ ...view.getSnapshot(), choice: {} });
    },
  };
}

function definedOf({ microphone, camera, speaker }: z.infer<typeof choiceSchema>): DeviceChoice {
  return {
    ...(microphone === undefined ? {} : { microphone }),
    ...(camera === undefined ? {} : { camera }),
    ...(speaker === undefined ? {} : { speaker }),
  };
}
