import { hostileTexts } from '@active-session/testing/hostile';
import { expect } from '@open-wc/testing';
import { showAll } from './test-support/rounds.js';
import { patientViews } from './test-support/session-views.js';
import { RUN, setTrap, type Trap } from './test-support/trap.js';

describe('more than 500 hostile texts in every text from outside, under Trusted Types, in the sessions of a patient', () => {
  const texts = hostileTexts(RUN);
  let trap: Trap;
  before(() => (trap = setTrap()));
  after(() => trap.release());

  for (const [name, view] of Object.entries(patientViews)) {
    it(`are text and nothing else: ${name}`, async function () {
      this.timeout(60_000);
      expect((await showAll(view, texts)).slice(0, 5)).to.deep.equal([]);
      expect(trap.sprung).to.deep.equal([]);
    });
  }
});
