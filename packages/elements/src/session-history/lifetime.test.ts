import { fakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING } from '../test-support/fixtures.js';
import { manyPast } from '../test-support/histories.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { part, settled } from '../test-support/page.js';
import '../define.js';
import { SessionHistory } from './session-history.js';

describe('a history comes and goes', () => {
  it('<session-history> leaves nothing behind, while it is searched', async () => {
    await expectNothingLeft({
      client: () =>
        fakeClient({
          now: AT.talking,
          bookings: [{ ...BOOKING, patient: 'sam' }],
          role: 'provider',
          history: { sessions: manyPast(20), isComplete: false },
        }),
      make: (client) => Object.assign(new SessionHistory(), { client }),
      async use(element) {
        element.shadowRoot?.querySelector<HTMLElement>('.summary')?.click();
        const field = part(element, 'input[type=search]', HTMLInputElement);
        field.value = 'water';
        field.dispatchEvent(new Event('input'));
        await settled(element);
      },
    });
  });
});
