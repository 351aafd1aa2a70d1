import { SessionError, type Booking, type OutboxItem } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, written, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, call, clientView, judged, MET, NOTE, notesView, party } from '../test-support/fixtures.js';
import { buttonNamed, mount, part, settled, textOf } from '../test-support/page.js';
import type { ProviderDashboard } from './provider-dashboard.js';

const SAM: Booking = { ...MET, patientName: 'Sam Rivera' };
const NAMELESS: Booking = { ...BOOKING, id: 3, dateTime: '2026-01-07T11:00:00.000Z' };

function dayClient(session: Parameters<typeof fakeClient>[0] = {}): FakeClient {
  const bookings = [SAM, NAMELESS];
  const view = clientView(
    bookings.map((one) =>
      judged(one, AT.talking, 'provider', one === SAM ? [party('patient', 'waiting', AT.talking - 250_000)] : []),
    ),
  );
  return fakeClient({ now: AT.talking, bookings, role: 'provider', view, ...session });
}
const shown = (client: FakeClient): Promise<ProviderDashboard> =>
  mount('provider-dashboard', client, html`<provider-dashboard time-zone="Europe/London"></provider-dashboard>`);
const field = (element: ProviderDashboard): HTMLTextAreaElement => part(element, 'textarea', HTMLTextAreaElement);
const queued = (item: Partial<OutboxItem>): OutboxItem =>
  written({ id: 'o1', content: 'Rest.', state: 'waiting', ...item });

async function write(element: ProviderDashboard, text: string): Promise<void> {
  field(element).value = text;
  field(element).dispatchEvent(new InputEvent('input', { bubbles: true }));
  await settled(element);
}

