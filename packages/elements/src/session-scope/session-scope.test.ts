import { aTimeout, expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import { ActiveSession } from '../active-session/active-session.js';
import { ProviderNotes } from '../provider-notes/provider-notes.js';
import { SessionScope } from './session-scope.js';
import { fakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING } from '../test-support/fixtures.js';
import { mount, settled, textOf } from '../test-support/page.js';

describe('<session-scope>', () => {
  it('hands its client to elements below it, also in other shadow roots', async () => {
    const scope = await fixture<SessionScope>(html`<session-scope .client=${fakeClient()}><div></div></session-scope>`);
    const root = scope.querySelector('div')?.attachShadow({ mode: 'open' });
    const element = document.createElement('active-session');
    root?.append(element);
    await settled(element);
    expect(textOf(element)).to.contain('Your session with Dr. Smith is tomorrow');
  });

  it('hands over a client that comes later, and the next one', async () => {
    const scope = await fixture<SessionScope>(html`<session-scope><active-session></active-session></session-scope>`);
    const element = scope.querySelector('active-session')!;
    scope.client = fakeClient({ bookings: [] });
    await scope.updateComplete;
    await settled(element);
    expect(textOf(element)).to.contain('You have no session booked.');
    scope.client = fakeClient();
    await scope.updateComplete;
    await settled(element);
    expect(textOf(element)).to.contain('Dr. Smith');
  });

  it('is found by elements that were there before it', async () => {
    class LateScope extends SessionScope {}
    const outer = await fixture<SessionScope>(html`<late-scope><active-session></active-session></late-scope>`);
    customElements.define('late-scope', LateScope);
    outer.client = fakeClient();
    await outer.updateComplete;
    const element = outer.querySelector('active-session')!;
    await settled(element);
    expect(textOf(element)).to.contain('Dr. Smith');
  });

  it('is not asked where an element has a client of its own', async () => {
    const element = await mount(
      'active-session',
      fakeClient({ bookings: [] }),
      html`<active-session .client=${fakeClient()}></active-session>`,
    );
    expect(textOf(element)).to.contain('Dr. Smith');
  });

  it('says what to add where nobody answers', async () => {
    const element = await fixture<ActiveSession>(html`<active-session></active-session>`);
    expect(textOf(element)).to.equal('');
    await aTimeout(1_100);
    expect(textOf(element)).to.contain('<session-scope>');
    await expect(element).to.be.accessible();
  });

  it('lets go of the client when an element leaves it', async () => {
    const element = await mount(
      'active-session',
      fakeClient({ now: AT.open }),
      html`<active-session></active-session>`,
    );
    document.body.append(element);
    await settled(element);
    expect(textOf(element)).to.not.contain(BOOKING.providerName);
    element.remove();
  });
});

describe('define', () => {
  it('registers once, and only warns where another class has the name', () => {
    expect(() => ActiveSession.define()).to.not.throw();
    expect(customElements.get('active-session')).to.equal(ActiveSession);
    const warned: unknown[] = [];
    const registry = { get: () => HTMLElement, define: () => expect.fail('defined') };
    const { warn } = console;
    Object.assign(console, { warn: (text: unknown) => warned.push(text) });
    try {
      ProviderNotes.define(registry as unknown as CustomElementRegistry);
    } finally {
      Object.assign(console, { warn });
    }
    expect(warned).to.have.length(1);
    expect(warned[0]).to.contain('<provider-notes>');
  });
});
