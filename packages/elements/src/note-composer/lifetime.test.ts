import { expectNothingLeft } from '../test-support/mounts.js';
import { settled } from '../test-support/page.js';
import '../define.js';
import { NoteComposer } from './note-composer.js';
import { write, writer } from './test-support/composing.js';

describe('<note-composer> comes and goes', () => {
  it('leaves nothing behind, while a note is being written and another one is asked about', async () => {
    await expectNothingLeft({
      client: () => writer(),
      make: (client) => Object.assign(new NoteComposer(), { client }),
      async use(element) {
        if (!(element instanceof NoteComposer)) throw new Error('This is another element.');
        await write(element, 'Follow-up in 2 weeks.');
        element.renderRoot.querySelector<HTMLElement>('[part=discard-button]')?.click();
        await settled(element);
      },
    });
  });
});
