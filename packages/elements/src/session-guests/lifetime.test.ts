import { expectNothingLeft } from '../test-support/mounts.js';
import { buttonNamed, settled } from '../test-support/page.js';
import { MET } from '../test-support/fixtures.js';
import { SessionGuests } from './session-guests.js';
import '../define.js';
import { clientWith, waits, MARIA } from './test-support/cases.js';

describe('<session-guests>, its life', () => {
  it('leaves nothing behind after 50 mounts, moves and dialogs', async () => {
    await expectNothingLeft({
      client: () => clientWith([waits(MARIA)]),
      make: (client) => Object.assign(new SessionGuests(), { client, bookingId: MET.id, guestPage: '/guest' }),
      use: async (element) => {
        buttonNamed(element, 'Invite somebody').click();
        await settled(element);
      },
    });
  });
});
