import {
  writable,
  type DeviceChecker,
  type DeviceCheckView,
  type DeviceSettings,
  type DeviceSettingsView,
  type Writable,
} from '@active-session/core';
import { CLOSED_CHECK, DEVICE_SETTINGS } from './fixtures.js';

/** Devices whose list and choice a test sets. */
export interface FakeDeviceSettings extends DeviceSettings {
  readonly view: Writable<DeviceSettingsView>;
  set(change: Partial<DeviceSettingsView>): void;
}

export function fakeDeviceSettings(initial: Partial<DeviceSettingsView> = {}): FakeDeviceSettings {
  const view = writable<DeviceSettingsView>({ ...DEVICE_SETTINGS, ...initial });
  return {
    view,
    set: (change) => view.set({ ...view.getSnapshot(), ...change }),
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    choose: (kind, id) => view.set({ ...view.getSnapshot(), choice: { ...view.getSnapshot().choice, [kind]: id } }),
    refresh: () => undefined,
  };
}

/** A device check whose view a test sets, and which writes down what it was told to do. */
export interface FakeDeviceChecker extends DeviceChecker {
  readonly view: Writable<DeviceCheckView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  /** How loud it is at the microphone. */
  loudness: number | null;
  set(change: Partial<DeviceCheckView>): void;
}

export function fakeDeviceChecker(initial: Partial<DeviceCheckView> = {}): FakeDeviceChecker {
  const view = writable<DeviceCheckView>({ ...CLOSED_CHECK, ...initial });
  const commands: [string, ...unknown[]][] = [];
  const record =
    (name: string) =>
    (...args: unknown[]): void => {
      commands.push(args.length === 0 || args[0] === undefined ? [name] : [name, ...args]);
    };
  const checker: FakeDeviceChecker = {
    view,
    commands,
    loudness: 0,
    set: (change) => view.set({ ...view.getSnapshot(), ...change }),
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    start: record('start'),
    stop: record('stop'),
    turn: record('turn'),
    heard: record('heard'),
    testNetwork: record('testNetwork'),
    level: () => checker.loudness,
  };
  return checker;
}
