import {
  type Capabilities,
  callStartedAt,
  DEFAULT_WINDOW_POLICY,
  judge,
  judgeGuest,
  toInstant,
  type Booking,
  type CallView,
  type DeviceCheckView,
  type DeviceSettingsView,
  type ClientView,
  type JudgedBooking,
  type Me,
  type NotesView,
  type Party,
  type PartyRole,
  type Provider,
  type ProviderNote,
  type Role,
  type SessionView,
  type Slot,
} from '@active-session/core';

const MINUTE = 60_000;

/** The seed's own booking. */
export const BOOKING: Booking = {
  id: 123456789,
  provider: 'dr-smith',
  providerName: 'Dr. Smith',
  providerInitials: 'DS',
  dateTime: '2026-01-07T10:00:00.000Z',
  sessionType: 'Video Consultation',
  notes: 'Patient notes',
  status: 'scheduled',
  bookedAt: '2026-01-06T12:00:00.000Z',
};

/** The seed's own note. */
export const NOTE: ProviderNote = {
  providerName: 'Dr. Smith',
  timestamp: '2026-01-07T10:30:00.000Z',
  content: 'Follow-up in 2 weeks. Prescribed medication X.',
};

export const PROVIDERS: readonly Provider[] = [
  { id: 'dr-smith', name: 'Dr. Smith', initials: 'DS', specialty: 'General practice', timeZone: 'Europe/London' },
  { id: 'dr-lee', name: 'Dr. Lee', initials: 'DL', specialty: 'Dermatology', timeZone: 'America/New_York' },
];

/** Instants around the seed's booking: it is at 10:00, opens at 09:00 and closes at 12:00, UTC. */
export const AT = {
  dayBefore: toInstant('2026-01-06T11:45:51.000Z'),
  beforeOpening: toInstant('2026-01-07T08:59:57.000Z'),
  open: toInstant('2026-01-07T09:55:00.000Z'),
  talking: toInstant('2026-01-07T10:14:04.000Z'),
  ended: toInstant('2026-01-07T10:31:00.000Z'),
  after: toInstant('2026-01-07T12:30:00.000Z'),
} as const;

/** Who reads. */
export const ME: Me = {
  id: 'sam',
  role: 'patient',
  name: 'Sam Rivera',
  serverTime: '2026-01-06T11:45:51.000Z',
  policy: DEFAULT_WINDOW_POLICY,
};

export const NO_NOTES: NotesView = { state: 'ready', notes: [], problems: [], error: null };

export function notesView(notes: readonly ProviderNote[]): NotesView {
  return { ...NO_NOTES, notes };
}

/** A booking with the verdict of the core's own rule. */
export function judged(
  booking: Booking,
  now: number,
  role: PartyRole = 'patient',
  parties: readonly Party[] = [],
): JudgedBooking {
  const attendance = booking.attendance ?? [];
  const facts = { booking, attendance, now, policy: DEFAULT_WINDOW_POLICY };
  const verdict = role === 'guest' ? judgeGuest({ ...facts, stay: null }) : judge({ ...facts, role });
  return { booking, role, verdict, parties };
}

export function party(role: Role, presence: Party['presence'] = 'waiting', since: number = AT.open): Party {
  const name = role === 'patient' ? 'Sam Rivera' : 'Dr. Smith';
  return {
    seat: role,
    role,
    name,
    peerId: null,
    dials: role === 'provider',
    presence,
    since: new Date(since).toISOString(),
  };
}

/** Somebody with a link: an interpreter who was invited and has not come. */
export function guest(change: Partial<Party> = {}): Party {
  return {
    ...{ seat: 'guest-1', role: 'guest', kind: 'interpreter', name: 'Maria Lopez', peerId: null, dials: false },
    ...{ presence: 'away', since: null, admission: 'asking' },
    ...change,
  };
}

export function call(change: Partial<CallView> = {}): CallView {
  return {
    state: 'connected',
    since: AT.open,
    local: null,
    remote: null,
    microphone: 'on',
    camera: 'on',
    sharing: false,
    using: { microphone: 'microphone-1', camera: 'camera-1' },
    refused: {},
    other: party('provider', 'in-call'),
    others: [],
    strangers: 0,
    recovery: null,
    carries: 'all',
    own: party('patient', 'in-call'),
    quality: null,
    measured: null,
    trouble: null,
    devicesError: null,
    ...change,
  };
}

