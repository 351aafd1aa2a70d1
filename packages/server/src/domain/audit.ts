import { operations, type OperationId } from '@active-session/core/contract';
import { describeError, type Log } from '../log.js';
import { auditHash, CHAIN_START } from '../store/audit-chain.js';
import type { AuditEntry, AuditHead, AuditRecord } from '../store/records.js';
import type { Store } from '../store/store.js';
import type { Domain } from './unit.js';

export interface Recorder {
  readonly domain: Pick<Domain, 'store' | 'clock'>;
  readonly log: Log;
}

/** Reads, and puts into the audit trail that it was read. What `read` throws was not read. */
export async function audited<T>(recorder: Recorder, entry: AuditEntry, read: () => Promise<T>): Promise<T> {
  const found = await read();
  await record(recorder, entry);
  return found;
}

/**
 * An entry that belongs to no change. That it can't be written, as with a full disk, is logged and keeps nobody from
 * notes that they need.
 */
export async function record({ domain, log }: Recorder, entry: AuditEntry): Promise<void> {
  const { store, clock } = domain;
  try {
    await appendSoon(store, entry, clock.now());
  } catch (error) {
    const { actor, action, booking } = entry;
    log({ level: 'error', event: 'audit.unwritten', actor: actor ?? undefined, action, booking, ...causeOf(error) });
  }
}

/** Who asked for what is not theirs, filed under what the `{id}` of its path names. Never fails. */
export async function recordDenied(
  recorder: Recorder,
  { actor, operation, id }: { actor: string; operation: OperationId; id: string | undefined },
): Promise<void> {
  await record(recorder, {
    actor,
    action: 'access.denied',
    subject: operation,
    ...(await filedUnder(recorder, operation, id)),
  });
}

/** Who sent on signalling what they may not, and why it did not pass. Never fails. */
export async function recordUnheard(
  recorder: Recorder,
  { person }: { readonly person: string },
  { what, booking }: { readonly what: string; readonly booking: string },
): Promise<void> {
  await record(recorder, { actor: person, action: 'access.denied', booking, subject: `signalling:${what}` });
}

/** Somebody can write anything there: what is no id of ours is not kept. */
async function filedUnder(
  { domain }: Recorder,
  operation: OperationId,
  id: string | undefined,
): Promise<Pick<AuditEntry, 'booking' | 'subject'>> {
  if (id === undefined) return {};
  if (operations[operation].path.startsWith('/bookings/{id}')) return /^[\w-]{1,64}$/.test(id) ? { booking: id } : {};
  if (operation !== 'listHistory') return {};
  // A patient's export looks for what names them.
  const patient = await domain.store.read((view) => view.people.person(id)).catch(() => undefined);
  return patient === undefined ? {} : { subject: patient.id };
}

interface Batch {
  readonly entries: { readonly entry: AuditEntry; readonly at: number }[];
  readonly written: Promise<void>;
}

const batches = new WeakMap<Store, Batch>();

/** Everything that comes before the store gets to it is one transaction: many who read at once wait for one write. */
function appendSoon(store: Store, entry: AuditEntry, at: number): Promise<void> {
  const open = batches.get(store);
  if (open !== undefined) {
    open.entries.push({ entry, at });
    return open.written;
  }
  const entries = [{ entry, at }];
  const close = (): void => {
    if (batches.get(store)?.entries === entries) batches.delete(store);
  };
  const written = store
    .transaction(async (view) => {
      close();
      for (const each of entries) await view.audit.append(each.entry, each.at);
    })
    .finally(close);
  batches.set(store, { entries, written });
  return written;
}

function causeOf(error: unknown): ReturnType<typeof describeError> {
  return describeError(error instanceof Error && error.cause !== undefined ? error.cause : error);
}

/**
 * The first entry that is not as it was written.
 *
 * - `changed`: what it says and its hash don't agree
 * - `unchained`: it does not follow from the one before; one of both was changed and hashed anew, or something was put between
 * - `missing`: there is no entry of this number
 * - `stray`: it has a number from before the beginning of the chain
 * - `unanchored`: the beginning was removed up to here, and no entry says so
 * - `rewritten`: it was published with another hash; it or something after `after` was written anew
 * - `cut`: it was published, and the chain ends before it
 */
export interface AuditFault {
  readonly seq: number;
  readonly what: 'changed' | 'unchained' | 'missing' | 'stray' | 'unanchored' | 'rewritten' | 'cut';
  /** The last entry before that is known to be as it was published; of `rewritten` only. */
  readonly after?: number;
}

