import { dayClient, LEE, patient, SAM, today } from '../test-support/day.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { part, settled } from '../test-support/page.js';
import '../define.js';
import { SessionQueue } from './session-queue.js';

describe('a day comes and goes', () => {
  for (const compact of [false, true]) {
    it(`<session-queue${compact ? ' compact' : ''}> leaves nothing behind, while somebody comes and a dialog is open`, async () => {
      await expectNothingLeft({
        client: () => dayClient([today(SAM), today(LEE)]),
        make: (client) => Object.assign(new SessionQueue(), { client, compact, open: compact }),
        async use(element, client) {
          client.set({ queue: [today(SAM, [patient()]), today(LEE)] });
          await settled(element);
          part(element, '.panel .more').click();
          await settled(element);
          client.set({ queue: [today(SAM), today(LEE)] });
        },
      });
    });
  }
});
