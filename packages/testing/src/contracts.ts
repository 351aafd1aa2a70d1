import { accessContract } from './contracts/access.contract.js';
import { bookingsContract } from './contracts/bookings.contract.js';
import { eventsContract } from './contracts/events.contract.js';
import type { BackendHarness, ContractTest } from './contracts/harness.js';
import { notesContract } from './contracts/notes.contract.js';

export { accessContract, bookingsContract, eventsContract, notesContract };
export type { BackendHarness, BackendPair, ContractTest } from './contracts/harness.js';

/** Every suite, for a backend that offers everything. */
export function backendContract(harness: BackendHarness): readonly ContractTest[] {
  return [
    ...bookingsContract(harness),
    ...notesContract(harness),
    ...accessContract(harness),
    ...eventsContract(harness),
  ];
}
