/** What `<note-composer>` says. */
export const composerMessagesEn = {
  'composer.label': (name: string): string => `Note for ${name}`,
  'composer.session': (when: string): string => `Session: ${when}.`,
  'composer.hint': (name: string): string => `${name} reads it as soon as you share it.`,
  'composer.placeholder': 'Write here…',
  'composer.kind': 'Label (optional)',
  'composer.kind-none': 'No label',
  'composer.share': 'Share',
  'composer.discard': 'Discard',
  'composer.shortcut': (keys: string): string => `${keys} shares it`,
  'composer.none': 'Choose a session to write a note for it.',
  'composer.closed': 'You can write notes during and after the session.',
  'composer.cancelled': 'This session was cancelled. Notes for it can’t be shared.',
  'composer.gone': 'This session is not yours any more. You can copy what you wrote.',
  'composer.not-offered': 'Notes can’t be shared here.',

  'composer.room': (count: number): string =>
    count === 1 ? '1 more character fits.' : `${String(count)} more characters fit.`,
  'composer.too-long': (count: number): string =>
    count === 1
      ? 'This note is too long by 1 character. Make it shorter, or share two notes.'
      : `This note is too long by ${String(count)} characters. Make it shorter, or share two notes.`,
  'composer.unfit': 'There are hidden signs in this text. It can’t be shared with them.',
  'composer.mend': 'Remove them',

  'composer.saving': 'Saving…',
  'composer.kept': 'Kept on this device until you share it.',
  'composer.in-memory': 'Kept while this page is open, and not longer.',
  'composer.locked': 'Sign in again to keep it on this device.',
  'composer.kept-until': (when: string): string => `This draft is kept until ${when}. Share it or copy it.`,
  'composer.sending': 'Sending…',
  'composer.sent': (name: string): string => `Shared with ${name}.`,
  'composer.sent-several': (count: number, name: string): string => `${String(count)} notes shared with ${name}.`,
  'composer.refused': (name: string): string => `A note for ${name} was not shared.`,

  'composer.corrects': (when: string): string => `Corrects the note of ${when}`,
  'composer.corrects-unknown': 'Corrects an earlier note',
  'composer.corrects-withdrawn': 'The note that this one corrects was withdrawn.',
  'composer.corrects-not': 'Not a correction',

  'composer.discard-question': 'Discard this note?',
  'composer.discard-help': (name: string): string => `${name} has not seen it. You can’t get it back.`,
  'composer.discard-no': 'Keep it',

  'composer.elsewhere': (name: string): string => `A note for ${name} is being written in another tab.`,
  'composer.elsewhere-unknown': 'A note is being written in another tab.',
  'composer.others': (count: number): string =>
    count === 1
      ? '1 note for another session is not shared.'
      : `${String(count)} notes for other sessions are not shared.`,

  'outbox.heading': 'Not shared yet',
  'outbox.draft': 'Draft. Nobody but you sees it.',
  'outbox.go-on': 'Go on with this one',
  'outbox.waiting': 'Waiting for the connection. It is sent by itself.',
  'outbox.waiting-service': 'The clinic does not answer right now. It is sent by itself.',
  'outbox.waiting-turn': 'It is sent after the one before it.',
  'outbox.signed-out': 'Sign in again: your note is kept and is sent then.',
  'outbox.signed-out-memory': 'Sign in again in another tab. Keep this page open: your note is only here.',
  'outbox.sending': 'Sending…',
  'outbox.refused': 'Not shared.',
  'outbox.take-back': 'Take it back',
  'outbox.revise': 'Change the text',
  'outbox.copy': 'Copy',
  'outbox.copied': 'Copied',
  'outbox.copy-done': 'The note is copied.',
  'outbox.copy-failed': 'Your browser did not copy it. The text is marked now: copy it with your keyboard or menu.',
  'outbox.why-refused': 'The server did not take this note. Change the text or copy it.',
  'outbox.why-invalid': 'The clinic can’t accept this text. Change it or copy it.',
  'outbox.why-withdrawn': 'The note that it corrects was withdrawn. Change the text to share it as a new note.',
  'outbox.why-conflict': 'Something has changed meanwhile. Change the text, or try again.',
  'outbox.why-gone': 'This session is not yours any more. Copy the text if you need it.',
  'outbox.why-cancelled': 'This session was cancelled. Copy the text if you need it.',
  'outbox.why-closed': 'Notes can be shared during and after the session. Try again then.',
  'outbox.why-not-offered': 'Notes can’t be shared here. Copy the text if you need it.',
  'outbox.why-unknown': 'It may have been shared. Try again: it is shared only once.',
};
