import { SessionError, type CallView, type SessionView } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import { fakeClient } from '../test-support/fake-client.js';
import { AT, call, MET, party } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import { drawnStream } from '../test-support/streams.js';

export default { title: 'Session/Call', component: 'session-call' } satisfies Meta;

function shown(session: Partial<SessionView>, role: 'patient' | 'provider' = 'patient'): TemplateResult {
  const client = fakeClient({ now: AT.talking, bookings: [MET], role, session: () => session });
  return inScope(client, html`<session-call time-zone="Europe/London"></session-call>`);
}

function calling(change: Partial<CallView> = {}): Partial<SessionView> {
  return { call: call({ local: drawnStream(205, 320, 240), ...change }) };
}

export const Ready: StoryObj = { render: () => shown({ callStartedAt: null }) };

export const OtherWaits: StoryObj = {
  render: () => shown({ callStartedAt: null, parties: [party('provider', 'waiting')] }),
};

export const Preparing: StoryObj = {
  render: () => shown({ call: call({ state: 'preparing', since: AT.talking }), callStartedAt: null }),
};

export const Waiting: StoryObj = {
  render: () => shown({ ...calling({ state: 'waiting', since: AT.talking - 250_000 }), callStartedAt: null }),
};

export const Connecting: StoryObj = {
  render: () => shown({ ...calling({ state: 'connecting', since: AT.talking }), callStartedAt: null }),
};

export const Connected: StoryObj = {
  render: () => shown(calling({ remote: drawnStream(20) })),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('session-call');
    await waitFor(async () => {
      const video = element?.shadowRoot?.querySelector('video');
      await expect(video?.videoWidth).toBeGreaterThan(0);
    });
  },
};

export const CameraAndMicrophoneOff: StoryObj = {
  render: () => shown(calling({ remote: drawnStream(20), microphone: 'off', camera: 'off' })),
};

export const TheirCameraOff: StoryObj = { render: () => shown(calling()) };

export const Reconnecting: StoryObj = {
  render: () => shown(calling({ remote: drawnStream(20), state: 'reconnecting', since: AT.talking - 2_000 })),
};

export const StillTrying: StoryObj = {
  render: () => shown(calling({ remote: drawnStream(20), state: 'reconnecting', since: AT.talking - 60_000 })),
};

export const EndQuestion: StoryObj = {
  render: () => shown(calling({ remote: drawnStream(20) })),
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('session-call')?.shadowRoot;
    await waitFor(() => expect(root?.querySelector('.end')).toBeTruthy());
    root?.querySelector<HTMLElement>('.end')?.click();
    await waitFor(() => expect(root?.querySelector('dialog')?.open).toBe(true));
  },
};

export const Left: StoryObj = { render: () => shown({ lastCall: { outcome: 'left', error: null } }) };

export const Elsewhere: StoryObj = { render: () => shown({ lastCall: { outcome: 'elsewhere', error: null } }) };

export const Displaced: StoryObj = { render: () => shown({ lastCall: { outcome: 'displaced', error: null } }) };

export const MicrophoneBlocked: StoryObj = {
  render: () => shown({ lastCall: { outcome: 'failed', error: new SessionError('devices-denied', 'denied') } }),
};

export const NoVideoPossible: StoryObj = {
  render: () => shown({ lastCall: { outcome: 'failed', error: new SessionError('video-failed', 'no path') } }),
};

export const Provider: StoryObj = {
  render: () => shown({ callStartedAt: null, parties: [party('patient', 'waiting')] }, 'provider'),
};
