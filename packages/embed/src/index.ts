import './listen.js';
import '@active-session/elements/define';

export { createBrowserClient, tokensFrom } from './create-client.js';
export type { BrowserClientOptions } from './create-client.js';
export { registerMessages } from '@active-session/elements';
// Types only: with them come the tag names and the events that TypeScript knows in `document.querySelector` and listeners.
export type {
  ActiveSession,
  BookAppointment,
  BookingRequired,
  DeviceCheck,
  DeviceCheckChangeEvent,
  NoteComposer,
  ProviderDashboard,
  ProviderNotes,
  SessionAvailabilityChangeEvent,
  SessionCall,
  SessionHistory,
  SessionQueue,
  SessionGuests,
  SessionReturnBanner,
  SessionScope,
} from '@active-session/elements';
