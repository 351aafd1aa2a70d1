import type { Booking } from '@active-session/core';
import { createClinic, createSystemClock, type Clinic, type Page } from '@active-session/testing';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { mount, part, settled, textOf } from '../test-support/page.js';
import type { SessionHistory } from './session-history.js';

const DAY = 24 * 60 * 60_000;

let clinic: Clinic;
let page: Page;
let sessions: readonly Booking[];

beforeEach(() => {
  clinic = createClinic({ clock: createSystemClock(), pageSize: 4, latency: 5 });
  sessions = Array.from({ length: 14 }, (_, index) => clinic.book({ startsIn: -(index + 0.5) * DAY }));
  for (const [index, session] of sessions.entries()) write(session, `Day ${index + 1}.`);
  page = clinic.open('dr-smith');
});
afterEach(() => page.client.close());

function write({ id }: Booking, content: string): void {
  const timestamp = new Date(clinic.backend.now()).toISOString();
  clinic.backend.putNote(id, { id: content, content, providerName: 'Dr. Smith', author: 'dr-smith', timestamp });
}
const shown = (patient = 'ann'): Promise<SessionHistory> =>
  mount('session-history', page.client, html`<session-history patient=${patient}></session-history>`);
const heads = (element: SessionHistory): readonly HTMLElement[] =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>('.summary')].filter((node) => node.checkVisibility());

describe('<session-history>, on a backend', () => {
  it('finds what is said in a session of the last page, and marks the search as done', async () => {
    const element = await shown();
    await waitUntil(() => heads(element).length > 0);
    const field = part(element, 'input[type=search]', HTMLInputElement);
    field.value = 'day 14.';
    field.dispatchEvent(new Event('input'));
    const said = '1 session has “day 14.”.';
    await waitUntil(() => textOf(element).includes(said), 'it is found', { timeout: 5_000 });
    await waitUntil(() => !textOf(element).includes('so far'));
    expect(textOf(part(element, '#found'))).to.contain('Day 14.');
  });

  it('shows what is written and withdrawn meanwhile, and a session that was handed over as it stood', async () => {
    const element = await shown();
    await waitUntil(() => heads(element).length > 0);
    heads(element)[0]!.click();
    await settled(element);
    write(sessions[0]!, 'Late.');
    await waitUntil(() => textOf(element).includes('Late.'));
    clinic.backend.withdrawNote(sessions[0]!.id, 'Late.');
    await waitUntil(() => textOf(element).includes('was withdrawn on'));
    await page.client.reassign(sessions[0]!.id, 'dr-jones');
    await waitUntil(() => textOf(heads(element)[0]!).includes('Handed over'));
    expect(textOf(element)).to.contain('Day 1.');
  });

  it('of a patient who is not theirs there is nothing', async () => {
    const element = await shown('bob');
    await waitUntil(() => textOf(element).includes('You have no sessions with this patient.'));
    expect(heads(element)).to.have.length(0);
  });

  it('nothing is left after signing out', async () => {
    const element = await shown();
    await waitUntil(() => heads(element).length > 0);
    await page.client.signOut();
    await settled(element);
    expect(textOf(element)).to.equal('You are signed out.');
  });
});
