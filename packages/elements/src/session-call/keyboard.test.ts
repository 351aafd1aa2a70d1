import { createClinic, createScriptedParty, createSystemClock } from '@active-session/testing';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { MET } from '../test-support/fixtures.js';
import { focused, press } from '../test-support/keyboard.js';
import { mount, part, settled, textOf } from '../test-support/page.js';
import { callCases, clientOf, elementOf, stopPictures, waitingCases, type CallCase } from './test-support/cases.js';
import type { SessionCall } from './session-call.js';

afterEach(stopPictures);

/** Presses Tab until the focus is on the button with this text, as a person does. */
async function tabTo(name: string, key = 'Tab'): Promise<void> {
  for (let tries = 0; tries < 30; tries += 1) {
    const at = focused();
    if (at instanceof HTMLButtonElement && textOf(at).includes(name)) return;
    await press(key);
  }
  throw new Error(`“${name}” can’t be reached with ${key}.`);
}

async function pressOn(element: SessionCall, name: string, key = 'Enter'): Promise<void> {
  await tabTo(name);
  await press(key);
  await settled(element);
}

describe('<session-call>, with keys alone', () => {
  it('goes through a whole call', async () => {
    const clinic = createClinic({ clock: createSystemClock() });
    const booking = clinic.book({ startsIn: 5 * 60_000 });
    const patient = clinic.open(clinic.patient);
    const doctor = createScriptedParty(clinic, { person: clinic.provider, booking: booking.id });
    const element = await mount(
      'session-call',
      patient.client,
      html`<session-call .bookingId=${booking.id}></session-call>`,
    );
    const view = patient.client.session(booking.id);
    await waitUntil(() => textOf(element).includes('Start Call'));

    await pressOn(element, 'Start Call');
    await waitUntil(() => view.getSnapshot().call?.state === 'waiting');
    await settled(element);
    // The button is gone, the person is still here.
    expect(focused()?.className).to.equal('call');
    await doctor.joins();
    await waitUntil(() => view.getSnapshot().call?.state === 'connected', undefined, { timeout: 5_000 });
    await settled(element);

    await pressOn(element, 'Microphone', 'Space');
    await waitUntil(() => view.getSnapshot().call?.microphone === 'off');
    await pressOn(element, 'Microphone');
    await waitUntil(() => view.getSnapshot().call?.microphone === 'on');
    await pressOn(element, 'Share screen');
    await waitUntil(() => view.getSnapshot().call?.sharing === true);
    await settled(element);
    await tabTo('Stop sharing', 'Shift+Tab');
    await press('Enter');
    await waitUntil(() => view.getSnapshot().call?.sharing === false);

    await pressOn(element, 'More');
    expect(focused()?.id).to.equal('more-title');
    await press('Escape');
    await waitUntil(() => textOf(focused()!) === 'More');

    await pressOn(element, 'End Call');
    expect(focused()?.id).to.equal('end-question');
    await pressOn(element, 'Leave for now');
    await waitUntil(() => view.getSnapshot().lastCall?.outcome === 'left');
    await settled(element);
    expect(textOf(element)).to.contain('You have left the call.');

    await pressOn(element, 'Come back');
    await waitUntil(() => view.getSnapshot().call?.state === 'connected', undefined, { timeout: 5_000 });
    await pressOn(element, 'End Call');
    await pressOn(element, 'End the session');
    await waitUntil(() => view.getSnapshot().phase === 'completed');
    await settled(element);
    expect(textOf(element)).to.contain('has ended.');
    expect(element.contains(document.activeElement)).to.equal(true);
    patient.client.close();
    doctor.page.client.close();
  });

  it('keeps the focus in a dialog', async () => {
    const element = await mount('session-call', clientOf(callCases.connected()), elementOf(callCases.connected()));
    await pressOn(element, 'End Call');
    const seen = new Set<string>();
    for (let time = 0; time < 8; time += 1) {
      await press('Tab');
      const at = focused();
      if (at !== null && at !== document.body) seen.add(textOf(at));
    }
    expect([...seen]).to.deep.equal(['Leave for now', 'End the session', 'Back to the call']);
  });
});

describe('<session-call>, single keys', () => {
  async function shown(state: CallCase): Promise<{ element: SessionCall; said: () => unknown }> {
    const client = clientOf(state);
    const element = await mount('session-call', client, elementOf(state));
    return { element, said: () => client.session(MET.id).commands };
  }

  it('do nothing where the portal has not turned them on', async () => {
    const { element, said } = await shown(callCases.connected());
    element.focus();
    for (const key of ['m', 'v', 's', 'f', 'o']) await press(key);
    expect(said()).to.deep.equal([]);
    expect(part(element, '.more-dialog', HTMLDialogElement).open).to.equal(false);
    expect(element.shadowRoot?.querySelectorAll('[aria-keyshortcuts]')).to.have.length(0);
  });

  it('do what the buttons do while the focus is in the call', async () => {
    const { element, said } = await shown(callCases.withKeys());
    element.focus();
    for (const key of ['m', 'v', 's']) await press(key);
    expect(said()).to.deep.equal([
      ['setMicrophone', false],
      ['setCamera', false],
      ['setSharing', true],
    ]);
    await press('o');
    await settled(element);
    const dialog = part(element, '.more-dialog', HTMLDialogElement);
    expect(dialog.open).to.equal(true);
    const keys = [...dialog.querySelectorAll('kbd')].map(textOf);
    expect(keys).to.deep.equal(['M', 'V', 'S', 'F', 'O']);
    const told = [...element.shadowRoot!.querySelectorAll('.controls [aria-keyshortcuts]')];
    expect(told.map((button) => button.getAttribute('aria-keyshortcuts'))).to.deep.equal(['m', 'v', 's', 'o']);
    // What is chosen there by its first letter is a choice.
    dialog.querySelector('select')?.focus();
    await press('m');
    await press('Escape');
    expect(said()).to.have.length(3);
  });

  it('do nothing from elsewhere, from what the portal has in there, with other keys held, or while somebody writes', async () => {
    const { element, said } = await shown({ ...waitingCases.waiting(), shortcuts: true });
    const field = document.createElement('input');
    const own = document.createElement('button');
    const outside = document.createElement('button');
    field.slot = own.slot = 'waiting';
    element.append(field, own);
    element.parentElement?.append(outside);
    await settled(element);
    for (const place of [outside, field, own]) {
      place.focus();
      expect(focused() === place).to.equal(true);
      await press('m');
    }
    expect(field.value).to.equal('m');
    element.focus();
    await press('Control+m');
    await press('Alt+v');
    expect(said()).to.deep.equal([]);
    await press('m');
    expect(said()).to.deep.equal([['setMicrophone', false]]);
  });

  it('end nothing', async () => {
    const { element, said } = await shown(callCases.withKeys());
    element.focus();
    for (const key of ['e', 'q', 'x', 'l', 'h']) await press(key);
    expect(said()).to.deep.equal([]);
    expect(part(element, '.end-dialog', HTMLDialogElement).open).to.equal(false);
  });
});
