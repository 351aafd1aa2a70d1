import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, EVERYTHING, MET } from '../test-support/fixtures.js';
import { buttonNamed, mount, part, settled } from '../test-support/page.js';
import './define.js';
import type { ProviderDashboard } from './provider-dashboard.js';

const SAM = { ...MET, patient: 'sam', patientName: 'Sam Rivera' };

const shown = (change: FakeClientOptions = {}): Promise<ProviderDashboard> =>
  mount(
    'provider-dashboard',
    fakeClient({ now: AT.talking, bookings: [SAM], role: 'provider', ...change }),
    html`<provider-dashboard></provider-dashboard>`,
  );
const inPanel = (element: ProviderDashboard): string => part(element, '#panel').firstElementChild?.localName ?? '';

const press = (element: ProviderDashboard, key: string): void => {
  element.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
};

describe('the tabs of <provider-dashboard>', () => {
  it('lead to the earlier sessions of this patient and back, with one stop for the Tab key', async () => {
    const element = await shown();
    expect(inPanel(element)).to.equal('provider-notes');
    part(element, '#tab-session').focus();
    press(element, 'ArrowRight');
    await settled(element);
    expect(inPanel(element)).to.equal('session-history');
    expect(element.shadowRoot!.activeElement?.id).to.equal('tab-earlier');
    expect(
      [...element.shadowRoot!.querySelectorAll('[role=tab]')].map((tab) => (tab as HTMLElement).tabIndex),
    ).to.deep.equal([-1, 0]);
    await expect(element).to.be.accessible();
    press(element, 'Home');
    await settled(element);
    expect(inPanel(element)).to.equal('provider-notes');
  });

  it('keep the field to write in where it is', async () => {
    const element = await shown();
    const composer = part(element, 'note-composer');
    buttonNamed(element, 'Earlier sessions').click();
    await settled(element);
    expect(part(element, 'note-composer')).to.equal(composer);
  });

  it('are not there where no history is to be had', async () => {
    const { patient: _, ...nameless } = SAM;
    for (const element of [
      await shown({ bookings: [nameless] }),
      await shown({ view: { can: { ...EVERYTHING, history: false } } }),
    ]) {
      expect(element.shadowRoot!.querySelector('[role=tab]')).to.equal(null);
      expect(inPanel(element)).to.equal('provider-notes');
    }
  });
});
