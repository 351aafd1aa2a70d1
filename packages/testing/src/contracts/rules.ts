/** What a session promises. A backend keeps most of it; the rest is the page's. */
export const RULES = {
  1: 'Only a real booking of one’s own opens a session, and the server decides. Somebody else’s is like none.',
  2: 'A booking gives access in its window, from before its time to after it, as the policy says.',
  3: 'Now is the server’s clock, and its answers show it.',
  4: 'Of several bookings the active one is the one with a live call, else the open one nearest to now, else the next.',
  5: 'Entering takes a ticket of the server, which names who is there; a refusal says why, and when waiting helps.',
  6: 'Leaving is not ending. Ending twice, or both at once, is one completion, and its provider can reopen it.',
  7: 'One seat a person: another page takes it over cleanly, or is refused.',
  8: 'A call is not cut when the window closes, and is completed by itself. Cancelling, moving and not coming reach both.',
  9: 'The waiting room is live: who is there, whether their devices work, and who is let in.',
  10: 'Notes are in order, each once, by the booking’s own provider only; corrected by further ones, withdrawn from sight.',
  11: 'What is sent twice is done once.',
  12: 'After the session its notes and its history stay.',
  13: 'Where video can not be had, the session is not over.',
  14: 'A provider taken off a booking loses it at once, and keeps reading the notes they wrote.',
  15: 'Nothing of one person stays on a page for the next.',
} as const;

export type RuleNumber = keyof typeof RULES;

/** Kept by the page, whatever the backend is: nothing to be checked of one. */
export const RULES_OF_THE_PAGE: readonly RuleNumber[] = [13, 15];