export interface AuditReport {
  /** The first entry that is still there. */
  readonly first: number;
  /** The last good one. */
  readonly head: AuditHead;
  /** Published heads that the chain confirms. */
  readonly confirmed: number;
  /** Published heads of entries that were removed since: nothing can be said about them any more. */
  readonly beyond: readonly AuditHead[];
  readonly fault?: AuditFault;
}

const PAGE = 1_000;

/**
 * Walks the whole chain. Heads that were published at former times show what the chain alone can't: that its end was
 * cut off, or that all of it was written anew.
 */
export async function verifyAudit(store: Store, published: readonly AuditHead[] = []): Promise<AuditReport> {
  for (;;) {
    const anchors = await store.read((view) => view.audit.anchors());
    const report = await walk(store, anchors, published);
    if (report.fault === undefined) return report;
    // Retention in another process may just have removed what this walk was at.
    const now = await store.read((view) => view.audit.anchors());
    if (now.length === anchors.length) return report;
  }
}

async function walk(
  store: Store,
  anchors: readonly AuditHead[],
  published: readonly AuditHead[],
): Promise<AuditReport> {
  const anchor = anchors.at(-1) ?? CHAIN_START;
  const heads = createConfirmation(published, [CHAIN_START, ...anchors]);
  let head = anchor;
  let isAnchored = anchor.seq === 0;
  const report = (fault?: AuditFault): AuditReport => ({
    first: anchor.seq + 1,
    head,
    confirmed: heads.confirmed,
    beyond: heads.beyond,
    ...(fault === undefined ? {} : { fault }),
  });

  if (heads.fault !== undefined) return report(heads.fault);
  // From before all numbers, because somebody can have put a row there.
  for (let at = Number.MIN_SAFE_INTEGER; ; at = head.seq) {
    const from = at;
    const page = await store.read((view) => view.audit.after(from, PAGE));
    for (const entry of page) {
      const fault = faultOf(entry, head) ?? heads.compare(entry);
      if (fault !== undefined) return report(fault);
      isAnchored ||= entry.action === 'records.expired' && entry.subject === anchorName(anchor);
      head = { seq: entry.seq, hash: entry.hash };
    }
    if (page.length < PAGE) break;
  }
  if (!isAnchored) return report({ seq: anchor.seq, what: 'unanchored' });
  return report(heads.isPast(head.seq) ? { seq: head.seq + 1, what: 'cut' } : undefined);
}

/** How the entry about the removal of a beginning names where the chain begins since. */
export function anchorName({ seq, hash }: AuditHead): string {
  return `${seq}:${hash}`;
}

function faultOf(entry: AuditRecord, before: AuditHead): AuditFault | undefined {
  const due = before.seq + 1;
  if (entry.seq < due) return { seq: entry.seq, what: 'stray' };
  if (entry.seq > due) return { seq: due, what: 'missing' };
  if (auditHash(entry) !== entry.hash) return { seq: due, what: 'changed' };
  if (entry.previous !== before.hash) return { seq: due, what: 'unchained' };
  return undefined;
}

interface Confirmation {
  readonly confirmed: number;
  readonly beyond: readonly AuditHead[];
  /** Of those that were published of anchors. */
  readonly fault: AuditFault | undefined;
  compare(entry: AuditHead): AuditFault | undefined;
  /** Whether something after this was published. */
  isPast(seq: number): boolean;
}

function createConfirmation(published: readonly AuditHead[], anchors: readonly AuditHead[]): Confirmation {
  const bySeq = Map.groupBy(published, ({ seq }) => seq);
  const last = anchors.at(-1)?.seq ?? 0;
  const highest = published.reduce((most, { seq }) => Math.max(most, seq), 0);
  const known = new Set(anchors.map(({ seq }) => seq));
  let confirmed = 0;
  let after = 0;

  function compare({ seq, hash }: AuditHead): AuditFault | undefined {
    const heads = bySeq.get(seq) ?? [];
    if (heads.some((head) => head.hash !== hash)) return { seq, what: 'rewritten', after };
    confirmed += heads.length;
    if (heads.length > 0) after = seq;
    return undefined;
  }

  return {
    get confirmed() {
      return confirmed;
    },
    beyond: published.filter(({ seq }) => seq < last && !known.has(seq)),
    fault: anchors.map(compare).find((fault) => fault !== undefined),
    compare,
    isPast: (seq) => highest > seq,
  };
}
