import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { inScope } from '../test-support/render.js';
import { clientOf, elementOf, groupCases, type CallCase } from './test-support/cases.js';

export default { title: 'Session/Call/With guests', component: 'session-call' } satisfies Meta;

function story(state: () => CallCase): StoryObj {
  return {
    render: () => {
      const shown = state();
      return inScope(clientOf(shown), elementOf(shown));
    },
  };
}

export const Three = story(groupCases.three);
export const Four = story(groupCases.four);
export const EachInAnotherState = story(groupCases.states);
export const ProviderAway = story(groupCases.mainAway);
export const Reconnecting = story(groupCases.reconnecting);
export const SoundHeld = story(groupCases.soundHeld);
export const AsProvider = story(groupCases.provider);
export const AsGuest = story(groupCases.asGuest);
export const GuestWaits = story(groupCases.guestWaits);
export const GuestBeforeAll = story(groupCases.guestAlone);
export const GuestLeft = story(groupCases.guestLeft);
export const GuestToCome = story(groupCases.toCome);