/** Two of each kind, as after permission was given. */
export const DEVICE_SETTINGS: DeviceSettingsView = {
  list: [
    { id: 'microphone-1', kind: 'microphone', label: 'Built-in microphone' },
    { id: 'microphone-2', kind: 'microphone', label: 'Headset' },
    { id: 'camera-1', kind: 'camera', label: 'Front camera' },
    { id: 'camera-2', kind: 'camera', label: 'Desk camera' },
    { id: 'speaker-1', kind: 'speaker', label: 'Built-in speakers' },
    { id: 'speaker-2', kind: 'speaker', label: 'Headset' },
  ],
  choice: {},
  can: { share: true, chooseSpeaker: true },
};

/** A device check that nobody has begun. */
export const CLOSED_CHECK: DeviceCheckView = {
  state: 'closed',
  asked: { microphone: true, camera: true },
  local: null,
  microphone: 'missing',
  camera: 'missing',
  using: {},
  refused: {},
  error: null,
  changeError: null,
  heard: null,
  network: 'untested',
  networkReport: null,
  networkError: null,
  result: {},
};

/** A session of this booking at this moment, as the core would show it. */
export function sessionView(booking: Booking, now: number, change: Partial<SessionView> = {}): SessionView {
  const role = change.role ?? 'patient';
  const { verdict } = judged(booking, now, role);
  const open = verdict.phase === 'open';
  const startedAt = callStartedAt(booking.attendance ?? []);
  const endedAt = booking.completedAt === undefined ? null : toInstant(booking.completedAt);
  return {
    state: 'ready',
    booking,
    role,
    seat: role === 'guest' ? 'guest-1' : role,
    phase: verdict.phase,
    reason: verdict.reason,
    opensAt: verdict.opensAt,
    closesAt: verdict.closesAt,
    parties: [],
    call: null,
    lastCall: null,
    callStartedAt: startedAt,
    duration: startedAt === null || endedAt === null ? null : endedAt - startedAt,
    ending: false,
    endError: null,
    canStart: open,
    canEnd: open && role !== 'guest',
    canWrite: role === 'provider' && (open || verdict.phase === 'completed'),
    notes: NO_NOTES,
    drafts: [],
    outbox: [],
    error: null,
    ...change,
  };
}

/** Both came at 10:02. */
export const MET: Booking = {
  ...BOOKING,
  attendance: [
    { seat: 'patient', role: 'patient', joinedAt: '2026-01-07T09:58:00.000Z' },
    { seat: 'provider', role: 'provider', joinedAt: '2026-01-07T10:02:00.000Z' },
  ],
};

/** They talked for 24 minutes. */
export const COMPLETED: Booking = {
  ...MET,
  status: 'completed',
  completedAt: '2026-01-07T10:26:00.000Z',
  attendance: MET.attendance?.map((entry) => ({ ...entry, leftAt: '2026-01-07T10:26:00.000Z' })),
};

export function clientView(bookings: readonly JudgedBooking[], change: Partial<ClientView> = {}): ClientView {
  const active =
    bookings.find(({ verdict }) => verdict.phase === 'open') ??
    bookings.find(({ verdict }) => verdict.phase === 'upcoming');
  return {
    state: 'ready',
    me: null,
    bookings,
    active: active ?? null,
    queue: bookings.filter(({ role }) => role === 'provider'),
    connection: 'live',
    unsent: [],
    problems: [],
    error: null,
    can: EVERYTHING,
    ...change,
  };
}

/** What a backend offers that offers everything. */
export const EVERYTHING: Capabilities = {
  book: true,
  cancel: true,
  reschedule: true,
  call: true,
  end: true,
  reopen: true,
  admit: true,
  guests: true,
  late: true,
  noShow: true,
  reassign: true,
  writeNotes: true,
  withdrawNotes: true,
  history: true,
  testNetwork: true,
  keepDrafts: true,
};

/** Free times on the two days after an instant, at 09:00, 09:30 and 14:00 UTC. */
export function slotsAfter(now: number): readonly Slot[] {
  const midnight = now - (now % (24 * 60 * MINUTE));
  return [1, 2].flatMap((day) =>
    [9 * 60, 9 * 60 + 30, 14 * 60].map((minute) => ({
      start: new Date(midnight + (day * 24 * 60 + minute) * MINUTE).toISOString(),
      durationMinutes: 30,
    })),
  );
}
