import { SESSION_ERROR_CODES, SessionError, type SessionErrorCode } from '@active-session/core';
import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import { APPS, BROWSERS, type KnownAgent } from '../test-support/agents.js';
import '../define.js';
import type { SessionScope } from '../session-scope/session-scope.js';
import { surroundings } from './browser.js';
import { deviceWords, errorWords, kindOf, type ErrorWords } from './error-words.js';
import { Localize } from './localize.controller.js';

const DEVICE_CODES = SESSION_ERROR_CODES.filter((code) => code.startsWith('devices-'));

function error(code: SessionErrorCode, ...kinds: readonly string[]): SessionError {
  return new SessionError(code, 'for developers', { problems: kinds.map((path) => ({ path, message: '' })) });
}

describe('what went wrong, in words', () => {
  let localize: Localize;
  before(async () => {
    const scope = await fixture<SessionScope>(html`<session-scope lang="en"></session-scope>`);
    localize = new Localize(Object.assign(scope, { messages: {}, timeZone: 'Europe/London' }));
  });
  const wordsIn = (agent: KnownAgent, code: SessionErrorCode, ...kinds: string[]): ErrorWords =>
    errorWords(error(code, ...kinds), localize, surroundings(agent));

  const allow: readonly (readonly [KnownAgent, string])[] = [
    [BROWSERS.chromeWindows, 'Press the icon beside the address. Allow'],
    [BROWSERS.edge, 'Press the icon beside the address. Allow'],
    [BROWSERS.chromeAndroid, 'then “Permissions”'],
    [BROWSERS.samsung, 'then “Permissions”'],
    [BROWSERS.firefox, 'Press the crossed-out camera beside the address'],
    [BROWSERS.firefoxAndroid, 'Press the lock beside the address'],
    [BROWSERS.safari, 'In the menu, choose “Safari”, then “Settings for This Website”'],
    [BROWSERS.safariPhone, '“Website Settings”'],
    [BROWSERS.safariPad, '“Website Settings”'],
    [BROWSERS.chromePhone, 'Open the settings of your device, then “Apps”'],
    [BROWSERS.ladybird, 'Open the settings of your browser'],
  ];
  for (const [agent, help] of allow) {
    it(`says how to undo a denial in ${agent.name}`, () => {
      const words = wordsIn(agent, 'devices-denied');
      expect(words.title).to.equal('Your browser blocks the camera or the microphone for this page.');
      expect(words.help).to.contain(help);
      expect(words.elsewhere).to.equal(false);
    });
  }

  const system: readonly (readonly [KnownAgent, string])[] = [
    [BROWSERS.chromeWindows, 'Open the Windows settings, then “Privacy & security”'],
    [BROWSERS.firefoxMac, 'Open “System Settings”, then “Privacy & Security”'],
    [BROWSERS.firefoxAndroid, 'Open the settings of your device, then “Apps”, your browser, “Permissions”.'],
    [BROWSERS.safariPhone, 'Open the settings of your device, then “Apps”, then your browser.'],
    [BROWSERS.chromeLinux, 'Open the settings of your device. Allow your browser'],
  ];
  for (const [agent, help] of system) {
    it(`tells the system’s own block from the browser’s: ${agent.name}`, () => {
      const words = wordsIn(agent, 'devices-system');
      expect(words.title).to.contain(
        'The settings of your device keep the camera and the microphone from your browser.',
      );
      expect(words.help).to.contain(help);
    });
  }

  it('says what each failure is, in other words than every other one, in every browser', () => {
    for (const agent of Object.values(BROWSERS)) {
      const titles = DEVICE_CODES.map((code) => wordsIn(agent, code).title);
      expect(new Set(titles).size, agent.name).to.equal(DEVICE_CODES.length);
    }
  });

  it('says what to do about every failure of a device, everywhere', () => {
    for (const agent of [...Object.values(BROWSERS), ...Object.values(APPS)]) {
      for (const code of [...DEVICE_CODES, 'not-supported', 'unknown'] as const) {
        const { title, help } = deviceWords(error(code), localize, surroundings(agent));
        expect([title === '', help === ''], `${code} in ${agent.name}`).to.deep.equal([false, false]);
        expect(`${title} ${help}`).to.not.match(/devices-|error\.|help\.|for developers|undefined/);
      }
    }
  });

  it('names the device that it is about', () => {
    for (const code of DEVICE_CODES) {
      const [camera, microphone] = [
        wordsIn(BROWSERS.firefox, code, 'camera'),
        wordsIn(BROWSERS.firefox, code, 'microphone'),
      ];
      // A page without https is one for both.
      if (code === 'devices-insecure') continue;
      expect(camera.title, code)
        .to.match(/camera/)
        .and.to.not.match(/microphone/);
      expect(microphone.title, code)
        .to.match(/microphone/)
        .and.to.not.match(/camera/);
    }
  });

  it('asks to open another browser inside an app, and nowhere else', () => {
    const facebook = wordsIn(APPS.facebookPhone, 'devices-denied');
    expect(facebook).to.deep.equal({
      title: 'Facebook does not give this page your camera and microphone.',
      help: 'Open this page in Safari: copy the address and paste it there.',
      elsewhere: true,
    });
    expect(wordsIn(APPS.instagramAndroid, 'devices-missing').help).to.contain('Chrome or Firefox');
    expect(wordsIn(APPS.namelessPhone, 'devices-failed').title).to.contain('The app that shows this page');
    // Another app that uses the camera, and a page without https, are so in any browser.
    expect(wordsIn(APPS.facebookPhone, 'devices-busy').elsewhere).to.equal(false);
    expect(wordsIn(APPS.facebookPhone, 'devices-insecure').elsewhere).to.equal(false);
    expect(wordsIn(APPS.facebookPhone, 'network').elsewhere).to.equal(false);
  });

  it('knows a browser without cameras from a backend without an operation', () => {
    expect(errorWords(error('not-supported'), localize).title).to.equal('This is not offered here.');
    expect(deviceWords(error('not-supported'), localize).title).to.equal(
      'This browser can’t use a camera or a microphone.',
    );
  });

  it('knows of which device an error is', () => {
    expect(kindOf(error('devices-busy', 'camera'))).to.equal('camera');
    expect(kindOf(error('devices-busy', 'microphone'))).to.equal('microphone');
    expect(kindOf(error('devices-busy'))).to.equal(null);
    expect(kindOf(error('devices-busy', 'camera', 'microphone'))).to.equal(null);
  });
});
