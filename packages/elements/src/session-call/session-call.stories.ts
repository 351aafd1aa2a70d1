import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { inScope } from '../test-support/render.js';
import { clientOf, elementOf, idleCases, type CallCase } from './test-support/cases.js';

export default { title: 'Session/Call/Before and after', component: 'session-call' } satisfies Meta;

function story(state: () => CallCase): StoryObj {
  return {
    render: () => {
      const shown = state();
      return inScope(clientOf(shown), elementOf(shown));
    },
  };
}

export const Ready = story(idleCases.ready);
export const OtherWaits = story(idleCases.otherWaits);
export const Provider = story(idleCases.provider);
export const NotSupported = story(idleCases.notSupported);
export const Left = story(idleCases.left);
export const Elsewhere = story(idleCases.elsewhere);
export const Displaced = story(idleCases.displaced);
export const DevicesBlocked = story(idleCases.devicesBlocked);
export const MicrophoneBlocked = story(idleCases.microphoneBlocked);
export const NoVideoPossible = story(idleCases.noVideoPossible);
export const Lost = story(idleCases.lost);
export const Offline = story(idleCases.offline);
export const Ending = story(idleCases.ending);
export const EndFailed = story(idleCases.endFailed);
export const Ended = story(idleCases.ended);
export const Cancelled = story(idleCases.cancelled);
export const NoShow = story(idleCases.noShow);
export const Missed = story(idleCases.missed);
export const Missing = story(idleCases.missing);
