import type { Booking } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { NoteComposer } from '../note-composer/note-composer.js';
import { SessionQueue } from '../session-queue/session-queue.js';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, call, clientView, judged, ME, MET, NOTE, notesView, party } from '../test-support/fixtures.js';
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
const composer = (element: ProviderDashboard): NoteComposer => part(element, 'note-composer', NoteComposer);
const field = (element: ProviderDashboard): HTMLTextAreaElement =>
  part(composer(element), 'textarea', HTMLTextAreaElement);
async function write(element: ProviderDashboard, text: string): Promise<void> {
  field(element).value = text;
  field(element).dispatchEvent(new InputEvent('input', { bubbles: true }));
  await settled(element);
}

describe('<provider-dashboard>', () => {
  it('shows who has a session today and who waits since when', async () => {
    const element = await shown(dayClient());
    expect(textOf(part(part(element, '.queue'), '.list'))).to.equal(
      'Sam Rivera 10:00 waiting 4 minutes Join Patient, 11:00 next, in 46 minutes',
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
    expect(textOf(composer(element))).to.contain('Note for Patient, 11:00');
  });

  it('forgets what was chosen when somebody else signs in on the same client', async () => {
    const client = dayClient();
    client.set({ me: { ...ME, id: 'dr-smith', role: 'provider' } });
    const element = await shown(client);
    buttonNamed(element, 'Patient, 11:00').click();
    await settled(element);
    expect(textOf(part(element, '.who'))).to.contain('Patient, 11:00');
    client.set({ me: { ...ME, id: 'dr-jones', role: 'provider' } });
    await settled(element);
    expect(textOf(part(element, '.who'))).to.contain('Sam Rivera');
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

  it('shares what is written with who is chosen', async () => {
    const client = dayClient();
    const element = await shown(client);
    await write(element, 'Rest.');
    buttonNamed(element, 'Share').click();
    expect(client.session(SAM.id).commands).to.deep.equal([['shareNote', 'draft-1']]);
    expect(client.session(NAMELESS.id).commands).to.deep.equal([]);
  });

  it('goes to the other session whose notes are not shared', async () => {
    const client = dayClient();
    const element = await shown(client);
    client.session(NAMELESS.id).writeNote({ content: 'Begun' });
    await settled(element);
    buttonNamed(composer(element), 'Patient, 11:00').click();
    await settled(element);
    expect([textOf(part(element, '.who')).includes('Patient, 11:00'), field(element).value]).to.deep.equal([
      true,
      'Begun',
    ]);
  });

  it('says that the connection is down', async () => {
    const client = dayClient();
    const element = await shown(client);
    expect(textOf(element)).to.not.contain('No connection right now.');
    client.set({ connection: 'down' });
    await settled(element);
    expect(textOf(element)).to.contain('No connection right now. We keep trying.');
  });

  it('keeps nothing of a provider who has signed out', async () => {
    const client = dayClient();
    const element = await shown(client);
    await write(element, 'About Sam');
    element.client = dayClient();
    await settled(element);
    expect(field(element).value).to.equal('');
  });

  it('announces a patient who begins to wait', async () => {
    const client = dayClient();
    const element = await shown(client);
    const waits = (one: Booking): ReturnType<typeof judged> => judged(one, AT.talking, 'provider', [party('patient')]);
    client.set({ queue: [waits(SAM), waits(NAMELESS)] });
    await settled(element);
    expect(textOf(element)).to.contain('Patient, 11:00 is waiting.');
  });

  it('asks the portal before it shows another session', async () => {
    const element = await shown(dayClient());
    element.addEventListener('session-choose-request', (event) => event.preventDefault(), { once: true });
    buttonNamed(element, 'Patient, 11:00').click();
    await settled(element);
    expect([textOf(part(element, '.who')).includes('Sam Rivera'), element.bookingId]).to.deep.equal([true, SAM.id]);
    buttonNamed(element, 'Patient, 11:00').click();
    await settled(element);
    expect(element.bookingId).to.equal(NAMELESS.id);
  });

  it('folds the day to one line where it is narrow', async () => {
    const element = await shown(dayClient());
    const queue = part(element, 'session-queue', SessionQueue);
    expect(queue.compact).to.equal(false);
    element.parentElement!.style.display = 'block';
    element.parentElement!.style.width = '900px';
    await waitUntil(() => queue.compact);
    await settled(element);
    await expect(element).to.be.accessible();
    element.parentElement!.style.width = '1100px';
    await waitUntil(() => !queue.compact);
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
