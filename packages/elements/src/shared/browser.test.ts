import { expect } from '@open-wc/testing';
import { APPS, BROWSERS, pretendToBe } from '../test-support/agents.js';
import { surroundings } from './browser.js';

describe('where a page is shown', () => {
  for (const { name, browser, system, app, ...agent } of [...Object.values(BROWSERS), ...Object.values(APPS)]) {
    it(`knows ${name}`, () => {
      expect(surroundings(agent)).to.deep.equal({ browser, system, app });
    });
  }

  it('asks the browser itself where nothing else is said', () => {
    const stop = pretendToBe(APPS.google);
    expect(surroundings()).to.deep.equal({ browser: 'safari-ios', system: 'ios', app: 'Google' });
    stop();
    expect(surroundings().app).to.equal(null);
  });

  it('is not led astray by a name that says nothing', () => {
    expect(surroundings({ userAgent: '' })).to.deep.equal({ browser: 'other', system: 'other', app: null });
  });
});
