import type { Booking, Party, SessionView } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient } from '../test-support/fake-client.js';
import { AT, call, clientView, judged, MET, party } from '../test-support/fixtures.js';
import { mount, part, textOf } from '../test-support/page.js';
import './define.js';

const NOW = AT.talking;
const SAM: Booking = { ...MET, attendance: [], patientName: 'Sam Rivera' };
const later = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
const waiting = (change: Partial<Party> = {}): Party => ({ ...party('patient', 'waiting'), ...change });

async function seen(
  booking: Booking,
  parties: readonly Party[] = [],
  change: Partial<SessionView> = {},
): Promise<string> {
  const view = clientView([judged(booking, NOW, 'provider', parties)]);
  const session = (): Partial<SessionView> => ({ parties, ...change });
  const client = fakeClient({ now: NOW, bookings: [booking], role: 'provider', view, session });
  const element = await mount(
    'provider-dashboard',
    client,
    html`<provider-dashboard time-zone="Europe/London"></provider-dashboard>`,
  );
  return textOf(part(element, '[part=patient-sees]'));
}

describe('what the patient sees, on the provider’s page', () => {
  const cases: readonly [what: string, said: string, ...given: Parameters<typeof seen>][] = [
    ['not open yet', 'Sam Rivera can join from 12:14.', { ...SAM, dateTime: later(180) }],
    ['open, nobody there', 'Sam Rivera can join now, and is not here yet.', SAM],
    [
      'running late',
      'Sam Rivera reads that you are about 20 minutes late.',
      { ...SAM, late: { minutes: 20, saidAt: SAM.dateTime } },
    ],
    ['was here', 'Sam Rivera left, and can come back.', { ...SAM, attendance: MET.attendance }],
    ['waits', 'Sam Rivera waits, and reads that you are not here yet.', SAM, [waiting()]],
    ['about to meet', 'Sam Rivera waits, and reads that you are about to meet.', SAM, [waiting()], { call: call() }],
    ['asks to come in', 'Sam Rivera waits until you let them in.', SAM, [waiting({ admission: 'asking' })]],
    ['held', 'Sam Rivera reads that you ask them to wait.', SAM, [waiting({ admission: 'held' })]],
    [
      'held with a message',
      'Sam Rivera waits, and reads: Two minutes.',
      SAM,
      [waiting({ admission: 'held', message: 'Two minutes.' })],
    ],
    ['in the call', 'Sam Rivera is in the call.', SAM, [party('patient', 'in-call')]],
    ['ended', 'Sam Rivera sees that the session has ended, and your notes.', { ...SAM, status: 'completed' }],
    ['cancelled', 'Sam Rivera sees that this session is cancelled.', { ...SAM, status: 'cancelled' }],
    [
      'did not come',
      'Sam Rivera sees that the session was missed.',
      { ...SAM, status: 'cancelled', cancelReason: 'no-show' },
    ],
    ['over', 'Sam Rivera sees that the session was missed.', { ...SAM, dateTime: later(-600) }],
  ];
  for (const [what, said, ...given] of cases) {
    it(what, async () => {
      expect(await seen(...given)).to.equal(said);
    });
  }
});
