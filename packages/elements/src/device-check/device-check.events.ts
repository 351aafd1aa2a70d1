import type { DeviceCheck } from '@active-session/core';

/** What the check found out has changed. */
export class DeviceCheckChangeEvent extends Event {
  /** For each thing that was checked, how it went; what was not checked is left out. */
  readonly result: DeviceCheck;

  constructor(result: DeviceCheck) {
    super('device-check-change', { bubbles: true, composed: true });
    this.result = result;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'device-check-change': DeviceCheckChangeEvent;
  }
}
