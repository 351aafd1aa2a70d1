import { fromCallback } from 'xstate';
import { toSessionError, type SessionError } from '../errors.js';
import type { DevicesPort, LocalMedia, MediaRequest } from '../ports/devices.port.js';
import type { DeviceSettings } from './device-settings.js';
import { openMedia, type Refused } from './open-media.js';

export type DevicesCommand =
  | { type: 'turn'; device: 'microphone' | 'camera'; on: boolean }
  | { type: 'share'; on: boolean }
  /** The page was asleep or away: what the system took may be had again. */
  | { type: 'recover' };
export type DevicesReport =
  | { type: 'devices.opened'; media: LocalMedia; refused: Refused }
  | { type: 'devices.failed'; error: SessionError }
  | { type: 'devices.changed' }
  /** What was asked of the devices since they were opened can't be had; they are as they were. */
  | { type: 'devices.refused'; error: SessionError };

export interface DevicesInput {
  readonly devices: DevicesPort;
  readonly settings: DeviceSettings;
  readonly request: MediaRequest;
}

/**
 * Holds camera and microphone for as long as a call or a check lives, and follows the person's choice of devices. However
 * its owner ends, its end stops the tracks.
 */
export const devicesActor = fromCallback<DevicesCommand, DevicesInput>(({ input, sendBack, receive }) => {
  const { devices, settings, request } = input;
  const ended = new AbortController();
  const { signal } = ended;
  let media: LocalMedia | null = null;
  const undo: (() => void)[] = [];
  let { choice } = settings.getSnapshot();
  const report = (event: DevicesReport): void => {
    if (!signal.aborted) sendBack(event);
  };

  /** What changed, the media themselves say. */
  const answer = (work: Promise<void> | undefined): void => {
    work?.catch((thrown: unknown) => {
      const error = toSessionError(thrown);
      // Overtaken by a later wish for the same device, which is nothing to tell anybody.
      if (error.code !== 'aborted') report({ type: 'devices.refused', error });
    });
  };

  const onSettings = (): void => {
    const before = choice;
    choice = settings.getSnapshot().choice;
    for (const kind of ['microphone', 'camera'] as const) {
      const chosen = choice[kind];
      if (chosen !== undefined && chosen !== before[kind]) answer(media?.use(kind, chosen, { signal }));
    }
  };
  const subscription = settings.subscribe(onSettings);
  undo.push(() => {
    subscription.unsubscribe();
  });

  openMedia(devices, request, { signal, choice }).then(
    ({ media: opened, refused }) => {
      if (signal.aborted) {
        opened.close();
        return;
      }
      media = opened;
      undo.push(
        opened.subscribe(() => {
          report({ type: 'devices.changed' });
        }),
      );
      report({ type: 'devices.opened', media: opened, refused });
      settings.refresh();
    },
    (error: unknown) => {
      report({ type: 'devices.failed', error: toSessionError(error) });
    },
  );

  receive((command) => {
    if (command.type === 'turn') answer(media?.turn(command.device, command.on, { signal }));
    else if (command.type === 'share') answer(media?.share(command.on, { signal }));
    // Nobody asked for it, so that it fails is nothing to tell either.
    else media?.recover({ signal }).catch(() => undefined);
  });

  return () => {
    ended.abort();
    for (const step of undo) step();
    media?.close();
  };
});
