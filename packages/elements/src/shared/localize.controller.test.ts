import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import type { ActiveSession } from '../active-session/active-session.js';
import '../define.js';
import { fakeClient } from '../test-support/fake-client.js';
import { AT } from '../test-support/fixtures.js';
import { settled, textOf } from '../test-support/page.js';

describe('languages', () => {
  afterEach(() => {
    document.documentElement.removeAttribute('lang');
    Reflect.deleteProperty(navigator, 'languages');
  });

  for (const lang of ['en_US', 'en-US@posix', 'C', 'not a language', '']) {
    it(`are taken as pages and systems name them: “${lang}”`, async () => {
      Object.defineProperty(navigator, 'languages', { value: [lang, 'en-US@posix'], configurable: true });
      document.documentElement.lang = lang;
      const client = fakeClient({ now: AT.beforeOpening });
      const element = await fixture<ActiveSession>(html`<active-session .client=${client}></active-session>`);
      await settled(element);
      expect(textOf(element)).to.contain('You can join from');
    });
  }
});
