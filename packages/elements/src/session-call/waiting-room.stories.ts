import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { inScope } from '../test-support/render.js';
import { clientOf, elementOf, waitingCases, type CallCase } from './test-support/cases.js';

export default { title: 'Session/Call/Waiting room', component: 'session-call' } satisfies Meta;

function story(state: () => CallCase): StoryObj {
  return {
    render: () => {
      const shown = state();
      return inScope(clientOf(shown), elementOf(shown));
    },
  };
}

export const Preparing = story(waitingCases.preparing);
export const Waiting = story(waitingCases.waiting);
export const Early = story(waitingCases.early);
export const PortalsOwn = story(waitingCases.portalsOwn);
export const Long = story(waitingCases.long);
export const Late = story(waitingCases.late);
export const LaterThanSaid = story(waitingCases.laterThanSaid);
export const Held = story(waitingCases.held);
export const Asking = story(waitingCases.asking);
export const AskingNobody = story(waitingCases.askingNobody);
export const Away = story(waitingCases.away);
export const CutOff = story(waitingCases.cutOff);
export const ProviderWaits = story(waitingCases.providerWaits);
export const ProviderIsAsked = story(waitingCases.providerIsAsked);
export const ProviderHolds = story(waitingCases.providerHolds);
