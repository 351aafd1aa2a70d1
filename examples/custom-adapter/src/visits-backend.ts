import { bookingSchema, parse, parseNotes, providerNoteSchema, SessionError, type Backend } from '@active-session/core';
import { bookingOf, CODES, noteOf, type Failure, type Remark, type Visit } from './visit.js';

/** The visits of a portal's own API as a backend: bookings and notes, with neither call nor events. */
export function createVisitsBackend(url: string, token: () => string, fetch = globalThis.fetch): Backend {
  const ask = async <T>(signal: AbortSignal, path: string, sent?: object, key = ''): Promise<T> => {
    const headers = { Authorization: `Bearer ${token()}`, 'Content-Type': 'application/json', 'Idempotency-Key': key };
    const post = sent && { method: 'POST', body: JSON.stringify(sent) };
    const { ok, answer } = await fetch(`${url}/visits${path}`, { headers, signal, ...post })
      .then(async (response) => ({ ok: response.ok, answer: (await response.json()) as unknown }))
      .catch((cause: unknown) => {
        throw new SessionError(signal.aborted ? 'aborted' : 'network', `${path} was not answered.`, { cause });
      });
    if (ok) return answer as T;
    const { error, opens_at } = answer as Failure;
    throw new SessionError(CODES[error] ?? 'unavailable', `${path}: ${error}`, {
      opensAt: opens_at === undefined ? undefined : Date.parse(opens_at),
    });
  };
  const bookingAt = async (signal: AbortSignal, path: string, sent?: object) =>
    parse(bookingSchema, bookingOf(await ask<Visit>(signal, path, sent)), 'visit');

  return {
    bookings: {
      async active({ signal }) {
        const visit = await ask<Visit | null>(signal, '/current');
        return { booking: visit && parse(bookingSchema, bookingOf(visit), 'visit'), verdict: null };
      },
      get: (id, { signal }) => bookingAt(signal, `/${id}`),
      complete: (id, { signal }) => bookingAt(signal, `/${id}/finish`, {}),
      cancel: (id, why, { signal }) => bookingAt(signal, `/${id}/call-off`, { why }),
    },
    notes: {
      list: async (id, _, { signal }) => parseNotes((await ask<Remark[]>(signal, `/${id}/remarks`)).map(noteOf)),
      async add(id, { id: remark_id, content: text, kind: label, amends: corrects }, { signal, idempotencyKey }) {
        const sent = { remark_id, text, label, corrects };
        const remark = await ask<Remark>(signal, `/${id}/remarks`, sent, idempotencyKey);
        return parse(providerNoteSchema, noteOf(remark), 'remark');
      },
    },
  };
}
