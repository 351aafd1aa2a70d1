import { expect, fixture, oneEvent } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { choose, focused, press, REASON, says, toReview, write } from '../test-support/booking-steps.js';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { BOOKING } from '../test-support/fixtures.js';
import { part, settled, textOf } from '../test-support/page.js';
import { inScope } from '../test-support/render.js';
import type { BookAppointment } from './book-appointment.js';

interface Field {
  readonly client: FakeClient;
  readonly form: HTMLFormElement;
  readonly element: BookAppointment;
}

/** The element in a form of the portal. */
async function field(content: TemplateResult, client = fakeClient({ bookings: [] })): Promise<Field> {
  const scope = await fixture(inScope(client, html`<form>${content}</form>`));
  const form = scope.querySelector('form');
  const element = scope.querySelector('book-appointment');
  if (form === null || element === null) throw new Error('The page has no form.');
  await says(element, 'Dr. Smith');
  return { client, form, element };
}

async function book(element: BookAppointment): Promise<void> {
  await toReview(element);
  await press(element, 'Confirm booking');
  await says(element, 'Your appointment is booked.');
}

const sent = (form: HTMLFormElement): Record<string, unknown> => Object.fromEntries(new FormData(form));

describe('<book-appointment> in a form', () => {
  it('sends the id of what was booked under its name, and nothing before', async () => {
    const { form, element } = await field(html`<book-appointment name="appointment"></book-appointment>`);
    expect(element.form === form).to.equal(true);
    expect(sent(form)).to.deep.equal({});
    const changed = oneEvent(element, 'change');
    await book(element);
    await changed;
    expect(element.value).to.equal('new');
    expect(sent(form)).to.deep.equal({ appointment: 'new' });
  });

  it('sends nothing of what was entered', async () => {
    const { form, element } = await field(html`<book-appointment name="appointment"></book-appointment>`);
    await toReview(element);
    expect(sent(form)).to.deep.equal({});
  });

  it('is asked for until it is booked, where it is required', async () => {
    const { form, element } = await field(html`<book-appointment name="appointment" required></book-appointment>`);
    expect(element.willValidate).to.equal(true);
    expect(element.validity.valueMissing).to.equal(true);
    expect(element.validationMessage).to.equal('Book an appointment.');
    expect(form.checkValidity()).to.equal(false);
    let submitted = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submitted += 1;
    });
    form.requestSubmit();
    expect(submitted).to.equal(0);
    expect(focused(element)?.id, 'it leads to the question').to.equal('heading');
    await book(element);
    expect(element.checkValidity()).to.equal(true);
    form.requestSubmit();
    expect(submitted).to.equal(1);
  });

  it('may be left out where it is not required', async () => {
    const { form, element } = await field(html`<book-appointment name="appointment"></book-appointment>`);
    expect(form.checkValidity()).to.equal(true);
    element.required = true;
    await settled(element);
    expect(element.reportValidity()).to.equal(false);
  });

  it('has no value any more when what was booked is cancelled', async () => {
    const { client, form, element } = await field(
      html`<book-appointment name="appointment" required></book-appointment>`,
    );
    await book(element);
    client.put({ ...BOOKING, id: 'new', status: 'cancelled' });
    await says(element, 'Your appointment is cancelled.');
    expect(sent(form)).to.deep.equal({});
    expect(form.checkValidity()).to.equal(false);
    await expect(element).to.be.accessible();
  });

  it('begins anew when the form is reset, and leaves the focus where it is', async () => {
    const { form, element } = await field(
      html`<book-appointment name="appointment"></book-appointment><button type="reset">Reset</button>`,
    );
    await book(element);
    const button = form.querySelector('button');
    button?.focus();
    form.reset();
    await settled(element);
    expect(sent(form)).to.deep.equal({});
    expect(textOf(element)).to.contain('Step 1 of 4');
    expect(document.activeElement === button).to.equal(true);
    await toReview(element);
    form.reset();
    await settled(element);
    expect(textOf(element)).to.contain('Step 1 of 4');
  });

  it('forgets what was written when it is booked or reset', async () => {
    const { form, element } = await field(html`<book-appointment></book-appointment>`);
    const written = async (): Promise<string> => {
      await choose(element, '.provider', 'Dr. Smith');
      await press(element, 'Continue');
      await says(element, '09:30');
      await choose(element, '.slot', '09:30');
      await press(element, 'Continue');
      return part(element, 'textarea', HTMLTextAreaElement).value;
    };
    await toReview(element);
    form.reset();
    await settled(element);
    expect(await written()).to.equal('');
    await write(element, 'textarea', REASON);
    await press(element, 'Continue');
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    await press(element, 'Book another appointment');
    expect(focused(element)?.id).to.equal('heading');
    expect(await written()).to.equal('');
  });

  it('can’t be used while it is disabled, by itself or by a fieldset around it', async () => {
    const { form, element } = await field(
      html`<fieldset><book-appointment name="appointment" required></book-appointment></fieldset>`,
    );
    const around = form.querySelector('fieldset');
    const isUsable = (): boolean => !part(element, 'input').matches(':disabled');
    expect(isUsable()).to.equal(true);
    for (const turn of [
      (off: boolean) => (element.disabled = off),
      (off: boolean) => around?.toggleAttribute('disabled', off),
    ]) {
      turn(true);
      await settled(element);
      expect(isUsable()).to.equal(false);
      expect(form.checkValidity(), 'and is not asked for').to.equal(true);
      await expect(element).to.be.accessible();
      turn(false);
      await settled(element);
      expect(isUsable()).to.equal(true);
    }
  });

  it('shows what was booked before the page was loaded anew, if it is this person’s', async () => {
    const client = fakeClient();
    const { form, element } = await field(html`<book-appointment name="appointment"></book-appointment>`, client);
    element.formStateRestoreCallback('somebody else’s', 'restore');
    await settled(element);
    expect(textOf(element)).to.contain('Step 1 of 4');
    element.formStateRestoreCallback(String(BOOKING.id), 'restore');
    await says(element, 'Your appointment is booked.');
    expect(sent(form)).to.deep.equal({ appointment: String(BOOKING.id) });
  });

  it('shows the one that was booked, not one of the browser’s guesses', async () => {
    const { element } = await field(html`<book-appointment></book-appointment>`, fakeClient());
    element.formStateRestoreCallback(String(BOOKING.id), 'autocomplete');
    await settled(element);
    expect(textOf(element)).to.contain('Step 1 of 4');
  });
});
