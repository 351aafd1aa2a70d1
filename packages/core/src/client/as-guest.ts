import type { NotesPort } from '../ports/backend.port.js';
import type { Capabilities } from '../ports/capabilities.js';
import type { Me } from '../session/me.schema.js';

/** A guest takes part in the call; nothing else of the session is theirs, whatever the backend says that it has. */
export function canAsGuest({ call, testNetwork }: Capabilities): Capabilities {
  return {
    ...{ call, testNetwork },
    ...{ book: false, cancel: false, reschedule: false, end: false, reopen: false, admit: false, guests: false },
    ...{ late: false, noShow: false, reassign: false, history: false },
    ...{ writeNotes: false, withdrawNotes: false, keepDrafts: false },
  };
}

/** What a session does with notes. They are no matter of a guest, and not even asked for. */
export function notesFor(notes: NotesPort, me: () => Pick<Me, 'role'> | null): Pick<NotesPort, 'list' | 'add'> {
  return {
    list: async (bookingId, cursor, options) =>
      me()?.role === 'guest' ? { items: [], problems: [] } : await notes.list(bookingId, cursor, options),
    ...(notes.add === undefined ? {} : { add: notes.add.bind(notes) }),
  };
}
