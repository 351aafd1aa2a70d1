import type { SessionEvent } from '../session/event.schema.js';
import type { Directory } from './directory.js';
import type { Sessions } from './sessions.js';

/** Takes what the backend tells into the directory, and passes it on to the session that it is about. */
export function follow(event: SessionEvent, directory: Directory, sessions: Sessions): void {
  switch (event.type) {
    case 'booking.changed':
      if (directory.put(event.booking)) sessions.send(event.booking.id, event);
      break;
    case 'booking.removed':
      directory.remove(event.bookingId);
      sessions.send(event.bookingId, { type: 'booking.removed' });
      break;
    case 'note.added':
      sessions.send(event.bookingId, { type: 'note.arrived', note: event.note });
      break;
    case 'presence.changed':
      directory.putParties(event.bookingId, event.parties);
      sessions.send(event.bookingId, { type: 'parties.changed', parties: event.parties });
      break;
    case 'seat.taken':
      sessions.send(event.bookingId, { type: 'seat.taken', seat: event.seat, lease: event.lease });
  }
}
