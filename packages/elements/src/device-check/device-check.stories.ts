import {
  SessionError,
  type DeviceCheckView,
  type DeviceSettingsView,
  type SessionErrorCode,
} from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import type { Agent } from '../shared/browser.js';
import { APPS, BROWSERS, pretendToBe } from '../test-support/agents.js';
import { checkView, refusedView } from '../test-support/checks.js';
import { fakeClient } from '../test-support/fake-client.js';
import { ME } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import { drawnStream, letSoundPlay } from '../test-support/streams.js';

export default { title: 'Session/Device check', component: 'device-check' } satisfies Meta;

interface Setting {
  readonly folded?: boolean;
  /** How loud it is at the microphone. */
  readonly loudness?: number;
  readonly devices?: Partial<DeviceSettingsView>;
}

const CONTACT = { label: 'the front desk', phone: '+44 20 7946 0000' };

function shown(
  change: Partial<DeviceCheckView>,
  { folded = false, loudness = 0.5, devices }: Setting = {},
): TemplateResult {
  const client = fakeClient({ view: { me: { ...ME, contact: CONTACT } } });
  client.check.set(change);
  client.check.loudness = loudness;
  if (devices !== undefined) client.devices.set(devices);
  return inScope(client, html`<device-check ?folded=${folded}></device-check>`);
}

function open(change: Partial<DeviceCheckView> = {}): Partial<DeviceCheckView> {
  return checkView({ local: drawnStream(205), ...change });
}

/** Of a device that can't be had while the other one can. */
function without(kind: 'camera' | 'microphone', code: SessionErrorCode): Partial<DeviceCheckView> {
  const error = new SessionError(code, 'for developers', { problems: [{ path: kind, message: '' }] });
  const local = kind === 'camera' ? null : drawnStream(205);
  const outcome = code === 'devices-busy' ? 'busy' : 'missing';
  return open({
    local,
    [kind]: 'missing',
    refused: { [kind]: error },
    result: { camera: 'works', microphone: 'works', [kind]: outcome },
  });
}

const rootOf = (canvas: HTMLElement): ShadowRoot | null | undefined => canvas.querySelector('device-check')?.shadowRoot;

async function press(canvas: HTMLElement, name: string): Promise<void> {
  await waitFor(async () => {
    const buttons = [...(rootOf(canvas)?.querySelectorAll('button') ?? [])];
    const button = buttons.find(({ textContent }) => textContent.trim() === name);
    await expect(button).toBeTruthy();
    button?.click();
  });
}

async function reads(canvas: HTMLElement, text: string): Promise<void> {
  await waitFor(() => expect(rootOf(canvas)?.textContent).toContain(text), { timeout: 8_000 });
}

/** Everything refused, in that browser. Its words are said once, so such a story stands alone. */
function refusedIn(agent: Agent, code: SessionErrorCode, kind?: 'camera' | 'microphone'): StoryObj {
  return {
    tags: ['!autodocs'],
    beforeEach: () => pretendToBe(agent),
    render: () => shown(refusedView(code, kind)),
  };
}

const [desktop, phone] = [BROWSERS.chromeWindows, BROWSERS.safariPhone];

export const Folded: StoryObj = { render: () => shown({}, { folded: true }) };

export const FoldedAfterwards: StoryObj = {
  render: () =>
    shown(
      {
        heard: true,
        network: 'works',
        result: { camera: 'works', microphone: 'works', speaker: 'works', network: 'works' },
      },
      { folded: true },
    ),
};

export const FoldedWithTrouble: StoryObj = {
  render: () => shown({ result: { camera: 'busy', microphone: 'works', speaker: 'failed' } }, { folded: true }),
};

export const Start: StoryObj = { render: () => shown({}) };

export const Asking: StoryObj = { render: () => shown({ state: 'asking' }) };

export const Open: StoryObj = {
  render: () => shown(open()),
  play: async ({ canvasElement }) => {
    await reads(canvasElement, 'We hear you.');
    await waitFor(() => expect(rootOf(canvasElement)?.querySelector('video')?.videoWidth).toBeGreaterThan(0));
  },
};

export const Silent: StoryObj = {
  render: () => shown(open(), { loudness: 0 }),
  play: ({ canvasElement }) => reads(canvasElement, 'We don’t hear anything.'),
};

export const CameraOff: StoryObj = { render: () => shown(open({ camera: 'off' })) };

export const PausedByThePhone: StoryObj = { render: () => shown(open({ camera: 'paused', microphone: 'paused' })) };

export const OnlyTheMicrophone: StoryObj = {
  render: () =>
    shown(
      open({
        asked: { microphone: true, camera: false },
        camera: 'missing',
        local: null,
        result: { microphone: 'works' },
      }),
    ),
};

export const OneOfEach: StoryObj = {
  render: () =>
    shown(open(), {
      devices: {
        list: [{ id: 'camera-1', kind: 'camera', label: 'Front camera' }],
        can: { share: false, chooseSpeaker: false },
      },
    }),
};

