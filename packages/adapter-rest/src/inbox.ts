import { SESSION_EVENT_TYPES, sessionEventSchema, type EventMessage } from '@active-session/core';

/** So many ids are remembered; a backend that would have to replay more says `reset`. */
const REMEMBERED = 1_000;
const RECENT = 200;

/** What one listener was told, so that nothing is told twice and the next reading goes on behind it. */
export interface Inbox {
  /** The newest event; null: none is known. */
  readonly lastId: string | null;
  /** Places up to which everything is known, the newest last; as many as are of use to find one that another tab knows too. */
  readonly recentIds: readonly string[];
  /** Tells an event, unless it was told before. */
  take(id: string | undefined, event: unknown): void;
  /** All up to `id` is known. */
  reach(id: string | undefined): void;
  /** Something may have been missed; all that is read anew from now on covers what was up to `id`. */
  reset(id: string | undefined): void;
  /** The backend can't go on behind the newest event that is known here. */
  forget(): void;
}

export function createInbox(firstId: string | null, emit: (message: EventMessage) => void): Inbox {
  let lastId = firstId;
  const known = new Set(firstId === null ? [] : [firstId]);

  const reach = (id: string | undefined): void => {
    if (id === undefined || id === '') return;
    known.add(id);
    for (const oldest of known) {
      if (known.size <= REMEMBERED) break;
      known.delete(oldest);
    }
    lastId = id;
  };

  return {
    get lastId() {
      return lastId;
    },
    get recentIds() {
      return [...known].slice(-RECENT);
    },
    take(id, event) {
      if (id !== undefined && known.has(id)) return;
      reach(id);
      const parsed = sessionEventSchema.safeParse(event);
      if (parsed.success) emit({ type: 'event', event: parsed.data });
      // One that is known but can't be read may have been important: read everything anew rather than miss it.
      else if (!isNewer(event)) emit({ type: 'reset' });
    },
    reach,
    reset(id) {
      // A backend that was restored from a copy gives the same ids to other events.
      known.clear();
      reach(id);
      emit({ type: 'reset' });
    },
    forget() {
      lastId = null;
      known.clear();
    },
  };
}

/** From a newer backend, about something that is not known here. */
function isNewer(event: unknown): boolean {
  if (typeof event !== 'object' || event === null || !('type' in event)) return false;
  return typeof event.type === 'string' && !SESSION_EVENT_TYPES.includes(event.type);
}
