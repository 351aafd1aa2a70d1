import type { Party } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { waitFor } from 'storybook/test';
import { inScope } from '../test-support/render.js';
import { clientWith, elementOf, held, inCall, LEO, MARIA, waits } from './test-support/cases.js';

export default { title: 'Provider/Guests', component: 'session-guests' } satisfies Meta;

type Step = (root: ShadowRoot) => void | Promise<void>;

function story(guests: readonly Party[], ...steps: readonly Step[]): StoryObj {
  return {
    render: () => inScope(clientWith(guests), elementOf()),
    async play({ canvasElement }) {
      const element = canvasElement.querySelector('session-guests');
      await element?.updateComplete;
      if (!element?.shadowRoot) return;
      for (const step of steps) {
        await step(element.shadowRoot);
        await element.updateComplete;
      }
    },
  };
}

const press =
  (selector: string): Step =>
  (root) =>
    waitFor(() => {
      const found = root.querySelector<HTMLElement>(selector);
      if (found === null) throw new Error(`There is no ${selector}.`);
      found.click();
    });

const enter: Step = (root) => {
  const field = root.querySelector<HTMLInputElement>('#name');
  if (field === null) return;
  field.value = 'Maria Lopez';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

const linked: Step = (root) =>
  waitFor(() => {
    if (root.querySelector('#link') === null) throw new Error('There is no link yet.');
  });

export const NobodyYet = story([]);
export const Inviting = story([], press('[part=invite-button]'));
export const WithoutName = story([], press('[part=invite-button]'), press('[part=create-button]'));
export const TheLink = story([], press('[part=invite-button]'), enter, press('[part=create-button]'), linked);
export const Invited = story([MARIA]);
export const Waiting = story([waits(MARIA)]);
export const TwoGuests = story([inCall(MARIA), held(LEO)]);
export const Removing = story([inCall(MARIA)], press('[part=remove-button]'));
