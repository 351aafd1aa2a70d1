import { mergeNotes, type ProviderNote, type Role } from '../../packages/core/src/index.js';
import { ProviderNotes } from '../../packages/elements/src/provider-notes/provider-notes.js';
import { fakeClient, type FakeSession } from '../../packages/elements/src/test-support/fake-client.js';
import { AT, COMPLETED, notesView } from '../../packages/elements/src/test-support/fixtures.js';
import type { Contestant } from './contestant.js';

/** The element, with the core's own rule of where a note belongs. */
export function listOf(role: Role): Contestant {
  let session: FakeSession;
  let element: ProviderNotes;
  let shown: readonly ProviderNote[] = [];
  return {
    async mount(box, notes) {
      ProviderNotes.define();
      shown = mergeNotes([], notes);
      const view = () => ({ notes: notesView(shown) });
      const client = fakeClient({ role, now: AT.ended, bookings: [COMPLETED], session: view });
      session = client.session(COMPLETED.id);
      element = new ProviderNotes();
      element.client = client;
      box.append(element);
      await element.updateComplete;
    },
    async append(note) {
      shown = mergeNotes(shown, [note]);
      session.set({ notes: notesView(shown) });
      await element.updateComplete;
    },
  };
}
