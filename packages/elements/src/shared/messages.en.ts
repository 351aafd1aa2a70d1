import { bookingMessagesEn } from './messages.booking.en.js';
import { callMessagesEn } from './messages.call.en.js';
import { checkMessagesEn } from './messages.check.en.js';
import { composerMessagesEn } from './messages.composer.en.js';
import { gateMessagesEn } from './messages.gate.en.js';
import { guestMessagesEn } from './messages.guest.en.js';
import { historyMessagesEn } from './messages.history.en.js';
import { notesMessagesEn } from './messages.notes.en.js';
import { queueMessagesEn } from './messages.queue.en.js';
import { weakMessagesEn } from './messages.weak.en.js';

/**
 * Every sentence of the elements, in English. A sentence that needs a name or a time is a function. Another language is
 * `registerMessages('es', { … })`; one portal's own words are the `messages` property of an element.
 */
export const messagesEn = {
  ...bookingMessagesEn,
  ...callMessagesEn,
  ...checkMessagesEn,
  ...composerMessagesEn,
  ...gateMessagesEn,
  ...guestMessagesEn,
  ...historyMessagesEn,
  ...notesMessagesEn,
  ...queueMessagesEn,
  ...weakMessagesEn,
  'client.missing': 'This part has no session client. Put it inside a <session-scope>, or set its “client” property.',
  'client.loading': 'Loading…',
  'client.failed': 'We can’t reach your appointments right now.',
  'client.offline': 'No connection right now. We keep trying.',
  'client.signed-out': 'You are signed out.',
  'action.try-again': 'Try again',
  'action.back': 'Back',
  'action.close': 'Close',
  'time.on': (day: string): string => `on ${day}`,
  'time.at': (day: string, time: string): string => `${day}, ${time}`,

  'person.patient': 'Patient',
  'person.patient-at': (time: string): string => `Patient, ${time}`,
  'person.provider-zone': (zone: string): string => `the provider’s time zone is ${zone}`,

  'dashboard.choose': 'Choose a session to see it here.',
  'dashboard.show': 'Show',
  'dashboard.call': 'Call',
  'dashboard.notes': 'Notes',
  'dashboard.patient-reason': 'What they want to talk about',
  'dashboard.session': 'This session',
  'dashboard.earlier': 'Earlier sessions',
  'dashboard.window-open': 'Small window',
  'dashboard.window-back': 'Back to the page',
  'dashboard.window-hint': 'The call and the note field stay above your other programs.',
  'dashboard.sees-upcoming': (name: string, time: string): string => `${name} can join from ${time}.`,
  'dashboard.sees-open': (name: string): string => `${name} can join now, and is not here yet.`,
  'dashboard.sees-late': (name: string, minutes: number): string =>
    `${name} reads that you are about ${minutes} minutes late.`,
  'dashboard.sees-return': (name: string): string => `${name} left, and can come back.`,
  'dashboard.sees-waiting': (name: string): string => `${name} waits, and reads that you are not here yet.`,
  'dashboard.sees-connecting': (name: string): string => `${name} waits, and reads that you are about to meet.`,
  'dashboard.sees-asking': (name: string): string => `${name} waits until you let them in.`,
  'dashboard.sees-held': (name: string): string => `${name} reads that you ask them to wait.`,
  'dashboard.sees-message': (name: string, message: string): string => `${name} waits, and reads: ${message}`,
  'dashboard.sees-call': (name: string): string => `${name} is in the call.`,
  'dashboard.sees-completed': (name: string): string => `${name} sees that the session has ended, and your notes.`,
  'dashboard.sees-cancelled': (name: string): string => `${name} sees that this session is cancelled.`,
  'dashboard.sees-missed': (name: string): string => `${name} sees that the session was missed.`,

  'error.network': 'We can’t reach the clinic right now.',
  'error.timeout': 'The clinic does not answer right now.',
  'error.unavailable': 'The service is not available right now.',
  'error.rate-limited': 'That was too often. Wait a moment.',
  'error.unauthenticated': 'Your sign-in has expired.',
  'error.forbidden': 'You have no access to this session.',
  'error.not-found': 'There is no such session for you.',
  'error.outside-window': 'You can’t join this session now.',
  'error.session-ended': 'This session has ended.',
  'error.session-cancelled': 'This session was cancelled.',
  'error.slot-taken': 'Somebody has just booked this time.',
  'error.conflict': 'Something has changed meanwhile.',
  'error.seat-taken': 'Your session is open in another tab or device.',
  'error.seat-lost': 'Your place in this session has expired.',
  'error.invalid': 'The clinic can’t accept this.',
  'error.malformed': 'We could not read the clinic’s answer.',
  'error.not-supported': 'This is not offered here.',
  'error.aborted': 'This was stopped.',
  'error.devices-denied': 'Your browser blocks the camera or the microphone for this page.',
  'error.camera-denied': 'Your browser blocks the camera for this page.',
  'error.microphone-denied': 'Your browser blocks the microphone for this page.',
  'error.devices-dismissed': 'The question about your camera and microphone was closed.',
  'error.camera-dismissed': 'The question about your camera was closed.',
  'error.microphone-dismissed': 'The question about your microphone was closed.',
  'error.devices-system': 'The settings of your device keep the camera and the microphone from your browser.',
  'error.camera-system': 'The settings of your device keep the camera from your browser.',
  'error.microphone-system': 'The settings of your device keep the microphone from your browser.',
  'error.devices-missing': 'We can’t find a camera or a microphone.',
  'error.camera-missing': 'We can’t find a camera.',
  'error.microphone-missing': 'We can’t find a microphone.',
  'error.devices-lost': 'Your camera or microphone is not there any more.',
  'error.camera-lost': 'Your camera is not there any more.',
  'error.microphone-lost': 'Your microphone is not there any more.',
  'error.devices-busy': 'Another program uses your camera or microphone.',
  'error.camera-busy': 'Another program uses your camera.',
  'error.microphone-busy': 'Another program uses your microphone.',
  'error.devices-insecure': 'This page has no secure connection, so your browser keeps the camera off.',
  'error.devices-blocked': 'This page does not let the session use your camera and microphone.',
  'error.camera-blocked': 'This page does not let the session use your camera.',
  'error.microphone-blocked': 'This page does not let the session use your microphone.',
  'error.devices-failed': 'Your camera or microphone did not start.',
  'error.camera-failed': 'Your camera did not start.',
  'error.microphone-failed': 'Your microphone did not start.',
  'error.devices-unsupported': 'This browser can’t use a camera or a microphone.',
  'error.in-app': (app: string): string =>
    app === ''
      ? 'The app that shows this page does not give it your camera and microphone.'
      : `${app} does not give this page your camera and microphone.`,
  'error.video-unconfigured': 'Video is not set up here yet.',
  'error.video-failed': 'Video does not work on this connection.',
  'error.video-lost': 'The connection was lost.',
  'error.unknown': 'That did not work.',

  'help.network': 'Check your connection, then try again.',
  'help.unauthenticated': 'Sign in again, then come back to this page.',
  'help.devices-dismissed': 'Try again and choose “Allow”. If no question appears, reload this page first.',
  'help.devices-missing': 'Connect one and try again, or go on without it.',
  'help.devices-missing-phone': 'Restart your device and try again, or go on without it.',
  'help.devices-lost': 'Plug it in again, or choose another one, and try again.',
  'help.devices-lost-phone': 'Close other apps that may have taken it, and try again.',
  'help.devices-busy': 'Close other programs that use it, such as another video call, and try again.',
  'help.devices-busy-phone': 'Close other apps that use it, end phone calls, and try again.',
  'help.devices-insecure': 'Open the page with an address that begins with https://.',
  'help.devices-blocked': 'Tell the clinic. You can’t change this yourself.',
  'help.devices-failed': 'Unplug it and plug it in again, or close other programs, and try again.',
  'help.devices-failed-phone': 'Close other apps, or restart your device, and try again.',
  'help.devices-unsupported': 'Open this page in the newest Chrome, Edge, Firefox or Safari.',
  'help.video-failed': 'Another network can help. Try mobile data in place of Wi-Fi.',
  'help.video-lost': 'Your session is not over. You can come back.',
  'help.video-unconfigured': 'Tell the clinic.',
  'help.seat-lost': 'You can take it again.',
  'help.allow-chrome': 'Press the icon beside the address. Allow the camera and the microphone. Then try again.',
  'help.allow-chrome-android':
    'Press the icon beside the address, then “Permissions”. Allow the camera and the microphone. Then try again.',
  'help.allow-firefox': 'Press the crossed-out camera beside the address. Remove the block. Then try again.',
  'help.allow-firefox-android':
    'Press the lock beside the address. Set the camera and the microphone to allowed. Then try again.',
  'help.allow-safari':
    'In the menu, choose “Safari”, then “Settings for This Website”. Allow the camera and the microphone. Then try again.',
  'help.allow-ios':
    'Press the page menu beside the address, then “Website Settings”. Allow the camera and the microphone. Then try again.',
  'help.allow-ios-other':
    'Open the settings of your device, then “Apps”, then your browser. Allow the camera and the microphone. Then reload this page.',
  'help.allow-other':
    'Open the settings of your browser. Allow this page the camera and the microphone. Then try again.',
  'help.system-windows':
    'Open the Windows settings, then “Privacy & security”. Allow desktop apps under “Camera” and “Microphone”. Then try again.',
  'help.system-macos':
    'Open “System Settings”, then “Privacy & Security”. Allow your browser under “Camera” and “Microphone”. Then start it again.',
  'help.system-android':
    'Open the settings of your device, then “Apps”, your browser, “Permissions”. Allow the camera and the microphone. Then try again.',
  'help.system-ios':
    'Open the settings of your device, then “Apps”, then your browser. Allow the camera and the microphone. Then try again.',
  'help.system-other':
    'Open the settings of your device. Allow your browser the camera and the microphone. Then try again.',
  'help.in-app': 'Open this page in a browser of its own: copy the address and paste it there.',
  'help.in-app-android': 'Open this page in Chrome or Firefox: copy the address and paste it there.',
  'help.in-app-ios': 'Open this page in Safari: copy the address and paste it there.',
};