export const CameraBusy: StoryObj = { render: () => shown(without('camera', 'devices-busy')) };

export const CameraUnplugged: StoryObj = {
  render: () => shown(without('camera', 'devices-lost')),
  play: ({ canvasElement }) => reads(canvasElement, 'Your camera is not there any more.'),
};

export const MicrophoneMissing: StoryObj = { render: () => shown(without('microphone', 'devices-missing')) };

export const OtherCameraBusy: StoryObj = {
  render: () =>
    shown(
      open({ changeError: new SessionError('devices-busy', 'x', { problems: [{ path: 'camera', message: '' }] }) }),
    ),
};

export const SoundQuestion: StoryObj = {
  beforeEach: letSoundPlay,
  render: () => shown(open()),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'Play a sound');
    await reads(canvasElement, 'Did you hear it?');
  },
};

export const SoundNotHeard: StoryObj = {
  render: () => shown(open({ heard: false, result: { camera: 'works', microphone: 'works', speaker: 'failed' } })),
};

export const ConnectionTesting: StoryObj = { render: () => shown(open({ network: 'testing' })) };

export const ConnectionWorks: StoryObj = {
  render: () =>
    shown(
      open({
        network: 'works',
        networkReport: { path: 'direct', signalling: 60 },
        result: { camera: 'works', microphone: 'works', network: 'works' },
      }),
    ),
};

export const ConnectionSlow: StoryObj = {
  render: () =>
    shown(
      open({
        network: 'works',
        networkReport: { path: 'relay', signalling: 1_900 },
        result: { camera: 'works', microphone: 'works', network: 'works' },
      }),
    ),
};

export const ConnectionFails: StoryObj = {
  render: () =>
    shown(
      open({
        network: 'failed',
        networkError: new SessionError('video-failed', 'no way'),
        result: { camera: 'works', microphone: 'works', network: 'failed' },
      }),
    ),
};

export const ClinicOutOfReach: StoryObj = {
  render: () => shown(open({ networkError: new SessionError('network', 'offline') })),
};

export const NoVideoHere: StoryObj = {
  render: () => {
    const client = fakeClient();
    const view = client.getSnapshot();
    client.set({ can: { ...view.can, call: false } });
    return inScope(client, html`<device-check></device-check>`);
  },
};

export const DeniedChrome = refusedIn(desktop, 'devices-denied');
export const DeniedSafariPhone = refusedIn(phone, 'devices-denied');
export const DeniedChromeAndroid = refusedIn(BROWSERS.chromeAndroid, 'devices-denied');
export const DeniedChromePhone = refusedIn(BROWSERS.chromePhone, 'devices-denied');
export const DeniedFirefox = refusedIn(BROWSERS.firefox, 'devices-denied');
export const DeniedFirefoxAndroid = refusedIn(BROWSERS.firefoxAndroid, 'devices-denied');
export const DeniedSafari = refusedIn(BROWSERS.safari, 'devices-denied');
export const DeniedOther = refusedIn(BROWSERS.ladybird, 'devices-denied');
export const CameraDenied = refusedIn(desktop, 'devices-denied', 'camera');
export const MicrophoneDenied = refusedIn(phone, 'devices-denied', 'microphone');
export const SystemWindows = refusedIn(desktop, 'devices-system');
export const SystemMac = refusedIn(BROWSERS.chromeMac, 'devices-system');
export const SystemAndroid = refusedIn(BROWSERS.chromeAndroid, 'devices-system');
export const SystemPhone = refusedIn(phone, 'devices-system');
export const SystemLinux = refusedIn(BROWSERS.chromeLinux, 'devices-system');
export const DismissedChrome = refusedIn(desktop, 'devices-dismissed');
export const DismissedSafariPhone = refusedIn(phone, 'devices-dismissed');
export const MissingChrome = refusedIn(desktop, 'devices-missing');
export const MissingSafariPhone = refusedIn(phone, 'devices-missing');
export const BusyChrome = refusedIn(desktop, 'devices-busy');
export const BusySafariPhone = refusedIn(phone, 'devices-busy');
export const InsecureChrome = refusedIn(desktop, 'devices-insecure');
export const InsecureSafariPhone = refusedIn(phone, 'devices-insecure');
export const BlockedChrome = refusedIn(desktop, 'devices-blocked');
export const BlockedSafariPhone = refusedIn(phone, 'devices-blocked');
export const FailedChrome = refusedIn(desktop, 'devices-failed');
export const FailedSafariPhone = refusedIn(phone, 'devices-failed');
export const UnsupportedChrome = refusedIn(desktop, 'not-supported');
export const UnsupportedSafariPhone = refusedIn(phone, 'not-supported');
export const InFacebook = refusedIn(APPS.facebookPhone, 'devices-denied');
export const InInstagram = refusedIn(APPS.instagramAndroid, 'not-supported');
export const InAnApp = refusedIn(APPS.namelessPhone, 'devices-denied');
