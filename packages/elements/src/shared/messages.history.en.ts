/** What `<session-history>` says. */
export const historyMessagesEn = {
  'history.heading': 'Earlier sessions',
  'history.heading-with': (name: string): string => `Earlier sessions with ${name}`,
  'history.count': (count: number): string => (count === 1 ? '1 session' : `${String(count)} sessions`),
  'history.loading': 'Loading earlier sessions…',
  'history.failed': 'We can’t show the earlier sessions right now.',
  'history.stale': 'We can’t look for more sessions right now.',
  'history.unreadable': (count: number): string =>
    count === 1 ? 'One session could not be read.' : `${String(count)} sessions could not be read.`,

  'history.picture-all': (count: number, since: string): string =>
    count === 1 ? `1 session since ${since}.` : `${String(count)} sessions since ${since}.`,
  'history.picture-some': (count: number, since: string): string =>
    `The latest ${String(count)} sessions, back to ${since}.`,
  'history.picture-missed': (count: number): string => `${String(count)} missed.`,
  'history.picture-cancelled': (count: number): string => `${String(count)} cancelled.`,
  'history.picture-open': 'One is on now.',
  'history.today': 'Today',

  'history.search': 'Search these sessions',
  'history.filters': 'Filters',
  'history.from': 'From',
  'history.to': 'Until',
  'history.label': 'Label',
  'history.label-any': 'All labels',
  'history.clear': 'Clear filters',
  'history.hits': (count: number, words: string): string =>
    count === 1 ? `1 session has “${words}”.` : `${String(count)} sessions have “${words}”.`,
  'history.no-hits': (words: string): string => `No session has “${words}”.`,
  'history.searched': (count: number): string =>
    count === 1 ? 'Searched 1 session so far…' : `Searched ${String(count)} sessions so far…`,
  'history.show-all': 'Show all sessions',
  'history.more': 'Show more sessions',

  'history.empty': 'No earlier sessions yet.',
  'history.empty-help': 'A session appears here once it has begun.',
  'history.none-fits': 'No session fits these filters.',
  'history.none-fits-help': 'Choose other days or another label.',

  'history.outcome-completed': 'Took place',
  'history.outcome-open': 'On now',
  'history.outcome-missed': 'Missed',
  'history.outcome-no-show': 'Patient did not come',
  'history.outcome-cancelled': 'Cancelled',
  'history.outcome-handed-over': 'Handed over',
  'history.handed-over': (when: string): string => `Handed over on ${when}. You see it as it was then.`,
  'history.no-notes': 'No notes',
  'history.no-notes-help': 'You shared no notes in this session.',
  'history.reason': 'What they wanted to talk about',
  'history.some-notes': (count: number, total: number): string => `${String(count)} of ${String(total)} notes`,
  'history.all-notes': (count: number): string => (count === 1 ? 'Show its note' : `Show all ${String(count)} notes`),

  'history.choose': 'Choose a session to see the patient’s earlier ones.',
  'history.no-patient': 'There is no history to show.',
  'history.no-patient-help': 'This session does not say who its patient is.',
  'history.not-yours': 'You have no sessions with this patient.',
  'history.not-offered': 'Earlier sessions are not offered here.',
};
