import { playHistory } from '../support/history.js';
import { PLANTS } from '../support/history-plants.js';
import type { HistoryPlan, Step } from '../support/history-steps.js';
import { Portal } from '../support/portal.js';
import { expect, test as base } from '../support/test.js';

/** `pnpm prove journeys` plays many more, made at random. */
const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- what Playwright wants
  portal: async ({}, use) => {
    const portal = await Portal.startBehindWires();
    await use(portal);
    await portal.stop();
  },
});

const on = (what: 'write' | 'share' | 'correct' | 'crash' | 'reload', tab = 0): Step => ({ do: what, tab });
const ANSWER_LOST: Step = { do: 'spoil', fault: { kind: 'answer-lost' } };

const HISTORIES: Readonly<Record<string, HistoryPlan>> = {
  'a lost answer, a busy server, a firewall, a captive portal, and kill -9': {
    ending: 'online',
    steps: [
      ...[on('share'), ANSWER_LOST, on('share')],
      ...[{ do: 'spoil', fault: { kind: 'busy', status: 503, retryAfter: '1' } } as const, on('share')],
      ...[{ do: 'spoil', fault: { kind: 'firewall' } } as const, on('share'), { do: 'kill' } as const, on('share')],
      ...[{ do: 'spoil', fault: { kind: 'captive' } } as const, on('share'), on('write')],
    ],
  },
  'two tabs, of which one crashes while the network is cut, and an expired sign-in': {
    ending: 'online',
    steps: [
      ...[on('share'), { do: 'second-tab' } as const, on('write', 1), { do: 'cut', ms: 1_000 } as const],
      ...[on('share'), on('share'), on('crash'), { do: 'sign-in-refused', ms: 800 } as const, on('share'), on('share')],
      ...[
        on('correct'),
        { do: 'withdraw' } as const,
        { do: 'stall', ms: 900, remembering: true } as const,
        on('write'),
      ],
    ],
  },
};

for (const [name, plan] of Object.entries(HISTORIES)) {
  test(`each shared note is there once and in order, and no draft is: ${name}`, async ({ browser, portal }) => {
    expect(await playHistory(plan, { browser, portal })).toEqual([]);
  });
}

/** A fault in the page, a history that meets it, and what must be said of it. */
const PLANTED: Readonly<Record<keyof typeof PLANTS, readonly [steps: readonly Step[], fault: RegExp]>> = {
  'new-id': [[{ do: 'spoil', fault: { kind: 'captive' } }, on('share')], /there twice: \[note 1\]/],
  forgetful: [[on('write'), on('crash')], /a draft is lost: \[note 1\]/],
  leaky: [[on('write')], /left the browser: \[note 1\]/],
};

for (const [name, plant] of Object.entries(PLANTS)) {
  test(`a history does not hold of a page that is ${name}`, async ({ browser, portal }) => {
    const [steps, fault] = PLANTED[name as keyof typeof PLANTS];
    const plan: HistoryPlan = { steps, ending: 'online' };
    expect((await playHistory(plan, { browser, portal, plant, patience: 4_000 })).join('\n')).toMatch(fault);
  });
}
