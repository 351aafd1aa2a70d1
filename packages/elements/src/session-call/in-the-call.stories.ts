import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, waitFor } from 'storybook/test';
import { inScope } from '../test-support/render.js';
import { callCases, clientOf, elementOf, type CallCase } from './test-support/cases.js';

export default { title: 'Session/Call/In the call', component: 'session-call' } satisfies Meta;

function story(state: () => CallCase, rest: Partial<StoryObj> = {}): StoryObj {
  return {
    render: () => {
      const shown = state();
      return inScope(clientOf(shown), elementOf(shown));
    },
    ...rest,
  };
}

/** Presses a control once it is there, and waits for the dialog that it opens. */
function opens(control: string): Partial<StoryObj> {
  return {
    play: async ({ canvasElement }) => {
      const root = canvasElement.querySelector('session-call')?.shadowRoot;
      const button = await waitFor(() => {
        const found = root?.querySelector<HTMLElement>(`[part~=${control}]`);
        if (!found) throw new Error(`There is no ${control}.`);
        return found;
      });
      button.click();
      await waitFor(() => expect(root?.querySelector('dialog[open]')).toBeTruthy());
    },
  };
}

export const Connecting = story(callCases.connecting);
export const ConnectingLong = story(callCases.connectingLong);
export const Connected = story(callCases.connected, {
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('session-call');
    await waitFor(async () => {
      const video = element?.shadowRoot?.querySelector('video');
      await expect(video?.videoWidth).toBeGreaterThan(0);
    });
  },
});
export const ConnectionFair = story(callCases.fair);
export const ConnectionPoor = story(callCases.poor);
export const ConnectionPoorWithoutCamera = story(callCases.poorWithoutCamera);
export const DevicesOff = story(callCases.devicesOff);
export const OwnDevicesPaused = story(callCases.ownPaused);
export const CameraRefused = story(callCases.cameraRefused);
export const SharingTheScreen = story(callCases.sharing);
export const TheirScreen = story(callCases.theirScreen);
export const TheirMicrophoneOff = story(callCases.theirMicrophoneOff);
export const TheirMicrophonePaused = story(callCases.theirMicrophonePaused);
export const TheirCameraOff = story(callCases.theirCameraOff);
export const TheirCameraPaused = story(callCases.theirCameraPaused);
export const TheyHaveNoCamera = story(callCases.theyHaveNoCamera);
export const NoPicture = story(callCases.noPicture);
export const Frozen = story(callCases.frozen);
export const Silent = story(callCases.silent);
export const OwnPictureSmall = story(callCases.ownPictureSmall);
export const OwnPictureHeld = story(callCases.ownPictureHeld);
export const OwnScreenSlow = story(callCases.ownScreenSlow);
export const OwnScreenHeld = story(callCases.ownScreenHeld);
export const TheirPictureSmall = story(callCases.theirPictureSmall);
export const TheirPictureHeld = story(callCases.theirPictureHeld);
export const BothPicturesHeld = story(callCases.bothHeld);
export const CutOff = story(callCases.cutOff);
export const Reconnecting = story(callCases.reconnecting);
export const StillTrying = story(callCases.stillTrying);
export const Rejoin = story(callCases.rejoin);
export const Leaving = story(callCases.leaving);
export const EndQuestion = story(callCases.connected, opens('end-call'));
export const More = story(callCases.connected, opens('more'));
export const MoreWithKeys = story(callCases.withKeys, opens('more'));
export const MoreWithoutChoice = story(callCases.noSpeakerChoice, opens('more'));

/** The browser plays no sound before a tap. */
export const SoundHeld = story(callCases.soundHeld, {
  beforeEach: () => {
    const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play') ?? {};
    const refuse = function (this: HTMLMediaElement): Promise<void> {
      if (this.muted) return Reflect.apply(play.value as () => Promise<void>, this, []);
      return Promise.reject(new DOMException('not before a tap', 'NotAllowedError'));
    };
    Object.defineProperty(HTMLMediaElement.prototype, 'play', { ...play, value: refuse });
    return () => {
      Object.defineProperty(HTMLMediaElement.prototype, 'play', play);
    };
  },
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('session-call')?.shadowRoot;
    await waitFor(() => expect(root?.querySelector('[data-notice=tap]')).toBeTruthy());
  },
});
