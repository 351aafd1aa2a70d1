import {
  noteRequestSchema,
  SessionError,
  toIso,
  type Booking,
  type NoteRequest,
  type ProviderNote,
} from '@active-session/core';
import type { MemoryBackend, PersonalBackend } from '@active-session/testing';
import { CODES, type Failure, type Remark, type Visit } from '../visit.js';

const STATES = { scheduled: 'planned', completed: 'done', cancelled: 'called_off' } as const;
const { signal } = new AbortController();

/** The portal's API, as a `fetch`. What its own rules would decide, a backend in memory decides here. */
export function createVisitsApi(backend: MemoryBackend): typeof globalThis.fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    const person = /^Bearer (.+)$/.exec(headers.get('Authorization') ?? '')?.[1];
    if (person === undefined || backend.person(person) === undefined) return answer(401, { error: 'signed_out' });
    const [, id = '', action = ''] = new URL(input instanceof Request ? input.url : input).pathname
      .split('/')
      .slice(1)
      .map(decodeURIComponent);
    const sent = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, string>) : undefined;
    try {
      return answer(
        200,
        await done(backend.for(person), id, action, sent && { ...sent, key: headers.get('Idempotency-Key') ?? '' }),
      );
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      return answer(409, failureOf(error));
    }
  };
}

async function done(
  { bookings, notes }: PersonalBackend,
  id: string,
  action: string,
  sent: Record<string, string> | undefined,
): Promise<unknown> {
  if (id === 'current') {
    const { booking } = await bookings.active({ signal });
    return booking && visitOf(booking);
  }
  switch (action) {
    case '':
      return visitOf(await bookings.get(id, { signal }));
    case 'finish':
      return visitOf(await bookings.complete(id, { signal }));
    case 'call-off':
      return visitOf(await bookings.cancel(id, sent?.['why'], { signal }));
    default: {
      if (sent === undefined) return remarksOf(notes, id);
      const { remark_id, text, label, corrects, key: idempotencyKey = '' } = sent;
      const request = checked({ id: remark_id, content: text, kind: label, amends: corrects });
      return remarkOf(await notes.add(id, request, { signal, idempotencyKey }));
    }
  }
}

function checked(value: unknown): NoteRequest {
  const result = noteRequestSchema.safeParse(value);
  if (result.success) return result.data;
  throw new SessionError('invalid', 'This remark is not valid.');
}

async function remarksOf(notes: PersonalBackend['notes'], id: string): Promise<readonly Remark[]> {
  const { items } = await notes.list(id, undefined, { signal });
  return items.map(remarkOf);
}

function visitOf(booking: Booking): Visit {
  return {
    visit_id: String(booking.id),
    clinician: { id: booking.provider, full_name: booking.providerName, monogram: booking.providerInitials },
    starts_at: booking.dateTime,
    kind: booking.sessionType,
    reason: booking.notes,
    state: STATES[booking.status],
    created_at: booking.bookedAt,
    ...(booking.completedAt === undefined ? {} : { done_at: booking.completedAt }),
    ...(booking.cancelReason === undefined ? {} : { why: booking.cancelReason }),
  };
}

function remarkOf({ id = '', providerName, timestamp, content, kind, amends }: ProviderNote): Remark {
  return {
    remark_id: id,
    by: providerName,
    written_at: timestamp,
    text: content,
    ...(kind === undefined ? {} : { label: kind }),
    ...(amends === undefined ? {} : { corrects: amends }),
  };
}

function failureOf({ code, opensAt }: SessionError): Failure {
  const error = Object.entries(CODES).find(([, meant]) => meant === code)?.[0] ?? 'not_valid';
  return { error, ...(opensAt === undefined ? {} : { opens_at: toIso(opensAt) }) };
}

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}
