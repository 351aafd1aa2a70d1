import { MINUTE, tokenFor } from './harness.js';

/** One thing that somebody wants written, under its own key, until it is acknowledged. */
interface Wish {
  readonly kind: 'note' | 'booking';
  readonly key: string;
  readonly body: { readonly id: string; readonly content: string } | { readonly dateTime: string };
}

export interface Writers {
  /** Writes until the server is gone; what was not acknowledged is sent again, under its key, the next time. */
  write(url: string): Promise<void>;
  /** Keys of what was acknowledged, with the id that the server gave. */
  readonly acknowledged: ReadonlyMap<string, string>;
  readonly kinds: ReadonlyMap<string, Wish['kind']>;
}

/** Four who write notes and one who books, all to one provider. */
export async function createWriters(bookingId: string, firstSlot: number): Promise<Writers> {
  const acknowledged = new Map<string, string>();
  const kinds = new Map<string, Wish['kind']>();
  const pending = new Map<number, Wish>();
  const [lee, ana] = [await tokenFor('lee'), await tokenFor('ana')];
  let slot = 0;

  const wish = (writer: number): Wish => {
    const key = crypto.randomUUID();
    if (writer > 0) return { kind: 'note', key, body: { id: key, content: 'x'.repeat(2_000) } };
    slot += 1;
    return { kind: 'booking', key, body: { dateTime: new Date(firstSlot + slot * 30 * MINUTE).toISOString() } };
  };

  const send = async (url: string, { kind, key, body }: Wish): Promise<Response> =>
    fetch(kind === 'note' ? `${url}/bookings/${bookingId}/notes` : `${url}/bookings`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${kind === 'note' ? lee : ana}`, 'Idempotency-Key': key },
      body: JSON.stringify(kind === 'note' ? body : { provider: 'lee', notes: '', ...body }),
    });

  const run = async (url: string, writer: number): Promise<void> => {
    // One who books takes few of the slots that there are; notes come as fast as they can.
    for (let left = writer === 0 ? 3 : Infinity; left > 0; left -= 1) {
      const next = pending.get(writer) ?? wish(writer);
      pending.set(writer, next);
      kinds.set(next.key, next.kind);
      const response = await send(url, next);
      if (response.status !== 201) throw new Error(`${next.kind} was answered ${response.status}`);
      const { id } = (await response.json()) as { id: string };
      acknowledged.set(next.key, id);
      pending.delete(writer);
    }
  };

  return {
    acknowledged,
    kinds,
    async write(url) {
      await Promise.allSettled([0, 1, 2, 3, 4].map((writer) => run(url, writer)));
    },
  };
}
