import type { SessionClient } from '@active-session/core';
import { waitUntil } from '@open-wc/testing';
import { html, type LitElement } from 'lit';
import type { BookAppointment } from '../book-appointment/book-appointment.js';
import { buttonNamed, mount, part, settled, textOf } from './page.js';

/** The form as a page has it, once it shows whom one can book. */
export async function bookingForm(client: SessionClient, zone = 'Europe/London'): Promise<BookAppointment> {
  const element = await mount(
    'book-appointment',
    client,
    html`<book-appointment time-zone=${zone}></book-appointment>`,
  );
  await says(element, 'Dr. Smith');
  return element;
}

/** Waits until it is so; on a busy machine that takes its time. */
export async function until(isSo: () => boolean | Promise<boolean>, what = 'it became so'): Promise<void> {
  await waitUntil(isSo, what, { timeout: 6_000 });
}

/** Waits until an element says this. */
export async function says(element: LitElement, text: string): Promise<void> {
  await until(() => textOf(element).includes(text), `it says “${text}”; it said “${textOf(element)}”`);
  await settled(element);
}

/** Presses the radio button whose label has this text. */
export async function choose(element: LitElement, selector: string, text: string): Promise<void> {
  const labels = [...(element.shadowRoot?.querySelectorAll(selector) ?? [])];
  const found = labels.find((label) => textOf(label).includes(text))?.querySelector('input');
  if (found === null || found === undefined) throw new Error(`There is no ${selector} “${text}”.`);
  found.click();
  await settled(element);
}

export async function press(element: LitElement, name: string): Promise<void> {
  buttonNamed(element, name).click();
  await settled(element);
}

/** Writes into a text field. */
export async function write(element: LitElement, selector: string, text: string): Promise<void> {
  const field = part(element, selector, HTMLTextAreaElement);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await settled(element);
}

export const REASON = 'Headaches <b>for</b> two weeks';

/** Up to the look at it all, with this provider and that time. */
export async function toReview(element: BookAppointment, provider = 'Dr. Smith', time = '09:30'): Promise<void> {
  await choose(element, '.provider', provider);
  await press(element, 'Continue');
  await says(element, time);
  await choose(element, '.slot', time);
  await press(element, 'Continue');
  await write(element, 'textarea', REASON);
  await press(element, 'Continue');
}

/** What has the focus in it. Compare nodes as booleans: an assertion that prints one may take for ever. */
export function focused(element: LitElement): Element | null {
  return element.shadowRoot?.activeElement ?? null;
}

/** Whether there is anything at this selector in it. */
export function shows(element: LitElement, selector: string): boolean {
  return (element.shadowRoot?.querySelector(selector) ?? null) !== null;
}