function asksBeforeUnload(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

describe('<provider-dashboard>', () => {
  it('says what the patient’s check has found wrong, until they are in the call', async () => {
    const client = dayClient();
    const found = { microphone: 'denied', camera: 'works', speaker: 'failed', network: 'works' } as const;
    const item = (presence: 'waiting' | 'in-call') =>
      judged(SAM, AT.talking, 'provider', [{ ...party('patient', presence), devices: found }]);
    client.set({ queue: [item('waiting')] });
    const element = await shown(client);
    const troubles = (): string[] => [...element.renderRoot.querySelectorAll('.item-trouble')].map(textOf);
    expect(troubles()).to.deep.equal(['microphone does not work', 'sound not heard']);
    client.set({ queue: [item('in-call')] });
    await settled(element);
    expect(troubles()).to.deep.equal([]);
  });

  it('shows who has a session today and who waits since when', async () => {
    const element = await shown(dayClient());
    expect(textOf(part(element, '.queue'))).to.equal(
      'Today Sam Rivera 10:00 waiting 4 minutes Patient, 11:00 11:00 can join now',
    );
    await expect(element).to.be.accessible();
  });

  it('begins with the session to join and keeps the choice', async () => {
    const client = dayClient();
    const element = await shown(client);
    expect(textOf(part(element, '.who'))).to.contain('Sam Rivera');
    buttonNamed(element, 'Patient, 11:00').click();
    await settled(element);
    expect(textOf(part(element, '.who'))).to.contain('Patient, 11:00');
    client.set({ active: client.getSnapshot().queue[0] ?? null });
    await settled(element);
    expect(textOf(part(element, 'form'))).to.contain('Note for Patient, 11:00');
  });

  it('keeps a text with its patient', async () => {
    const element = await shown(dayClient());
    await write(element, 'For Sam only');
    buttonNamed(element, 'Patient, 11:00').click();
    await settled(element);
    expect(field(element).value).to.equal('');
    buttonNamed(element, 'Sam Rivera').click();
    await settled(element);
    expect(field(element).value).to.equal('For Sam only');
  });

  it('shares with the keyboard, once, and has room for the next one', async () => {
    const client = dayClient();
    const element = await shown(client);
    const session = client.session(SAM.id);
    await write(element, 'Rest.');
    field(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    field(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', metaKey: true, bubbles: true }));
    await settled(element);
    expect(session.commands).to.deep.equal([['shareNote', 'draft-1']]);
    expect(field(element).value).to.equal('');
    expect(textOf(element)).to.contain('Waiting for the connection. It is sent by itself.');
    expect(asksBeforeUnload()).to.equal(true);
    session.set({ outbox: [], notes: notesView([{ ...NOTE, content: 'Rest.' }]) });
    await settled(element);
    expect(asksBeforeUnload()).to.equal(false);
    expect(textOf(part(element, 'div[role=status]'))).to.equal('All notes are shared');
  });

  it('says where a note is safe, and asks before it would be lost', async () => {
    const client = dayClient();
    const element = await shown(client);
    const status = (): string => textOf(part(element, '[part=composer-status]'));
    await write(element, 'Half');
    client.setKeeping({ state: 'device', saving: true });
    await settled(element);
    expect([status().includes('Saving…'), asksBeforeUnload()]).to.deep.equal([true, true]);
    client.setKeeping({ state: 'device', saving: false });
    await settled(element);
    expect([status().includes('Kept on this device'), asksBeforeUnload()]).to.deep.equal([true, false]);
    client.setKeeping({ state: 'locked' });
    await settled(element);
    expect([status().includes('Sign in again'), asksBeforeUnload()]).to.deep.equal([true, true]);
    client.setKeeping({ state: 'memory' });
    await settled(element);
    expect(status()).to.contain('while this page is open');
    await write(element, ' ');
    expect([status().includes('Kept'), asksBeforeUnload()]).to.deep.equal([false, false]);
  });

  it('says that the connection is down', async () => {
    const client = dayClient();
    const element = await shown(client);
    expect(textOf(element)).to.not.contain('No connection right now.');
    client.set({ connection: 'down' });
    await settled(element);
    expect(textOf(element)).to.contain('No connection right now. We keep trying.');
  });

  it('sends the kind that was chosen, and nothing that is empty', async () => {
    const client = dayClient();
    const element = await shown(client);
    await write(element, '   ');
    buttonNamed(element, 'Share').click();
    await write(element, 'Twice a day.');
    const kind = part(element, 'select', HTMLSelectElement);
    kind.value = 'prescription';
    kind.dispatchEvent(new Event('change', { bubbles: true }));
    buttonNamed(element, 'Share').click();
    const { commands, view } = client.session(SAM.id);
    expect(commands).to.deep.equal([['shareNote', 'draft-1']]);
    const [item] = view.getSnapshot().outbox;
    expect([item?.content, item?.kind]).to.deep.equal(['Twice a day.', 'prescription']);
  });

  it('says what is on its way, and lets a refused note be changed, beside what is being written', async () => {
    const refused = queued({ id: 'o2', state: 'refused', content: 'Wrong', error: new SessionError('forbidden', 'x') });
    const client = dayClient({ session: () => ({ outbox: [queued({ state: 'sending' }), refused] }) });
    const element = await shown(client);
    expect(textOf(part(element, '.outbox'))).to.contain('Sending…');
    expect(textOf(part(element, '.outbox'))).to.contain('Not shared. You have no access to this session.');
    expect(textOf(element)).to.contain('2 notes are not sent yet');
    await expect(element).to.be.accessible();
    await write(element, 'New');
    part(element, '.outbox .button').click();
    buttonNamed(element, 'Change the text').click();
    await settled(element);
    expect(field(element).value).to.equal('Wrong');
    expect(client.session(SAM.id).commands).to.deep.equal([
      ['retryNote', 'o2'],
      ['reviseNote', 'o2'],
    ]);
    buttonNamed(element, 'Go on with this one').click();
    await settled(element);
    expect(field(element).value).to.equal('New');
  });

  it('writes nothing where one may not, and keeps the text to copy', async () => {
    const client = dayClient();
    const element = await shown(client);
    await write(element, 'Half');
    client.session(SAM.id).set({ canWrite: false });
    await settled(element);
    expect(field(element).readOnly).to.equal(true);
    expect(field(element).value).to.equal('Half');
    buttonNamed(element, 'Share').click();
    expect(client.session(SAM.id).commands).to.deep.equal([]);
  });

  it('keeps nothing of a provider who has signed out', async () => {
    const client = dayClient();
    const element = await shown(client);
    await write(element, 'About Sam');
    element.client = dayClient();
    await settled(element);
    expect(field(element).value).to.equal('');
    expect(asksBeforeUnload()).to.equal(false);
  });

  it('announces a patient who begins to wait', async () => {
    const client = dayClient();
    const element = await shown(client);
    const waits = (one: Booking): ReturnType<typeof judged> => judged(one, AT.talking, 'provider', [party('patient')]);
    client.set({ queue: [waits(SAM), waits(NAMELESS)] });
    await settled(element);
    expect(textOf(element)).to.contain('Patient, 11:00 is waiting.');
  });

  it('shows one thing at a time where it is narrow', async () => {
    const client = dayClient({ session: () => ({ call: call(), notes: notesView([NOTE]) }) });
    const element = await shown(client);
    element.parentElement!.style.display = 'block';
    element.parentElement!.style.width = '390px';
    expect(part(element, '.main').checkVisibility()).to.equal(true);
    expect(part(element, '.aside').checkVisibility()).to.equal(false);
    buttonNamed(element, 'Notes 1').click();
    await settled(element);
    expect(part(element, '.main').checkVisibility()).to.equal(false);
    expect(part(element, '.aside').checkVisibility()).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('says that there are no sessions today', async () => {
    const element = await shown(fakeClient({ bookings: [], role: 'provider' }));
    expect(textOf(element)).to.contain('You have no sessions today.');
    await expect(element).to.be.accessible();
  });
});
