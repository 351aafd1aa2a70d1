import type { Booking, BookingId } from '@active-session/core';
import { html } from 'lit';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../../test-support/fake-client.js';
import { AT, MET } from '../../test-support/fixtures.js';
import { mount, part, settled, textOf } from '../../test-support/page.js';
import type { NoteComposer } from '../note-composer.js';

export const SAM: Booking = { ...MET, patientName: 'Sam Rivera' };

/** The client of a provider who is in a session with Sam. */
export function writer(options: FakeClientOptions = {}): FakeClient {
  return fakeClient({ now: AT.talking, bookings: [SAM], role: 'provider', ...options });
}

export function composer(client: FakeClient, id?: BookingId): Promise<NoteComposer> {
  return mount(
    'note-composer',
    client,
    html`<note-composer time-zone="Europe/London" .bookingId=${id}></note-composer>`,
  );
}

export function fieldOf(element: NoteComposer): HTMLTextAreaElement {
  return part(element, 'textarea', HTMLTextAreaElement);
}

export function statusOf(element: NoteComposer): string {
  return textOf(part(element, '[part=composer-status]'));
}

/** Writes as a person does, in place of what is there. */
export async function write(element: NoteComposer, text: string): Promise<void> {
  fieldOf(element).value = text;
  fieldOf(element).dispatchEvent(new InputEvent('input', { bubbles: true }));
  await settled(element);
}

export function press(element: NoteComposer, key: string, how: KeyboardEventInit): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how });
  fieldOf(element).dispatchEvent(event);
}

/** What Sam's session was told to do. */
export function commandsOf(client: FakeClient): readonly (readonly [string, ...unknown[]])[] {
  return client.session(SAM.id).commands;
}
