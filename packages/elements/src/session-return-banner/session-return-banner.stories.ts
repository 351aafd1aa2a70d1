import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, call, judged, MET, party } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Patient/Way back', component: 'session-return-banner' } satisfies Meta;

interface Options {
  readonly sticky?: boolean;
  readonly href?: string;
}

/** Any page of a portal. */
function page(client: FakeClient, { sticky = false, href }: Options = {}): TemplateResult {
  sessionStorage.clear();
  return inScope(
    client,
    html`
      <session-return-banner ?sticky=${sticky} href=${href ?? nothing}></session-return-banner>
      <h1>Your test results</h1>
      <p>The portal’s own page. There are no new results.</p>
    `,
  );
}

function elsewhere(): FakeClient {
  const client = fakeClient({ now: AT.open });
  const item = judged(BOOKING, AT.open, 'patient', [party('patient', 'in-call')]);
  client.set({ bookings: [item], active: item });
  return client;
}

const left = (): FakeClient => fakeClient({ now: AT.talking, bookings: [MET] });

export const Left: StoryObj = { render: () => page(left()) };

export const LeftWithLink: StoryObj = { render: () => page(left(), { href: '#session' }) };

export const Elsewhere: StoryObj = { render: () => page(elsewhere()) };

export const CallOnThisPage: StoryObj = {
  render: () => page(fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ call: call() }) })),
};

export const Sticky: StoryObj = { render: () => page(left(), { sticky: true }) };

export const LongName: StoryObj = {
  render: () =>
    page(
      fakeClient({
        now: AT.talking,
        bookings: [{ ...MET, providerName: 'Professor Dr. Maximiliane Wolfeschlegelsteinhausenbergerdorff' }],
      }),
    ),
};

export const NothingToSay: StoryObj = { render: () => page(fakeClient({ now: AT.open })) };
