import type { Device, DeviceKind } from '@active-session/core';
import { pageDevices } from './capture.js';

const kinds: Readonly<Record<MediaDeviceKind, DeviceKind>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
};

/** @throws SessionError `devices-insecure`, `not-supported` */
export async function listDevices(): Promise<readonly Device[]> {
  const found = await pageDevices().enumerateDevices();
  return found.map(({ deviceId, kind, label }): Device => ({ id: deviceId, kind: kinds[kind], label }));
}

/** Whether there is a device of this kind that can be opened without asking anybody. */
export async function hasAnother(kind: 'microphone' | 'camera'): Promise<boolean> {
  try {
    const isThere = (await listDevices()).some((device) => device.kind === kind);
    return isThere && (await navigator.permissions.query({ name: kind })).state === 'granted';
  } catch {
    return false; // a browser that can't be asked
  }
}
