import type { Admission, GuestKind, Role } from '@active-session/core';
import type { Generated } from 'kysely';
import type { GrantKind } from '../records.js';

/** Instants are epoch ms. */
export interface Database {
  meta: { key: string; value: string };
  people: {
    id: string;
    role: Role;
    name: string;
    initials: string;
    specialty: string | null;
    time_zone: string;
    active: number;
  };
  opening_hours: {
    id: Generated<number>;
    provider: string;
    weekday: number;
    from_time: string;
    to_time: string;
    slot_minutes: number;
    session_types: string;
  };
  bookings: {
    id: string;
    patient: string;
    patient_name: string;
    provider: string;
    provider_name: string;
    provider_initials: string;
    start: number;
    end: number;
    time_zone: string;
    session_type: string;
    notes: string;
    status: 'scheduled' | 'completed' | 'cancelled';
    booked_at: number;
    version: number;
    completed_at: number | null;
    cancelled_at: number | null;
    cancelled_by: Role | null;
    cancel_reason: string | null;
    rescheduled_from: number | null;
    late_minutes: number | null;
    late_message: string | null;
    late_said_at: number | null;
    epoch: number;
    erased_at: number | null;
  };
  attendance: {
    id: Generated<number>;
    booking: string;
    seat: Role;
    joined_at: number;
    left_at: number | null;
    epoch: number;
  };
  admissions: { booking: string; state: 'admitted' | 'held'; message: string | null };
  guests: {
    id: string;
    booking: string;
    seat: string;
    name: string;
    kind: GuestKind;
    invited_at: number;
    removed_at: number | null;
    token_hash: string;
    admission: Admission;
    message: string | null;
    joined_at: number | null;
    left_at: number | null;
  };
  leases: {
    booking: string;
    seat: string;
    person: string;
    holder: string | null;
    lease: string;
    state: 'waiting' | 'in-call';
    since: number;
    reported_at: number;
    expires_at: number;
    peer_id: string | null;
    devices: string | null;
    sending: string | null;
  };
  grants: {
    token_hash: string;
    kind: GrantKind;
    booking: string;
    seat: string;
    lease: string;
    peer_id: string;
    expires_at: number;
    used_at: number | null;
  };
  handovers: {
    booking: string;
    provider: string;
    at: number;
    provider_name: string;
    provider_initials: string;
    start: number;
    end: number;
    time_zone: string;
    status: 'scheduled' | 'completed' | 'cancelled';
    version: number;
    completed_at: number | null;
    rescheduled_from: number | null;
  };
  draft_keys: { person: string; id: string; key: string };
  notes: {
    seq: Generated<number>;
    id: string;
    booking: string;
    author: string;
    provider_name: string;
    timestamp: number;
    content: string;
    kind: string | null;
    amends: string | null;
    withdrawn_at: number | null;
  };
  outbox: {
    seq: Generated<number>;
    patient: string | null;
    provider: string | null;
    guest: string | null;
    type: string;
    payload: string;
    created: number;
    booking: string | null;
    note: string | null;
  };
  answers: {
    person: string;
    route: string;
    key: string;
    request_hash: string;
    body: string;
    created: number;
  };
  audit: {
    seq: number;
    at: number;
    actor: string | null;
    action: string;
    booking: string | null;
    subject: string | null;
    previous: string;
    hash: string;
  };
  audit_anchors: { seq: number; hash: string; at: number };
}
