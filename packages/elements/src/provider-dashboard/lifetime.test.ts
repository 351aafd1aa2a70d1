import { ProviderNotes } from '../provider-notes/provider-notes.js';
import { SessionScope } from '../session-scope/session-scope.js';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, call, COMPLETED, MET, NOTE, notesView, party } from '../test-support/fixtures.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { part, settled } from '../test-support/page.js';
import '../define.js';
import { ProviderDashboard } from './provider-dashboard.js';

const NOTES = notesView([
  { ...NOTE, id: 'n1' },
  { ...NOTE, id: 'n2', content: 'More: https://example.org/rash' },
]);

/** Both are in the call, and one more was in it before. */
function talking(role: 'patient' | 'provider'): FakeClient {
  return fakeClient({
    now: AT.talking,
    bookings: [MET, { ...COMPLETED, id: 2 }],
    role,
    session: ({ id }) => ({
      notes: NOTES,
      ...(id === MET.id ? { call: call({ other: party('patient', 'in-call') }) } : {}),
    }),
  });
}

describe('the provider’s day, notes and scopes come and go', () => {
  it('<provider-dashboard> leaves nothing behind, while a note is being written in a call', async () => {
    await expectNothingLeft({
      client: () => talking('provider'),
      make: (client) => Object.assign(new ProviderDashboard(), { client }),
      async use(element) {
        const field = part(part(element, 'note-composer'), 'textarea', HTMLTextAreaElement);
        field.value = 'Follow-up in 2 weeks.';
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await settled(element);
      },
    });
  });

  for (const all of [false, true]) {
    it(`<provider-notes> leaves nothing behind${all ? ', of all sessions' : ''}, and hears of new notes meanwhile`, async () => {
      await expectNothingLeft({
        client: () => talking('patient'),
        make: (client) => Object.assign(new ProviderNotes(), { client, all }),
        use(_, client) {
          const { notes } = client.session(MET.id).getSnapshot().notes;
          client.session(MET.id).set({ notes: notesView([...notes, { ...NOTE, id: `n${String(notes.length + 1)}` }]) });
        },
      });
    });
  }

  it('<session-scope> leaves nothing behind, with what it hands its client to', async () => {
    await expectNothingLeft({
      client: () => talking('patient'),
      make(client) {
        const scope = Object.assign(new SessionScope(), { client });
        for (const tag of ['session-return-banner', 'active-session', 'provider-notes', 'booking-required']) {
          scope.append(document.createElement(tag));
        }
        return scope;
      },
    });
  });
});
