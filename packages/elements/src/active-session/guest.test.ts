import { SessionError, type Party, type SessionErrorCode, type SessionView } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, guest, ME, MET, NOTE, notesView, party } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import type { ActiveSession } from './active-session.js';

const GUEST = { ...ME, id: 'guest:1', role: 'guest', name: 'Maria Lopez', seat: 'guest-1' } as const;
const PARTIES: readonly Party[] = [party('patient', 'away'), party('provider', 'away'), guest()];

function guestClient(now: number, booking = BOOKING, session: Partial<SessionView> = {}): FakeClient {
  return fakeClient({
    now,
    bookings: [booking],
    role: 'guest',
    view: { me: GUEST },
    session: () => ({ parties: PARTIES, ...session }),
  });
}

const shown = (client: FakeClient): Promise<ActiveSession> =>
  mount('active-session', client, html`<active-session guest time-zone="Europe/London"></active-session>`);
const has = (element: ActiveSession, selector: string): boolean => element.renderRoot.querySelector(selector) !== null;

describe('<active-session>, for a guest', () => {
  it('before it says with whom and when, and who else takes part; nothing can be changed', async () => {
    const element = await shown(guestClient(AT.dayBefore));
    expect(textOf(part(element, 'h2'))).to.contain('You are invited to a session with Dr. Smith');
    expect(textOf(part(element, '.facts'))).to.contain('Who takes part Sam Rivera Dr. Smith');
    expect(textOf(part(element, '.facts'))).not.to.contain('Maria');
    expect([has(element, 'device-check'), has(element, 'appointment-actions')]).to.deep.equal([true, false]);
    await expect(element).to.be.accessible();
  });

  it('joins once it is open', async () => {
    const client = guestClient(AT.talking, MET);
    const element = await shown(client);
    expect(textOf(part(element, 'h2'))).to.equal('You can join now.');
    buttonNamed(element, 'Join').click();
    await settled(element);
    expect(client.session(MET.id).commands).to.deep.equal([['start']]);
  });

  it('is not taken for another tab of their own when the other guest is there', async () => {
    const leo = guest({ seat: 'guest-2', name: 'Maria Lopez', presence: 'in-call', admission: 'admitted' });
    const element = await shown(guestClient(AT.talking, MET, { parties: [...PARTIES, leo] }));
    expect(textOf(part(element, 'h2'))).to.equal('You can join now.');
  });

  it('has the call without notes', async () => {
    const element = await shown(guestClient(AT.talking, MET, { call: call(), notes: notesView([NOTE]) }));
    expect([has(element, 'session-call'), has(element, 'provider-notes'), has(element, '.beside')]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  for (const [name, booking, words] of [
    ['completed', COMPLETED, 'The session is over.'],
    ['cancelled', { ...BOOKING, status: 'cancelled', cancelReason: 'I am ill' }, 'The session was cancelled.'],
  ] as const) {
    it(`after it says that it is over and shows nothing of it: ${name}`, async () => {
      const element = await shown(guestClient(AT.talking, booking, { notes: notesView([NOTE]) }));
      expect(textOf(part(element, 'h2'))).to.equal(words);
      expect(buttonsIn(element).map(textOf)).to.deep.equal([]);
      expect(textOf(element)).not.to.contain('I am ill');
      expect(textOf(element)).not.to.contain(NOTE.content);
      await expect(element).to.be.accessible();
    });
  }

  it('ends under their hands when the session does', async () => {
    const client = guestClient(AT.talking, MET, { call: call() });
    const element = await shown(client);
    client.session(MET.id).set({ booking: COMPLETED, phase: 'completed', call: null, canStart: false });
    await settled(element);
    expect(textOf(part(element, '.card'))).to.contain('The session is over. You can close this page.');
    expect([has(element, 'session-call'), has(element, 'provider-notes')]).to.deep.equal([false, false]);
  });

  const ends: readonly (readonly [SessionErrorCode, string])[] = [
    ['unauthenticated', 'This link does not work any more. Ask the clinic for a new one.'],
    ['forbidden', 'This link does not work any more. Ask the clinic for a new one.'],
    ['session-ended', 'The session is over. You can close this page.'],
    ['outside-window', 'The session is over. You can close this page.'],
    ['session-cancelled', 'The session was cancelled. You can close this page.'],
  ];
  for (const [code, words] of ends) {
    it(`says what a link means that leads nowhere: ${code}`, async () => {
      const error = new SessionError(code, 'for developers');
      const client = fakeClient({ bookings: [], view: { state: 'failed', me: null, active: null, error } });
      const element = await shown(client);
      expect(textOf(element)).to.contain(words);
      expect(buttonsIn(element).map(textOf)).to.deep.equal([]);
    });
  }

  it('who is removed reads it in place of the call', async () => {
    const client = guestClient(AT.talking, MET, { call: call() });
    const element = await shown(client);
    client.session(MET.id).set({ state: 'missing', booking: null, phase: null, call: null });
    await settled(element);
    expect(textOf(element)).to.contain('This link does not work any more.');
    expect(has(element, 'session-call')).to.equal(false);
  });

  it('what can’t be reached is tried again, and no void link', async () => {
    const error = new SessionError('network', 'for developers');
    const client = fakeClient({ bookings: [], view: { state: 'failed', me: null, active: null, error } });
    buttonNamed(await shown(client), 'Try again');
  });
});

describe('<active-session>, for a patient with a guest', () => {
  it('names everybody and why they are there before the patient joins', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ parties: PARTIES }) });
    const element = await mount(
      'active-session',
      client,
      html`<active-session time-zone="Europe/London"></active-session>`,
    );
    expect(textOf(part(element, '.facts'))).to.contain('Who takes part Dr. Smith Maria Lopez (interpreter)');
  });
});
